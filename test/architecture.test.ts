import { readdirSync } from "node:fs";
import { basename } from "node:path";

import { describe, expect, it } from "vitest";

import { projectRoot } from "./support/fidelity.ts";
import {
  functionLengths,
  importCircles,
  linesWith,
  longLines,
  type SourceFile,
  sourceFiles,
  uses,
} from "./support/source-files.ts";

const machines = sourceFiles("machines");
const src = sourceFiles("src");
const shipped = [...machines, ...src];
const all = [...shipped, ...sourceFiles("test")];

/** A law of the house; what breaks it is listed, one line each. */
interface Rule {
  readonly says: string;
  readonly because: string;
  readonly broken: () => readonly string[];
}

const borders: readonly Rule[] = [
  {
    says: "machines/ imports nothing but xstate and itself",
    because: "it says what Kubernetes does and could be published alone",
    broken: () => strangers(machines, /^xstate$|^machines\//),
  },
  {
    says: "machines/api imports nothing but itself",
    because: "the words of the API come before everything that uses them",
    broken: () => strangers(inside(machines, "machines/api/"), /^machines\/api\//),
  },
  {
    says: "in machines/ words come first, then decisions, then charts, then the index",
    because: "a decision can be read, tested and reused without the machine that asks for it",
    broken: () => upward(machines, machineFloor, (from) => from.endsWith(".machine.ts")),
  },
  {
    says: "the scheduler imports words, assert and itself",
    because: "it is a program of its own, which meets a kubelet only in the API",
    broken: () =>
      strangers(
        inside(machines, "machines/scheduler/"),
        /^xstate$|^machines\/(?:api\/|scheduler\/|generated\/|(?:assert|samples|timed)\.ts$)/,
      ),
  },
  {
    says: "a folder of src/ imports only from lower floors, and not from its neighbours",
    because: "what runs can be understood from the ground up, one room at a time",
    broken: () => upward(src, srcFloor, (from, to) => roomOf(from) !== roomOf(to)),
  },
  {
    says: "live actors know nothing of the memo",
    because: "two hosts that shared their steps would agree in their mistakes, too",
    broken: () =>
      strangers(inside(src, "src/system/xstate-host.ts"), /^(?!.*\/(?:stepper|memo-executor)\.ts)/),
  },
  {
    says: "nothing but testkit/ imports @xstate/test, and only the command line imports testkit/",
    because: "who runs a cluster needs no test model, and a browser no timer of a test",
    broken: () => [
      ...strangers(outside(shipped, "src/testkit/"), /^(?!@xstate\/test$)/),
      ...strangers(outside(shipped, "src/testkit/", "src/cli/"), /^(?!src\/testkit\/)/),
    ],
  },
  {
    says: "machines/ and src/ import no test",
    because: "what is shipped must not need what is not",
    broken: () => strangers(shipped, /^(?!test\/)/),
  },
  {
    says: "no files import each other in a circle, types included",
    because: "a circle is one big file in many pieces",
    broken: () => importCircles(all),
  },
  {
    says: "only index.ts files re-export",
    because: "barrels hide where a thing lives, and circles",
    broken: () =>
      shipped
        .filter(({ path, imports }) => !isIndex(path) && imports.some((one) => one.isReexport))
        .map(({ path }) => path),
  },
];

const words: readonly Rule[] = [
  {
    says: "no clock, chance, console, process or node: outside of cli/, server/ and testkit/",
    because: "a run must repeat itself exactly, and in a browser too",
    broken: () => [...strangers(core, /^(?!node:)/), ...core.flatMap((one) => uses(one, impure))],
  },
  {
    says: "no machine invokes, spawns, or sends to another",
    because: "who receives what is one table, and pure transitions need it so",
    broken: () => machines.flatMap((one) => uses(one, actorWords)),
  },
  {
    says: "no type is asserted but with `as const` and the `{} as` of setup",
    because: "an assertion is a promise that nobody checks",
    broken: () => shipped.flatMap((one) => uses(one, assertions)),
  },
  {
    says: "no comment leaves something to be done",
    because: "it outlives its reason; what is missing stands in docs/fidelity.md",
    broken: () => shipped.flatMap((one) => linesWith(one, /\b(?:TODO|FIXME)\b/)),
  },
];

const sizes: readonly Rule[] = [
  {
    says: "a file keeps to the size of its kind",
    because: "a room too small is designed anew: a second idea has moved in",
    broken: () =>
      all
        .filter(({ path, lines }) => lines.length > sizeOf(path))
        .map(({ path, lines }) => `${path} has ${lines.length} lines, at most ${sizeOf(path)}`),
  },
  {
    says: "a function has at most 40 lines",
    because: "what it does must fit into one look",
    broken: () =>
      shipped
        .flatMap(functionLengths)
        .filter(({ length }) => length > 40)
        .map(({ name, length }) => `${name} has ${length} lines`),
  },
  {
    says: "a line has at most 100 columns, a text that cannot be broken aside",
    because: "two files must fit beside each other",
    broken: () => shipped.flatMap(longLines),
  },
];

const places: readonly Rule[] = [
  {
    says: "the top of the project holds what everybody expects there, and nothing else",
    because: "a newcomer reads this list first",
    broken: () => readdirSync(projectRoot()).filter((entry) => !isExpectedAtTop(entry)),
  },
  {
    says: "src/ has the rooms of the floors, and no others",
    because: "a new room is a decision about the whole house",
    broken: () => src.map(({ path }) => path).filter((path) => srcFloor(path) < 0),
  },
  {
    says: "no file is a drawer",
    because: "a name that fits everything says nothing",
    broken: () => all.map(({ path }) => path).filter((path) => drawers.test(basename(path))),
  },
];

describe.each([
  ["borders", borders],
  ["words", words],
  ["sizes", sizes],
  ["places", places],
])("%s", (_, rules) => {
  it.each(rules)("$says, because $because", ({ broken }) => {
    expect(broken()).toEqual([]);
  });
});

const core = shipped.filter(({ path }) => !/^src\/(?:cli|server|testkit)\//.test(path));

/** A property that is called like a timer (XState's clock has one) sets none. */
const impure =
  /\bnew Date\b|\bDate\.\w|\bMath\.random\b|\bconsole\.|\bprocess\.(?:env|argv|exit|std\w+|cwd|hrtime|nextTick|on)\b|\bset(?:Timeout|Interval|Immediate)\b(?!:)|\bperformance\.|\bcrypto\.|\bBuffer\b/g;

const actorWords =
  /\b(?:invoke|sendTo|sendParent|forwardTo|spawn|spawnChild|stopChild|from(?:Promise|Callback|Observable))\b/g;

const assertions = /(?<!\{\})\s+as\s+(?!const\b)/g;

/** From the ground up; the rooms of one floor do not know each other. */
const srcFloors = [
  ["yaml", "clock", "choice", "store"],
  ["chart", "manifest", "system", "trace"],
  ["cluster", "diagram", "status"],
  ["explore", "conform"],
  ["testgen"],
  ["index.ts"],
  ["testkit"],
  ["server", "cli"],
];

function srcFloor(path: string): number {
  return srcFloors.findIndex((rooms) => rooms.includes(roomOf(path)));
}

function roomOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** Words, events and reasons, decisions and charts as data, machines, the catalogue. */
function machineFloor(path: string): number {
  const name = basename(path);
  if (path.startsWith("machines/api/")) return 0;
  if (name === "events.ts" || name === "reasons.ts") return 1;
  if (name.endsWith(".machine.ts")) return 3;
  return /^machines\/(?:catalogue|index)\.ts$/.test(path) ? 4 : 2;
}

/** Imports of a higher floor of the same tree, and those of the same floor that are `strange`. */
function upward(
  files: readonly SourceFile[],
  floorOf: (path: string) => number,
  strange: (from: string, to: string) => boolean,
): readonly string[] {
  const tree = files[0]?.path.split("/")[0] ?? "";
  return files.flatMap(({ path, imports }) =>
    imports.flatMap(({ target }) => {
      if (!target.startsWith(`${tree}/`)) return [];
      const climb = floorOf(target) - floorOf(path);
      return climb > 0 || (climb === 0 && strange(path, target)) ? [`${path} → ${target}`] : [];
    }),
  );
}

function strangers(files: readonly SourceFile[], allowed: RegExp): readonly string[] {
  return files.flatMap(({ path, imports }) =>
    imports.flatMap(({ target }) => (allowed.test(target) ? [] : [`${path} → ${target}`])),
  );
}

function inside(files: readonly SourceFile[], folder: string): readonly SourceFile[] {
  return files.filter(({ path }) => path.startsWith(folder));
}

function outside(files: readonly SourceFile[], ...folders: string[]): readonly SourceFile[] {
  return files.filter(({ path }) => !folders.some((folder) => path.startsWith(folder)));
}

function isIndex(path: string): boolean {
  return basename(path) === "index.ts";
}

/** The most lines of a file, by what it is. */
function sizeOf(path: string): number {
  if (path.startsWith("test/")) return 400;
  if (/^src\/(?:cli|diagram|testgen)\//.test(path)) return 200;
  if (path.startsWith("src/")) return 300;
  if (path.endsWith(".machine.ts")) return 300;
  return /^machines\/api\/|\/events\.ts$/.test(path) ? 250 : 200;
}

/** Dotfiles, and what npm, tsc and vitest leave behind, are no part of the picture. */
function isExpectedAtTop(entry: string): boolean {
  return entry.startsWith(".") || topEntries.includes(entry);
}

const topEntries = [
  ..."machines src docs test README.md LICENSE package.json package-lock.json".split(" "),
  ..."tsconfig.json node_modules dist coverage".split(" "),
];

const drawers = /^(?:utils?|helpers?|common|core|misc|data|info|manager|types)\.ts$/;
