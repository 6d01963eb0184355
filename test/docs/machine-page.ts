import type { AnyStateMachine } from "xstate";

import { everyVersionOf } from "../../machines/for-version.ts";
import { mermaid } from "../../src/diagram/mermaid.ts";
import {
  allStates,
  type Outline,
  outlineOf,
  type OutlineName,
  type OutlineState,
  type OutlineTransition,
} from "../../src/diagram/outline.ts";
import type { ObservedFile } from "../coverage/observed.ts";
import { block, code, generatedBy, page, table } from "./markdown.ts";
import { type SourceBases, sourceLinks } from "./source-links.ts";
import { statusAlone } from "./status-alone.ts";
import type { Timer } from "./timers.ts";

/** What a page of a machine is made of besides its chart. */
export interface MachineFacts {
  readonly machine: AnyStateMachine;
  /** From the top of the project: `machines/kubelet/pod-phase`. */
  readonly file: string;
  readonly bases: SourceBases;
  readonly observed: ObservedFile;
  readonly timers: readonly Timer[];
  /** Who tells it what, and whom it tells: lines of a list. */
  readonly hears: readonly string[];
  readonly says: readonly string[];
}

/** docs/machines/<id>.md */
export function machinePage(facts: MachineFacts): string {
  const { machine, file, bases, timers, hears, says } = facts;
  const outline = outlineOf(everyVersionOf(machine));
  const { id, description = "", root } = outline;
  const sources = sourceLinks(root.sources, bases);
  return page(
    generatedBy("npm run docs"),
    `# \`${id}\``,
    description,
    [
      `Chart: [${file}.yaml](../../${file}.yaml), implementation: [${file}.machine.ts](../../${file}.machine.ts).`,
      ...(sources === "" ? [] : [`Upstream: ${sources}.`]),
      subjectText(id, facts.observed),
    ].join("\n"),
    block("mermaid", mermaid(outlineOf(machine))),
    `[As a picture](${id}.svg), whose states lead to their sources; other forms: \`kubechart diagram ${id} -o dot\`. How machines meet is on [the page of the composition](README.md).`,
    "## States",
    statesTable(outline, facts),
    "## Transitions",
    "The first branch whose guard holds is taken. *Path* is the shortest of the shipped systems' paths that takes the branch: `kubechart paths <system>` tells them all.",
    transitionsTable(outline, facts),
    ...(timers.length === 0 ? [] : ["## Timers", timersTable(timers)]),
    ...(hears.length === 0 ? [] : ["## What it hears", hears.join("\n")]),
    ...(says.length === 0 ? [] : ["## What it says", says.join("\n")]),
  );
}

function subjectText(id: string, { subjects }: ObservedFile): string {
  const subject = subjects[id];
  if (subject === undefined) return "Its actors begin and end in one step, so a pause shows none.";
  const parts = subject.split(" ").filter((part) => part !== "");
  if (parts.length === 0) return `There is one in a cluster: \`${id}/\`.`;
  const words = parts.map((part) => (part === "pod" ? "<namespace>/<pod>" : `<${part}>`));
  return `Its actors are called \`${[id, ...words].join("/")}\` in traces and paths.`;
}

function statesTable({ id, root }: Outline, { observed, bases }: MachineFacts): string {
  const states = allStates(root).filter(({ path }) => path !== "");
  const isOfPod = /\bpod\b/.test(observed.subjects[id] ?? "");
  const isShown = states.some((state) => statusAlone(id, state) !== undefined);
  const columns = [
    "state",
    "what it means",
    ...(isShown ? ["STATUS, alone in its pod"] : []),
    ...(isOfPod ? ["STATUS meanwhile"] : []),
    "upstream",
  ];
  const rows = states.map((state) => [
    stateName(state),
    state.description ?? "",
    ...(isShown ? [code(statusAlone(id, state) ?? "")] : []),
    ...(isOfPod ? [statusText(observed.statuses[`${id} ${state.path}`])] : []),
    sourceLinks(state.sources, bases),
  ]);
  const about = isOfPod
    ? "\n\n*STATUS meanwhile* is what `kubectl get pods` shows of its pod while the machine is in that state, in the paths of the shipped systems, the most usual first; *passes at once*: in no moment that lasts."
    : "";
  return `${table(columns, rows)}${about}`;
}

