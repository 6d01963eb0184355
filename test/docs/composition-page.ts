import type { AnyStateMachine } from "xstate";

import { tellingsOfRoute } from "../../src/cluster/tellings.ts";
import { machines as rows, routes } from "../../src/system/routes.ts";
import type { Route } from "../../src/system/composition.ts";
import type { KubeWorld } from "../../src/system/world.ts";
import type { ObservedFile } from "../coverage/observed.ts";
import { block, code, generatedBy, page, table } from "./markdown.ts";

type Catalogue = Readonly<Record<string, AnyStateMachine>>;

/** What one row of the routes does with a fact. */
interface Telling {
  readonly from: string;
  readonly fact: string;
  readonly to: string;
  /** The receiver's event. */
  readonly event: string;
  /** Whether some path of the shipped systems does it. */
  readonly isSeen: boolean;
}

/** docs/machines/README.md: who tells whom. */
export function compositionPage(catalogue: Catalogue, observed: ObservedFile): string {
  const told = tellings(observed);
  return page(
    generatedBy("npm run docs"),
    "# The machines, and how they meet",
    "No machine knows another. Each emits facts; one table (`src/system/routes.ts`) says what is written down of a fact and who is told of it. Receivers that no machine is stand for the world around them: the API server, the container runtime, the registry, the node. This page shows that table; arrows with dots, and what is marked so, are what no path of the shipped systems does. `kubechart diagram --composition` draws it all, with what the world around tells, `--focus podWorker` a part of it.",
    block("mermaid", flowchart(catalogue, told)),
    "## Machines",
    table(["machine", "actors", "what it is"], Object.entries(catalogue).map(machineRow(observed))),
    ...Object.keys(catalogue).flatMap((id) => {
      const lines = saysLines(id, observed);
      return lines.length === 0 ? [] : [`## What \`${id}\` says`, lines.join("\n")];
    }),
  );
}

function machineRow({ subjects }: ObservedFile) {
  return ([id, { root }]: readonly [string, AnyStateMachine]): readonly string[] => [
    `[${code(id)}](${id}.md)`,
    partWords[id] ?? subjectWords[subjects[id] ?? ""] ?? "",
    root.description ?? "",
  ];
}

const subjectWords: Readonly<Record<string, string>> = {
  "": "one in a cluster",
  node: "one for each node",
  pod: "one for each pod",
  "pod container": "one for each container",
};

/** Of those whose actors are of a part of a pod, container or node. */
const partWords: Readonly<Record<string, string>> = {
  volume: "one for each volume of a pod",
  imagePull: "one for each image of a pod",
  probe: "one for each probe of a container",
  softThreshold: "one for each signal of a node",
  request: "one for each request",
};

/** What becomes of each fact of a machine, one a line. */
export function saysLines(id: string, observed: ObservedFile): readonly string[] {
  return Object.entries(routes[id] ?? {}).map(([fact, all]) => {
    const isWritten = all.some(({ project }) => project !== undefined);
    const told = all.flatMap((route, nth) => {
      return tellingsAt(id, fact, route, nth, observed).map(({ to, isSeen }) => {
        const unseen = isSeen ? "" : " (no path of the shipped systems)";
        return `tells ${nameOf(to)}${eventText(route, fact)}${unseen}`;
      });
    });
    const done = [...(isWritten ? ["is written down"] : []), ...new Set(told)];
    return `- ${code(fact)} ${done.length === 0 ? "is heard by nobody" : done.join("; ")}`;
  });
}

/** Who tells a machine what, one sender a line; the world around it aside. */
export function hearsLines(id: string, observed: ObservedFile): readonly string[] {
  const own = tellings(observed).filter(({ to }) => to === id);
  const senders = [...new Set(own.map(({ from }) => from))];
  return senders.map((from) => {
    const events = own.filter((one) => one.from === from).map(({ event }) => code(event));
    return `- from ${from === id ? "itself" : nameOf(from)}: ${[...new Set(events)].join(", ")}`;
  });
}

function tellings(observed: ObservedFile): readonly Telling[] {
  return Object.entries(routes).flatMap(([from, facts]) =>
    Object.entries(facts).flatMap(([fact, all]) =>
      all.flatMap((route, nth) => tellingsAt(from, fact, route, nth, observed)),
    ),
  );
}

function tellingsAt(
  from: string,
  fact: string,
  route: Route<KubeWorld>,
  nth: number,
  { receivers }: ObservedFile,
): readonly Telling[] {
  const seen = receivers[`${from} ${fact}#${nth}`] ?? [];
  return [...tellingsOfRoute(from, fact, route)].map(({ to, event }) => {
    return { from, fact, to, event, isSeen: seen.includes(to) };
  });
}

function eventText({ event, view, latencyMs }: Route<KubeWorld>, fact: string): string {
  const later = latencyMs === undefined ? "" : ", later";
  if (view !== undefined) return ` (the view ${code(view)}${later})`;
  if (event !== undefined && event.type !== fact) return ` (${code(event.type)}${later})`;
  return later === "" ? "" : " (later)";
}

/** A machine as a link to its page; another receiver by its name. */
function nameOf(receiver: string): string {
  return receiver in rows ? `[${code(receiver)}](${receiver}.md)` : `the ${worldWords(receiver)}`;
}

function worldWords(handler: string): string {
  return handlers[handler] ?? handler;
}

const handlers: Readonly<Record<string, string>> = {
  apiserver: "API server",
  kubectl: "user who asked",
  pleg: "PLEG",
  nodeStatus: "status of the node",
  prober: "probed program",
  runtime: "container runtime",
  scheduler: "scheduler's view of the cluster",
  stats: "kubelet's statistics",
  volumes: "mounts of the node",
  workQueue: "kubelet's work queue",
};

function flowchart(catalogue: Catalogue, told: readonly Telling[]): string {
  const others = told.filter(({ from, to }) => from !== to);
  const pairOf = ({ from, to }: Telling) => `${from} ${to}`;
  const seen = new Set(others.filter(({ isSeen }) => isSeen).map(pairOf));
  const arrow = (pair: string) => pair.replace(" ", seen.has(pair) ? " --> " : " -.-> ");
  const around = told.map(({ to }) => to).filter((to) => !(to in catalogue));
  return [
    "flowchart LR",
    ...Object.keys(catalogue).map((id) => `  ${id}["${id}"]`),
    ...[...new Set(around)].toSorted().map((to) => `  ${to}(["${worldWords(to)}"])`),
    ...[...new Set(others.map(pairOf))].map((pair) => `  ${arrow(pair)}`),
  ].join("\n");
}
