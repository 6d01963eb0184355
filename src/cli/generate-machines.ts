import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { chartFiles, nounOf } from "./chart-files.ts";
import { writeCharts } from "./write-charts.ts";

// What `npm run generate` runs: machines/generated/ holds every chart of machines/, and nothing
// else. It imports no machine, because a stale chart must not keep itself from being generated.
const folder = join("machines", "generated");
const targets = chartFiles(["machines"]).map((chart) => {
  return { chart, target: join(folder, `${nounOf(chart)}.ts`) };
});
const current = new Set(targets.map(({ target }) => target));
const present = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
for (const file of present) if (!current.has(file)) rmSync(file);
process.exitCode = writeCharts(targets, "npm run generate") ? 0 : 1;