function stateName({ path, type, initial, entry, exit }: OutlineState): string {
  const marks = [
    ...(type === "final" ? ["final"] : []),
    ...(type === "parallel" ? ["parallel"] : []),
    ...(initial === undefined ? [] : [`begins with \`${initial.split(".").at(-1) ?? ""}\``]),
    ...(entry.length === 0 ? [] : [`entry / ${namesText(entry)}`]),
    ...(exit.length === 0 ? [] : [`exit / ${namesText(exit)}`]),
  ];
  return [code(path), ...marks].join("<br>");
}

const statusesTold = 4;

function statusText(statuses: readonly string[] | undefined): string {
  if (statuses === undefined) return "in no path";
  if (statuses.length === 0) return "passes at once";
  const told = statuses.slice(0, statusesTold).map(code).join(", ");
  const others = statuses.length - statusesTold;
  return others > 0 ? `${told} and ${others} more` : told;
}

function transitionsTable({ id, root }: Outline, { observed, bases }: MachineFacts): string {
  const rows = allStates(root).flatMap((state) =>
    state.transitions.map((one) => [
      state.path === "" ? "(any)" : code(state.path),
      triggerText(one),
      guardText(one),
      targetText(one),
      namesText(one.actions),
      one.description ?? "",
      sourceLinks(one.sources, bases),
      pathText(observed.branches[branchName(id, state, one)]),
    ]),
  );
  return table(["in", "on", "if", "to", "does", "because", "upstream", "path"], rows);
}

/** As an exploration names it. */
export function branchName(id: string, { path }: OutlineState, one: OutlineTransition): string {
  const { trigger, branch } = one;
  const event = { on: "event", after: "delay", always: "kind" }[trigger.kind];
  const word = String(Reflect.get(trigger, event));
  const text = trigger.kind === "after" ? `after:${word}` : word;
  return `${id} ${path === "" ? "(any)" : path} ${text}#${branch}`;
}

function triggerText({ trigger }: OutlineTransition): string {
  switch (trigger.kind) {
    case "on":
      return code(trigger.event);
    case "after":
      return `after ${code(trigger.delay)}`;
    case "always":
      return "at once";
  }
}

function guardText({ guard, branch, gate, since, until }: OutlineTransition): string {
  const condition = guard === undefined ? (branch > 0 ? "else" : "") : namesText([guard]);
  return [
    ...(condition === "" ? [] : [condition]),
    ...(gate === undefined ? [] : [`gate ${code(gate)}`]),
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
  ].join("<br>");
}

function targetText({ targets, reenter }: OutlineTransition): string {
  if (targets.length === 0) return "stays";
  return `${targets.map(code).join(", ")}${reenter ? " (enters anew)" : ""}`;
}

function namesText(names: readonly OutlineName[]): string {
  return names
    .map(({ name, params = {} }) => {
      const constants = Object.entries(params).map(([key, value]) =>
        typeof value === "string" ? value : `${key}=${JSON.stringify(value)}`,
      );
      return code(constants.length === 0 ? name : `${name}(${constants.join(", ")})`);
    })
    .join(", ");
}

function pathText(place: ObservedFile["branches"][string] | undefined): string {
  return place === undefined ? "none" : `\`${place.system}\` \`${place.path}\``;
}

function timersTable(timers: readonly Timer[]): string {
  return table(
    ["delay", "how long", "with the samples"],
    timers.map(({ name, formula, values }) => [code(name), formula, values]),
  );
}
