import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { printPod } from "../../machines/api/printers.ts";
import { Cluster, type ClusterOptions } from "../../src/cluster/cluster.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { emptyScenario, readScenario } from "../../src/manifest/scenario.ts";
import { formatIssue, type Issue } from "../../src/yaml/issue.ts";

/** A cluster and what its watches have told: texts in the order of the writes. */
export interface ToldCluster {
  readonly cluster: Cluster;
  pod(name: string): Pod | undefined;
  node(): Node | undefined;
  /** STATUS and READY of a pod, without repeats. */
  rows(name: string): readonly string[];
  /** Reason and message of each Event about a pod or node, once. */
  events(name: string): readonly string[];
  eventOf(name: string, reason: string): KubeEvent | undefined;
  /** When an Event with that reason was first written about it, virtual milliseconds. */
  whenOf(name: string, reason: string): number | undefined;
}

/** A cluster for manifests under a scenario's `environment` and `steps`, both YAML. */
export function tellCluster(
  manifest: string,
  told = "",
  options: Partial<ClusterOptions> = {},
): ToldCluster {
  const { objects, kubelets, issues } = readManifests([{ file: "test.yaml", text: manifest }]);
  const text = `apiVersion: kubechart/v1\nkind: Scenario\n${told}`;
  const { scenario, issues: mistakes } = readScenario("scenario.yaml", text);
  refuse([...issues, ...mistakes]);
  const said = { objects, kubelets, scenario: scenario ?? emptyScenario };
  return watched(Cluster.create({ ...said, ...options }));
}

function watched(cluster: Cluster): ToldCluster {
  const rows: (readonly [string, string])[] = [];
  const events: (readonly [atMs: number, KubeEvent])[] = [];
  cluster.watch(({ atMs, type, object }) => {
    if (isEvent(object)) events.push([atMs, object]);
    if (!isPod(object)) return;
    const { STATUS, READY } = printPod(object, cluster.epochMs + atMs);
    rows.push([object.metadata.name, type === "DELETED" ? "gone" : `${STATUS} ${READY}`]);
  });
  const about = (name: string) => events.filter(([, one]) => one.involvedObject.name === name);
  const find = (name: string, reason: string) =>
    about(name).find(([, event]) => event.reason === reason);
  return {
    cluster,
    pod: (name) =>
      cluster
        .list("Pod")
        .filter(isPod)
        .find(({ metadata }) => metadata.name === name),
    node: () => cluster.list("Node").find(isNode),
    rows: (name) => changes(rows.filter(([pod]) => pod === name).map(([, row]) => row)),
    events: (name) => [
      ...new Set(about(name).map(([, { reason, message }]) => `${reason}: ${message}`)),
    ],
    eventOf: (name, reason) => find(name, reason)?.[1],
    whenOf: (name, reason) => find(name, reason)?.[0],
  };
}

/** The `status` and `reason` of each pressure condition. */
export function pressureOf(node: Node | undefined): Readonly<Record<string, string>> {
  const conditions = node?.status?.conditions ?? [];
  return Object.fromEntries(
    conditions
      .filter(({ type }) => type.endsWith("Pressure"))
      .map(({ type, status, reason }) => [type, `${status} ${reason}`]),
  );
}

function changes(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => text !== texts[index - 1]);
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Error(issues.map((issue) => formatIssue(issue)).join("\n"));
}

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}

function isNode(object: KubeObject): object is Node {
  return object.kind === "Node";
}

function isEvent(object: KubeObject): object is KubeEvent {
  return object.kind === "Event";
}
