import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { PodGroups } from "../../machines/scheduler/framework/pod-groups.ts";
import type { Snapshot } from "../../machines/scheduler/framework/snapshot.ts";
import { SchedulerCache } from "../../src/system/scheduler-cache.ts";
import { buildPod } from "../support/build.ts";

const names = ["n1", "n2", "unknown"] as const;

const change = fc.record({
  pod: fc.integer({ min: 0, max: 5 }),
  app: fc.constantFrom("web", "db"),
  node: fc.constantFrom(...names),
  isGone: fc.boolean(),
  isAsked: fc.boolean(),
  isForked: fc.boolean(),
});

function node(name: string): Node {
  const capacity = { cpu: "4", memory: "8Gi", pods: "110" };
  const metadata = { name, labels: { zone: name } };
  return { apiVersion: "v1", kind: "Node", metadata, status: { allocatable: capacity } };
}

function pod(nth: number, app: string, nodeName: string): Pod {
  const built = buildPod(`p${nth}`, { nodeName });
  return { ...built, metadata: { ...built.metadata, labels: { app } } };
}

function counted(groups: PodGroups): ReadonlyMap<string, number> {
  const counts = [...groups.all()].flatMap(({ one, nodes }) =>
    [...nodes].map(([name, count]) => [`${one.group} ${name}`, count] as const),
  );
  return new Map(counts.filter(([key]) => !key.endsWith(" unknown")));
}

function expectCounted(snapshot: Snapshot): void {
  const anew = PodGroups.of(snapshot.nodeInfoList);
  expect(counted(snapshot.podGroups())).toEqual(counted(anew));
}

describe("the groups of a snapshot's pods", () => {
  it("are those that a count of all nodes finds, whatever came, went or was copied", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let cache = new SchedulerCache();
        for (const name of ["n1", "n2"]) cache.addNode(node(name));
        const before = new Map<number, Pod>();
        const seen: Snapshot[] = [];
        for (const { pod: nth, app, node: name, isGone, isAsked, isForked } of changes) {
          const known = before.get(nth);
          if (known !== undefined) cache.removePod(known);
          before.delete(nth);
          const coming = pod(nth, app, name);
          if (!isGone) cache.addPod(coming);
          if (!isGone) before.set(nth, coming);
          if (isForked) cache = cache.fork();
          if (isAsked) seen.push(cache.snapshot());
          if (isAsked) expectCounted(cache.snapshot());
        }
        for (const snapshot of [...seen, cache.snapshot()]) expectCounted(snapshot);
      }),
    );
  });
});

const weights = [
  {},
  { containers: [{ name: "app", resources: { requests: { cpu: "100m" } } }] },
  { containers: [{ name: "app", ports: [{ containerPort: 80, hostPort: 80 }] }] },
  { affinity: { podAntiAffinity: {} } },
  { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] },
] as const;

const arrival = fc.record({
  pod: fc.integer({ min: 0, max: 3 }),
  weight: fc.nat(weights.length - 1),
  isGone: fc.boolean(),
  isAsked: fc.boolean(),
});

/** What is counted of a node, without what it has been asked. */
function sumsOf(snapshot: Snapshot): unknown {
  const { verdicts: _, scores: __, ...info } = snapshot.nodeInfoList[0] ?? {};
  return info;
}

describe("a node of a snapshot", () => {
  it("has the sums over its pods, also where a pod has become another in its place", () => {
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 20 }), (arrivals) => {
        const cache = new SchedulerCache();
        cache.addNode(node("n1"));
        const there = new Map<number, Pod>();
        for (const { pod: nth, weight, isGone, isAsked } of arrivals) {
          const known = there.get(nth);
          const coming = buildPod(`p${nth}`, { nodeName: "n1", ...weights[weight] });
          if (!isGone) cache.addPod(coming);
          else if (known !== undefined) cache.removePod(known);
          if (isGone) there.delete(nth);
          else there.set(nth, coming);
          if (isAsked) cache.snapshot();
        }
        const anew = new SchedulerCache();
        anew.addNode(node("n1"));
        for (const one of there.values()) anew.addPod(one);
        expect(sumsOf(cache.snapshot())).toEqual(sumsOf(anew.snapshot()));
      }),
    );
  });
});
