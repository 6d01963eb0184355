import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Node } from "../../machines/api/node.ts";
import type { Cluster } from "../../src/cluster/cluster.ts";
import { Lives } from "../../src/explore/life.ts";
import type { SuitePath } from "../../src/explore/suite.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import type { History, Observed } from "../properties/property.ts";

/** What the watches of a real cluster told, in their order. */
export function recordedHistory(folder: string): History {
  const lines = readFileSync(join(folder, "watch.jsonl"), "utf8").split("\n").filter(Boolean);
  return lines.map((line): Observed => {
    const { t, type, object } = JSON.parse(line);
    return { atMs: Math.round(t * 1_000), type, object };
  });
}

/** All that is written on a path of a system's suite. */
export function pathHistory(system: ExploredSystem, { moves }: SuitePath): History {
  const lives = new Lives(system);
  let life = lives.begin();
  const seen = watched(life.cluster);
  for (const move of moves) ({ life } = lives.drive(life, move));
  return seen;
}

/** All that our own cluster writes, with a last look at its nodes. */
export function modelHistory(cluster: Cluster, untilMs: number): History {
  const seen = watched(cluster);
  cluster.run(untilMs);
  const nodes = cluster.list("Node").map((object) => {
    return { atMs: untilMs, type: "MODIFIED", object };
  });
  return [...seen, ...nodes];
}

function watched(cluster: Cluster): readonly Observed[] {
  const seen: Observed[] = [];
  cluster.watch(({ atMs, type, object }) => seen.push({ atMs, type, object }));
  cluster.observe(({ to, at, detail }) => {
    if (to === "faults/" && stopsKubelet(detail?.["fault"])) seen.push(...lostNodes(cluster, at));
  });
  return seen;
}

function stopsKubelet(fault: unknown): boolean {
  const word: unknown = typeof fault === "object" && fault !== null && "do" in fault && fault.do;
  return word === "kubelet-stop" || word === "node-crash";
}

/** As the node lifecycle controller will write them. */
function lostNodes(cluster: Cluster, atMs: number): readonly Observed[] {
  return cluster.list("Node").map(({ metadata }) => {
    const conditions = [{ type: "Ready", status: "Unknown" }] as const;
    const object: Node = { apiVersion: "v1", kind: "Node", metadata, status: { conditions } };
    return { atMs, type: "MODIFIED", object };
  });
}
