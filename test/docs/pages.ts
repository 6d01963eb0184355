import { readFileSync } from "node:fs";

import { catalogue, samples } from "../../machines/index.ts";
import { chartFiles, nounOf } from "../../src/cli/chart-files.ts";
import { valueOf } from "../../src/yaml/node.ts";
import { readYaml } from "../../src/yaml/read.ts";
import type { ObservedFile } from "../coverage/observed.ts";
import { projectRoot } from "../support/fidelity.ts";
import { cliPage, type Helps } from "./cli-page.ts";
import { compositionPage, hearsLines, saysLines } from "./composition-page.ts";
import { fidelityPage } from "./fidelity-tables.ts";
import { machinePage } from "./machine-page.ts";
import { schemaIndex, schemaPages } from "./schema-page.ts";
import type { SourceBases } from "./source-links.ts";
import { statusPage } from "./status-page.ts";
import { timersOf } from "./timers.ts";

/** What `npm run docs` writes: text by path from the top of the project. */
export type Pages = ReadonlyMap<string, string>;

/** Every generated page but docs/coverage.md, which comes of a run. */
export function generatedPages(helps: Helps): Pages {
  const observed: ObservedFile = JSON.parse(read("docs/coverage.json"));
  return new Map([
    ...machinePages(observed),
    ["docs/machines/README.md", compositionPage(catalogue, observed)],
    ["docs/statuses.md", statusPage(observed)],
    ["docs/fidelity.md", fidelityPage(read("docs/fidelity.md"), observed)],
    ["docs/cli.md", cliPage(helps)],
    ["docs/schemas/README.md", schemaIndex(read)],
    ...schemaPages(read),
  ]);
}

function machinePages(observed: ObservedFile): readonly (readonly [string, string])[] {
  const bases = sourceBases();
  const top = projectRoot();
  const files = chartFiles([new URL("machines", top).pathname]);
  return Object.entries(catalogue).map(([id, machine]) => {
    const noun = id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const chart = files.find((file) => nounOf(file) === noun) ?? "";
    const file = chart.slice(top.pathname.length).replace(/\.yaml$/, "");
    const timers = timersOf(machine, samples[id] ?? { inputs: [], events: [] });
    const [hears, says] = [hearsLines(id, observed), saysLines(id, observed)];
    const facts = { machine, file, bases, observed, timers, hears, says };
    return [`docs/machines/${id}.md`, machinePage(facts)] as const;
  });
}

/** Of the minor that the charts are of. */
function sourceBases(): SourceBases {
  const { documents } = readYaml(read("machines/sources.yaml"), "sources.yaml");
  const sources: { kep: string; minors: Record<string, SourceBases> } = JSON.parse(
    JSON.stringify(documents.map(valueOf)[0]),
  );
  const { file = "", page = "" } = sources.minors["1.35"] ?? {};
  return { kep: sources.kep, file, page };
}

function read(path: string): string {
  return readFileSync(new URL(path, projectRoot()), "utf8");
}
