import type { AnyStateMachine } from "xstate";

import { isPod } from "../../machines/api/objects.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { DecisionLog, type MadeDecision } from "../../src/cluster/decision-log.ts";
import { readManifests } from "../../src/manifest/read.ts";
import type { SchedulerCache } from "../../src/system/scheduler-cache.ts";

/** A node of a small cluster. */
export interface NodeText {
  readonly cpu: number;
  readonly zone: string;
  readonly isTainted: boolean;
}

/** A pod without a node, and when it comes. */
export interface PodText {
  readonly cpu: number;
  readonly app: string;
  readonly priority: string;
  readonly zone?: string | undefined;
  readonly isTolerant: boolean;
  readonly isShy: boolean;
  readonly atMs: number;
}

/** What happens besides. */
export type Happening =
  | { readonly type: "deletePod"; readonly nth: number; readonly atMs: number }
  | { readonly type: "addNode"; readonly node: NodeText; readonly atMs: number };

export interface SchedulingStory {
  readonly nodes: readonly NodeText[];
  readonly pods: readonly PodText[];
  readonly happenings: readonly Happening[];
  /** Machines in the place of the catalogue's. */
  readonly instead?: Readonly<Record<string, AnyStateMachine>>;
}

/** A run that has come to rest, and all that was seen of its scheduler. */
export interface SchedulingRun {
  readonly cluster: Cluster;
  readonly decisions: readonly MadeDecision[];
  /** Where each pod was bound first, by `namespace/name`. */
  readonly bound: ReadonlyMap<string, string>;
  readonly pods: ReadonlyMap<string, Pod>;
  /** Uids that were on two nodes, or twice on one, in the scheduler's memory. */
  readonly countedTwice: readonly string[];
}

/**
 * Longer than the five minutes after which those who wait are tried in any case: Kubernetes has no
 * hint for a pod that another one's own anti-affinity keeps away, when that other one goes.
 */
const restMs = 400_000;

/** Lives a story; `spoil` may write into the scheduler's memory whenever a pod is bound. */
export function schedulingRun(
  { nodes, pods, happenings, instead }: SchedulingStory,
  spoil: (cache: SchedulerCache, pod: Pod) => void = () => undefined,
): SchedulingRun {
  const first = [...priorities, ...nodes.map(nodeText)];
  const cluster = Cluster.create({ objects: read(first), ...(instead && { instead }) });
  const log = new DecisionLog(cluster);
  const bound = new Map<string, string>();
  const seen = new Map<string, Pod>();
  const twice = new Set<string>();
  cluster.watch(({ object }) => {
    if (!isPod(object)) return;
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    seen.set(key, object);
    const { nodeName } = object.spec;
    if (nodeName === undefined || bound.has(key)) return;
    bound.set(key, nodeName);
    spoil(cluster.system.world.scheduler.cache, object);
  });
  cluster.observe(() => {
    for (const uid of repeated(cluster.system.world.scheduler.cache)) twice.add(uid);
  });
  pods.forEach((pod, nth) => {
    cluster.apply(read([...priorities, podText(pod, nth)]).filter(isPod), pod.atMs);
  });
  happenings.forEach((one, nth) => {
    if (one.type === "addNode") cluster.apply(read([nodeText(one.node, 10 + nth)]), one.atMs);
    else cluster.delete("Pod", `default/pod-${one.nth}`, { delayMs: one.atMs });
  });
  // Without anything to come a run would end before the queue is flushed.
  cluster.delete("Pod", "default/nobody", { delayMs: restMs });
  cluster.run(restMs);
  return { cluster, decisions: log.all(), bound, pods: seen, countedTwice: [...twice] };
}

export function repeated(cache: SchedulerCache): readonly string[] {
  const uids = cache.snapshot().nodeInfoList.flatMap(({ pods }) => {
    return pods.map(({ pod }) => pod.metadata.uid ?? "");
  });
  return uids.filter((uid, at) => uids.indexOf(uid) < at);
}

function read(documents: readonly string[]) {
  return readManifests([{ file: "story.yaml", text: documents.join("\n---\n") }]).objects;
}

const priorities = [1, 2].map((value) => {
  const metadata = `{ name: class-${value} }`;
  return `{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: ${metadata}, value: ${value} }`;
});

function nodeText({ cpu, zone, isTainted }: NodeText, nth: number): string {
  const capacity = `{ cpu: "${cpu}", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110" }`;
  const metadata = `{ name: node-${nth}, labels: { zone: ${zone} } }`;
  const taints = isTainted ? "[{ key: dedicated, effect: NoSchedule }]" : "[]";
  return `{ apiVersion: v1, kind: Node, metadata: ${metadata}, spec: { taints: ${taints} }, status: { capacity: ${capacity} } }`;
}

function podText({ cpu, app, priority, zone, isTolerant, isShy }: PodText, nth: number): string {
  const selector = zone === undefined ? "" : `nodeSelector: { zone: ${zone} },`;
  const tolerations = isTolerant ? "tolerations: [{ key: dedicated, operator: Exists }]," : "";
  const term = `{ topologyKey: zone, labelSelector: { matchLabels: { app: ${app} } } }`;
  const anti = `podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${term}] }`;
  const affinity = isShy ? `affinity: { ${anti} },` : "";
  const importance = priority === "" ? "" : `priorityClassName: ${priority},`;
  const resources = `{ requests: { cpu: "${cpu}" } }`;
  const containers = `containers: [{ name: app, image: app:1, resources: ${resources} }]`;
  const spec = `{ ${selector} ${tolerations} ${affinity} ${importance} terminationGracePeriodSeconds: 1, ${containers} }`;
  const metadata = `{ name: pod-${nth}, labels: { app: ${app} } }`;
  return `{ apiVersion: v1, kind: Pod, metadata: ${metadata}, spec: ${spec} }`;
}
