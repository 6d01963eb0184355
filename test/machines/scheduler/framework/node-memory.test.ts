import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Node } from "../../../../machines/api/node.ts";
import type { Pod } from "../../../../machines/api/pod.ts";
import type { Handle } from "../../../../machines/scheduler/framework/handle.ts";
import { NodeMemory, signatureOf } from "../../../../machines/scheduler/framework/node-memory.ts";
import { newNodeInfo } from "../../../../machines/scheduler/framework/node-info.ts";
import { newPodInfo } from "../../../../machines/scheduler/framework/pod-info.ts";
import type { Profile } from "../../../../machines/scheduler/framework/profile.ts";
import { defaultProfile } from "../../../../machines/scheduler/plugins.ts";
import { schedulePod } from "../../../../machines/scheduler/schedule-one.ts";
import { nodeResourcesFit } from "../../../../machines/scheduler/score/node-resources-fit.ts";
import { SchedulerCache } from "../../../../src/system/scheduler-cache.ts";
import { buildContainer, buildPod } from "../../../support/build.ts";
import { buildHandle, buildNode } from "../../../support/build-cluster.ts";

const node = fc.record({
  zone: fc.constantFrom("a", "b"),
  gpus: fc.constantFrom("0", "2"),
  taint: fc.constantFrom("NoSchedule", "PreferNoSchedule", undefined),
  isCordoned: fc.boolean(),
  hasImage: fc.boolean(),
});

const pod = fc.record({
  app: fc.constantFrom("web", "db"),
  cpu: fc.constantFrom("100m", "1", undefined),
  gpus: fc.constantFrom("1", undefined),
  hostPort: fc.constantFrom(80, undefined),
  zone: fc.constantFrom("a", undefined),
  prefers: fc.constantFrom("b", undefined),
  isTolerant: fc.boolean(),
  isSpread: fc.boolean(),
  isAlone: fc.boolean(),
  isPacked: fc.boolean(),
});

type Told<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

const image = "registry.example/app:1";

function nodeOf({ zone, gpus, taint, isCordoned, hasImage }: Told<typeof node>, nth: number): Node {
  const built = buildNode(`n${nth}`, {
    labels: { "topology.kubernetes.io/zone": zone },
    allocatable: { cpu: "2", "example.com/gpu": gpus, pods: "4" },
    spec: {
      ...(isCordoned && { unschedulable: true }),
      ...(taint !== undefined && { taints: [{ key: "dedicated", effect: taint }] }),
    },
  });
  const images = hasImage ? [{ names: [image], sizeBytes: 500_000_000 }] : [];
  return { ...built, status: { ...built.status, images } };
}

function podOf(told: Told<typeof pod>, nth: number): Pod {
  const { app, cpu, gpus, hostPort, zone, prefers, isTolerant, isSpread, isAlone } = told;
  const labelSelector = { matchLabels: { app } };
  const resources = {
    requests: {
      ...(cpu !== undefined && { cpu }),
      ...(gpus !== undefined && { "example.com/gpu": gpus }),
    },
  };
  const ports = hostPort === undefined ? [] : [{ containerPort: 80, hostPort }];
  const inZone = { key: "topology.kubernetes.io/zone", operator: "In", values: ["b"] } as const;
  const preference = { weight: 10, preference: { matchExpressions: [inZone] } };
  const topologyKey = "kubernetes.io/hostname";
  const built = buildPod(`p${nth}`, {
    containers: [buildContainer("app", { image, resources, ports })],
    ...(isTolerant && { tolerations: [{ key: "dedicated", operator: "Exists" }] }),
    ...(zone !== undefined && { nodeSelector: { "topology.kubernetes.io/zone": zone } }),
    affinity: {
      ...(prefers !== undefined && {
        nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [preference] },
      }),
      ...(isAlone && {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector }],
        },
      }),
    },
    ...(isSpread && {
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey, whenUnsatisfiable: "ScheduleAnyway", labelSelector },
      ],
    }),
  });
  return { ...built, metadata: { ...built.metadata, uid: `p${nth}`, labels: { app } } };
}

/** Another scheduler asks the same nodes, in other words. */
const packing: Profile = {
  ...defaultProfile,
  scorePlugins: defaultProfile.scorePlugins.map((one) => {
    if (one.plugin.name !== "NodeResourcesFit") return one;
    return { plugin: nodeResourcesFit({ type: "MostAllocated" }), weight: 5 };
  }),
};

/** All that a decision says. */
function decided(handle: Handle, waiting: Pod, profile: Profile) {
  const settings = { nextStartNodeIndex: 0, percentageOfNodesToScore: 0 };
  const attempt = schedulePod(newPodInfo(waiting), profile, handle, settings);
  if (attempt.type === "noNodes" || attempt.type === "error") throw new Error(attempt.type);
  const host = attempt.type === "fits" ? attempt.suggestedHost : undefined;
  const scores = attempt.type === "fits" ? attempt.scores : undefined;
  const statuses = [...attempt.found.diagnosis.nodeToStatus.explicit];
  return { host, statuses, totals: scores?.nodes, columns: scores?.columns() };
}

describe("what the scheduler remembers of nodes", () => {
  it("changes no status, score or winner of any pod", () => {
    const worlds = fc.tuple(
      fc.array(node, { minLength: 2, maxLength: 4 }),
      fc.array(pod, { maxLength: 12 }),
    );
    fc.assert(
      fc.property(worlds, ([nodesTold, podsTold]) => {
        const nodes = nodesTold.map(nodeOf);
        const cache = new SchedulerCache();
        for (const one of nodes) cache.addNode(one);
        const bound: Pod[] = [];
        for (const [nth, told] of podsTold.entries()) {
          const waiting = podOf(told, nth);
          const anew = buildHandle(nodes, bound);
          const profile = told.isPacked ? packing : defaultProfile;
          const decision = decided({ ...anew, snapshot: cache.snapshot() }, waiting, profile);
          expect(decision).toEqual(decided(anew, waiting, profile));
          if (decision.host === undefined) continue;
          bound.push({ ...waiting, spec: { ...waiting.spec, nodeName: decision.host } });
          cache.addPod(bound.at(-1) ?? waiting);
        }
      }),
    );
  });

  it("is of one info alone: a copy that was changed remembers nothing", () => {
    const memory = new NodeMemory<number>();
    const info = newNodeInfo(buildNode("n1"));
    memory.set(info, "a", 1);
    memory.set(info, "b", 2);
    expect([memory.get(info, "a"), memory.get(info, "b"), memory.get(info, "c")]).toEqual([
      1,
      2,
      undefined,
    ]);
    expect(memory.get({ ...info }, "a")).toBeUndefined();
  });

  it("tells signatures apart by all their parts", () => {
    expect(signatureOf(["a", "b"])).toBe(signatureOf(["a", "b"]));
    expect(signatureOf(["a", "b"])).not.toBe(signatureOf(["ab", ""]));
  });
});
