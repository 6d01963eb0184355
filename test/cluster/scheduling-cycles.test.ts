import { describe, expect, it } from "vitest";

import { readManifests } from "../../src/manifest/read.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import { type ToldCluster, tellCluster } from "../support/told-cluster.ts";

const node = `
{ apiVersion: v1, kind: Node, metadata: { name: east },
  status: { capacity: { cpu: "4", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110" } } }
`;

function classOf(name: string, value: number, more = ""): string {
  const metadata = `metadata: { name: ${name} }`;
  return `---\n{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, ${metadata}, value: ${value}${more} }\n`;
}

function podOf(name: string, spec: string): string {
  const resources = `{ requests: { cpu: "3" } }`;
  const containers = `containers: [{ name: app, image: "app:1", resources: ${resources} }]`;
  const metadata = `{ name: ${name}, labels: { app: ${name} } }`;
  const all = `{ ${spec} terminationGracePeriodSeconds: 1, ${containers} }`;
  return `---\n{ apiVersion: v1, kind: Pod, metadata: ${metadata}, spec: ${all} }\n`;
}

function near(app: string, kind = "podAffinity"): string {
  const term = `{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: ${app} } } }`;
  return `affinity: { ${kind}: { requiredDuringSchedulingIgnoredDuringExecution: [${term}] } },`;
}

const hourMs = 3_600_000;

function rested(manifest: string): ToldCluster {
  const told = tellCluster(node + manifest);
  told.cluster.run(hourMs);
  return told;
}

function messageOf(told: ToldCluster, pod: string): string | undefined {
  return told.pod(pod)?.status?.conditions?.find(({ type }) => type === "PodScheduled")?.message;
}

const noAffinity =
  "0/1 nodes are available: 1 node(s) didn't match pod affinity rules. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";

describe("pods that wait for each other", () => {
  it("wait for ever, each for the other, when both must be where the other is", () => {
    const told = rested(podOf("one", near("other")) + podOf("other", near("one")));
    expect(messageOf(told, "one")).toBe(noAffinity);
    expect(messageOf(told, "other")).toBe(noAffinity);
  });

  it("do not wait for themselves: the first of its kind may come", () => {
    expect(rested(podOf("one", near("one"))).pod("one")?.spec.nodeName).toBe("east");
  });

  it("never drive each other away when neither matters more", () => {
    const told = rested(podOf("one", near("other", "podAntiAffinity")) + podOf("other", ""));
    const bound = ["one", "other"].filter((name) => told.pod(name)?.spec.nodeName === "east");
    expect(bound).toHaveLength(1);
    expect(told.events("one").concat(told.events("other")).join()).not.toContain("Preempted");
  });
});

describe("priorities", () => {
  const classes = classOf("low", 1) + classOf("middle", 2) + classOf("high", 3);

  it("are an order: a node goes to the highest, and nobody is driven away in a circle", () => {
    const pods = ["low", "middle", "high"].map((name) =>
      podOf(name, `priorityClassName: ${name},`),
    );
    const told = tellCluster(node + classes + pods[0]);
    told.cluster.run(10_000);
    for (const text of pods.slice(1)) {
      const { objects } = readManifests([{ file: "p.yaml", text: classes + text }]);
      told.cluster.apply(objects.filter(({ kind }) => kind === "Pod"));
      told.cluster.run(hourMs);
    }
    expect(told.pod("high")?.spec.nodeName).toBe("east");
    expect([told.pod("low"), told.pod("middle")]).toEqual([undefined, undefined]);
    expect(told.events("high").join()).not.toContain("Preempted");
  });

  it.each([
    [
      "two classes that are the default one",
      classOf("one", 1, ", globalDefault: true") + classOf("other", 2, ", globalDefault: true"),
      "PriorityClass one is already marked as default. Only one default can exist",
    ],
    ["a class above all that users may have", classOf("top", 2_000_000_000), "1000000000"],
    [
      "a class that takes a name of the system's",
      classOf("system-mine", 1),
      "system-mine is not a known system priority class",
    ],
  ])("are refused in Kubernetes' words: %s", (_, text, words) => {
    const { issues } = readManifests([{ file: "classes.yaml", text: text.slice(4) }]);
    expect(issues.map(formatIssue).join("\n")).toContain(words);
  });
});
