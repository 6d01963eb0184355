import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { projectRoot } from "../support/fidelity.ts";
import { helpNames } from "./cli-page.ts";
import { generatedPages } from "./pages.ts";
import { compiled, laidOut, printedBy, withSessions, writtenPages } from "./running.ts";

/** `npm run docs`: writes every generated page, and what the sessions of the others print. */
function main(): void {
  const cli = fileURLToPath(new URL("dist/cli/main.js", projectRoot()));
  const helps = new Map(
    helpNames.map((name) => {
      const args = [cli, ...(name === "" ? [] : [name]), "--help"];
      const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
      return [name, stdout];
    }),
  );
  for (const [path, text] of generatedPages(helps)) {
    const file = fileURLToPath(new URL(path, projectRoot()));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(path);
  }
  writeSessions();
}

function writeSessions(): void {
  const pages = writtenPages().map(laidOut);
  for (const mistake of compiled(pages)) console.error(mistake);
  const printed = printedBy(pages);
  for (const [nth, page] of pages.entries()) {
    const text = withSessions(page, printed[nth] ?? []);
    if (text === page.text) continue;
    writeFileSync(fileURLToPath(new URL(page.path, projectRoot())), text);
    console.log(page.path);
  }
}

main();
