import { describe, expect, it } from "vitest";

import type { Pod } from "../../machines/api/pod.ts";
import { isPod } from "../../machines/api/objects.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { DecisionLog } from "../../src/cluster/decision-log.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

function configuration(body: string): string {
  return `apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n${body}`;
}

function node(name: string, cpu: number, labels = ""): string {
  const capacity = `{ cpu: "${cpu}", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110" }`;
  const metadata = `{ name: ${name}, labels: { kubernetes.io/hostname: ${name}, ${labels} } }`;
  return `{ apiVersion: v1, kind: Node, metadata: ${metadata}, status: { capacity: ${capacity} } }`;
}

function pod(name: string, cpu: string, more = ""): string {
  const resources = `{ requests: { cpu: "${cpu}", memory: 1Gi } }`;
  const spec = `${more} containers: [{ name: app, image: app:1, resources: ${resources} }]`;
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name} }, spec: { ${spec} } }`;
}

function issues(body: string): readonly string[] {
  const text = configuration(body);
  return readManifests([{ file: "s.yaml", text }]).issues.map(formatIssue);
}

function ran(...documents: readonly string[]): { cluster: Cluster; log: DecisionLog } {
  const { objects, issues: wrong } = readManifests([
    { file: "a.yaml", text: documents.join("\n---\n") },
  ]);
  expect(wrong).toEqual([]);
  const cluster = Cluster.create({ objects });
  const log = new DecisionLog(cluster);
  cluster.run(30_000);
  return { cluster, log };
}

function podOf(cluster: Cluster, name: string): Pod | undefined {
  return cluster
    .list("Pod")
    .filter(isPod)
    .find(({ metadata }) => metadata.name === name);
}

/** How the attempts for `second` end while `first` goes after a second. */
function freed(documents: readonly string[]): readonly string[] {
  const { objects } = readManifests([{ file: "a.yaml", text: documents.join("\n---\n") }]);
  const cluster = Cluster.create({ objects });
  const log = new DecisionLog(cluster);
  cluster.delete("Pod", "default/first", { gracePeriodSeconds: 0, delayMs: 1_000 });
  cluster.run(60_000);
  return log.attempts("default/second").map(({ outcome }) => outcome);
}

const two = [node("small", 2), node("large", 8)];

describe("a KubeSchedulerConfiguration", () => {
  it("lets each pod be tried by the scheduler whose name it says, and by no other", () => {
    const profiles = `profiles:
- schedulerName: default-scheduler
- schedulerName: packing
  pluginConfig:
  - { name: NodeResourcesFit, args: { scoringStrategy: { type: MostAllocated } } }
  plugins:
    score: { disabled: [{ name: NodeResourcesBalancedAllocation }] }`;
    const { cluster, log } = ran(
      configuration(profiles),
      ...two,
      pod("spread", "1"),
      pod("packed", "1", "schedulerName: packing,"),
      pod("stranger", "1", "schedulerName: nobody,"),
    );
    const nodes = ["spread", "packed", "stranger"].map(
      (name) => podOf(cluster, name)?.spec.nodeName,
    );
    expect(nodes).toEqual(["large", "small", undefined]);
    expect(log.why("default/packed")?.schedulerName).toBe("packing");
    const packed = podOf(cluster, "packed");
    const [scheduled] = packed === undefined ? [] : cluster.eventsOf(packed);
    expect(scheduled?.source?.component).toBe("packing");
    expect(log.why("default/stranger")).toBeUndefined();
  });

  it("changes the weight of a score plugin in its place", () => {
    const weights = `profiles:
- plugins: { score: { enabled: [{ name: ImageLocality, weight: 7 }] } }`;
    const { log } = ran(configuration(weights), ...two, pod("web", "1"));
    const scores = log.why("default/web")?.nodes[0]?.scores ?? [];
    expect(scores.find(({ plugin }) => plugin === "ImageLocality")?.weight).toBe(7);
    expect(scores.find(({ plugin }) => plugin === "TaintToleration")?.weight).toBe(3);
  });

  it("leaves out a filter that is disabled", () => {
    const without = `profiles:
- plugins:
    filter: { disabled: [{ name: NodeResourcesFit }] }
    preFilter: { disabled: [{ name: NodeResourcesFit }] }`;
    const { log } = ran(configuration(without), node("small", 1), pod("big", "4"));
    expect(log.attempts("default/big")[0]?.outcome).toBe("scheduled");
  });

  it("leaves victims alone when DefaultPreemption is disabled", () => {
    const high =
      "{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 9 }";
    const documents = [
      high,
      node("only", 1),
      pod("low", "1", "nodeName: only,"),
      pod("urgent", "1", "priorityClassName: high,"),
    ];
    const none = configuration(
      "profiles: [{ plugins: { multiPoint: { disabled: [{ name: DefaultPreemption }] } } }]",
    );
    expect(podOf(ran(...documents).cluster, "low")).toBeUndefined();
    expect(podOf(ran(none, ...documents).cluster, "low")).toBeDefined();
  });

  it("adds an affinity to every pod", () => {
    const added = `profiles:
