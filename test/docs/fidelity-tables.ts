import { existsSync, readdirSync, readFileSync } from "node:fs";

import { gates } from "../../machines/feature-gates.ts";
import { everyVersionOf } from "../../machines/for-version.ts";
import { catalogue } from "../../machines/index.ts";
import { allStates, outlineOf } from "../../src/diagram/outline.ts";
import type { ObservedFile } from "../coverage/observed.ts";
import { deviations, projectRoot } from "../support/fidelity.ts";
import { branchName } from "./machine-page.ts";
import { code, table } from "./markdown.ts";

/** docs/fidelity.md with its counted tables as the data are now; the rest is written by hand. */
export function fidelityPage(text: string, observed: ObservedFile): string {
  const tables = {
    answers: answersTable(),
    lives: livesTable(),
    charts: chartsTable(observed),
    gates: gatesTable(),
  };
  return Object.entries(tables).reduce((page, [name, inside]) => {
    const [begin, end] = [`<!-- ${name}: written by \`npm run docs\` -->`, `<!-- end: ${name} -->`];
    const [before, rest = ""] = page.split(begin);
    const [, after] = rest.split(end);
    if (after === undefined) throw new Error(`docs/fidelity.md has no place for ${name}`);
    return `${before}${begin}\n${inside}\n${end}${after}`;
  }, text);
}

/** Answers that Kubernetes' own code gave, area by area. */
function answersTable(): string {
  const areas = foldersIn("test/vectors").map((area) => {
    const files = filesIn(`test/vectors/${area}`).filter((file) => file.endsWith(".jsonl"));
    const counted = files.map((file) => ({
      name: file.replace(/\.jsonl$/, ""),
      answers: linesOf(`test/vectors/${area}/${file}`),
      listed: deviations(`${area}/${file}`).size,
    }));
    return { area, counted };
  });
  const rows = areas.map(({ area, counted }) => [
    code(`test/vectors/${area}`),
    counted.map(({ name, answers }) => `${name} ${answers}`).join(", "),
    counted.length,
    ...sumsOf(counted),
  ]);
  const all = areas.flatMap(({ counted }) => counted);
  const total = ["together", "", all.length, ...sumsOf(all)];
  return table(["recorded in", "asked about", "files", "answers", "deviate"], [...rows, total]);
}

function sumsOf(counted: readonly { answers: number; listed: number }[]): readonly number[] {
  const answers = counted.reduce((all, one) => all + one.answers, 0);
  return [answers, counted.reduce((all, one) => all + one.listed, 0)];
}

/** Lives of pods on a real cluster, which the model lives again. */
function livesTable(): string {
  const folders = foldersIn("test/recordings").map((name) => ({
    folder: `test/recordings/${name}`,
    name,
  }));
  const lives = folders.filter(({ folder }) => existsSync(fileOf(`${folder}/scenario.yaml`)));
  const rows = lives.map(({ folder, name }) => [
    code(name),
    aboutOf(`${folder}/about.md`),
    linesOf(`${folder}/table.jsonl`),
    linesOf(`${folder}/watch.jsonl`),
  ]);
  const sums = [2, 3].map((column) => rows.reduce((all, row) => all + Number(row[column]), 0));
  return table(
    ["life", "what happens", "rows of `kubectl get pods -w`", "changes watched"],
    [...rows, [`${lives.length} lives`, "", ...sums]],
  );
}

/** Which branches of the charts a path of a shipped system takes. */
function chartsTable({ branches }: ObservedFile): string {
  const counts = Object.entries(catalogue).map(([id, machine]) => {
    const states = allStates(outlineOf(everyVersionOf(machine)).root);
    const all = states.flatMap((state) => {
      return state.transitions.map((one) => ({ ...one, name: branchName(id, state, one) }));
    });
    return {
      id,
      states: states.length - 1,
      branches: all.length,
      taken: all.filter(({ name }) => Object.hasOwn(branches, name)).length,
      others: all.filter(({ gate, since, until }) => (gate ?? since ?? until) !== undefined).length,
    };
  });
  const rows = counts.map(({ id, states, branches: all, taken, others }) => [
    `[\`${id}\`](machines/${id}.md)`,
    states,
    all,
    taken,
    all - taken,
    others,
  ]);
  const sums = [1, 2, 3, 4, 5].map((column) => {
    return rows.reduce((all, row) => all + Number(row[column]), 0);
  });
  return table(
    [
      "chart",
      "states",
      "branches",
      "taken by a path",
      "by none",
      "behind a gate or of some minors",
    ],
    [...rows, ["together", ...sums]],
  );
}

/** The gates that are known, and what of them the charts have. */
function gatesTable(): string {
  const gated = Object.entries(catalogue).flatMap(([id, machine]) =>
    allStates(outlineOf(everyVersionOf(machine)).root).flatMap(({ transitions }) =>
      transitions.flatMap(({ gate }) => (gate === undefined ? [] : [{ id, gate }])),
    ),
  );
  const rows = gates.map(({ name, since, until, on }) => {
    const ids = gated.filter(({ gate }) => gate === name).map(({ id }) => id);
    const charts = [...new Set(ids)].map((id) => {
      return `${code(id)} ${ids.filter((one) => one === id).length}`;
    });
    const known = [since ?? "before 1.32", ...(until === undefined ? [] : [`until ${until}`])];
    return [code(name), known.join(", "), on ?? "off", charts.join(", ")];
  });
  return table(["gate", "known since", "on by default since", "branches of charts"], rows);
}

/** The first sentence below the heading. */
function aboutOf(path: string): string {
  const [, first = ""] = readFileSync(fileOf(path), "utf8").split("\n\n");
  return first.trim();
}

function linesOf(path: string): number {
  return readFileSync(fileOf(path), "utf8").split("\n").filter(Boolean).length;
}

function foldersIn(path: string): readonly string[] {
  const entries = readdirSync(fileOf(path), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

function filesIn(path: string): readonly string[] {
  return readdirSync(fileOf(path)).toSorted();
}

function fileOf(path: string): URL {
  return new URL(path, projectRoot());
}
