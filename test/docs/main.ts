import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { projectRoot } from "../support/fidelity.ts";
import { helpNames } from "./cli-page.ts";
import { generatedPages } from "./pages.ts";

/** `npm run docs`: writes every generated page. */
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
}

main();