- pluginConfig:
  - name: NodeAffinity
    args:
      addedAffinity:
        requiredDuringSchedulingIgnoredDuringExecution:
          nodeSelectorTerms: [{ matchExpressions: [{ key: pool, operator: In, values: [a] }] }]`;
    const { cluster } = ran(
      configuration(added),
      node("one", 8),
      node("two", 2, "pool: a"),
      pod("web", "1"),
    );
    expect(podOf(cluster, "web")?.spec.nodeName).toBe("two");
  });

  it("says how long a refused pod backs off", () => {
    const slow = configuration("podInitialBackoffSeconds: 20\npodMaxBackoffSeconds: 30");
    const documents = [node("only", 1), pod("first", "1", "nodeName: only,"), pod("second", "1")];
    expect(freed([slow, ...documents])).toEqual(["unschedulable", "scheduled"]);
  });

  it("survives that its cluster is saved, and goes with a copy", () => {
    const profiles = configuration("profiles: [{ schedulerName: mine }]");
    const { objects } = readManifests([
      {
        file: "a.yaml",
        text: [profiles, node("one", 4), pod("web", "1", "schedulerName: mine,")].join("\n---\n"),
      },
    ]);
    const saved = JSON.parse(JSON.stringify(Cluster.create({ objects }).save()));
    for (const cluster of [Cluster.load(saved), Cluster.load(saved).fork()]) {
      cluster.run(30_000);
      expect(podOf(cluster, "web")?.spec.nodeName).toBe("one");
    }
  });
});

describe("a KubeSchedulerConfiguration that no scheduler would start with", () => {
  it.each([
    [
      "profiles:\n- schedulerName: a\n- schedulerName: a",
      's.yaml:5:18: profiles[1].schedulerName: expected a valid configuration: profiles[1].schedulerName: Duplicate value: "profiles[0].schedulerName", got "a"',
    ],
    [
      "percentageOfNodesToScore: 101",
      "percentageOfNodesToScore: Invalid value: 101: not in valid range [0-100]",
    ],
    [
      "podInitialBackoffSeconds: -1",
      "podInitialBackoffSeconds: Invalid value: -1: must be greater than 0",
    ],
    [
      "profiles: [{ plugins: { multiPoint: { enabled: [{ name: Magic }] } } }]",
      'initializing profiles: creating profile for scheduler name default-scheduler: PreFilterPlugin "Magic" does not exist',
    ],
    [
      "profiles: [{ plugins: { filter: { enabled: [{ name: ImageLocality }] } } }]",
      'plugin "ImageLocality" does not extend FilterPlugin plugin',
    ],
    [
      "profiles: [{ pluginConfig: [{ name: NodeResourcesFit, args: { scoringStrategy: { type: Magic } } }] }]",
      'scoringStrategy.type: Unsupported value: "Magic": supported values: "LeastAllocated", "MostAllocated", "RequestedToCapacityRatio"',
    ],
    [
      "profiles: [{ pluginConfig: [{ name: InterPodAffinity, args: { hardPodAffinityWeight: 101 } }] }]",
      "hardPodAffinityWeight: Invalid value: 101: not in valid range [0, 100]",
    ],
    [
      "profiles: [{ pluginConfig: [{ name: PodTopologySpread, args: { defaultConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway }] } }] }]",
      'defaultingType: Invalid value: "System": when .defaultConstraints are not empty',
    ],
    [
      "profiles: [{ pluginConfig: [{ name: InterPodAffinity, args: { hardWeight: 1 } }] }]",
      "profiles[0].pluginConfig[0].args.hardWeight: expected a field of InterPodAffinityArgs, got an unknown field",
    ],
    [
      "extenders: [{ urlPrefix: 'http://127.0.0.1' }]",
      "extenders[0]: expected a valid configuration: no extender",
    ],
  ])("%s", (body, words) => {
    expect(issues(body).join("\n")).toContain(words);
  });

  it("is refused when it is the second one", () => {
    const text = `${configuration("")}\n---\n${configuration("")}`;
    const [issue] = readManifests([{ file: "s.yaml", text }]).issues.map(formatIssue);
    expect(issue).toContain("expected one KubeSchedulerConfiguration");
  });
});
