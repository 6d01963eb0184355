import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { projectRoot } from "../support/fidelity.ts";
import { helpNames } from "./cli-page.ts";
import { generatedPages } from "./pages.ts";
import { pictureKeys, pictureKeysPath, stalePictures } from "./pictures.ts";
import {
  compiled,
  laidOut,
  oldPictures,
  printedBy,
  withSessions,
  writtenPages,
} from "./running.ts";

/** `npm run docs`: writes generated pages and pictures, and what the sessions of the others print. */
async function main(): Promise<void> {
  const cli = fileURLToPath(new URL("dist/cli/main.js", projectRoot()));
  const helps = new Map(
    helpNames.map((name) => {
      const args = [cli, ...(name === "" ? [] : [name]), "--help"];
      const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
      return [name, stdout];
    }),
  );
  const all = [
    ...generatedPages(helps),
    [pictureKeysPath, pictureKeys()] as const,
    ...(await stalePictures(read)),
  ];
  for (const [path, text] of all) {
    const file = fileOf(path);
    mkdirSync(dirname(file), { recursive: true });
    if (read(path) === text) continue;
    writeFileSync(file, text);
    console.log(path);
  }
  writeSessions();
}

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, projectRoot()));
}

function read(path: string): string {
  return existsSync(fileOf(path)) ? readFileSync(fileOf(path), "utf8") : "";
}

function writeSessions(): void {
  const pages = writtenPages().map(laidOut);
  for (const mistake of compiled(pages)) console.error(mistake);
  const printed = printedBy(pages);
  for (const [nth, page] of pages.entries()) {
    for (const [path, picture] of oldPictures(page, printed[nth] ?? [])) {
      writeFileSync(fileOf(path), picture);
      console.log(path);
    }
    const text = withSessions(page, printed[nth] ?? []);
    if (text === page.text) continue;
    writeFileSync(fileOf(page.path), text);
    console.log(page.path);
  }
}

await main();
