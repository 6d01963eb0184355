import { compareText } from "../../api/compare-text.ts";
import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { timeOf } from "../../api/pod-readiness.ts";
import { isPodPhaseTerminal } from "../../api/pod-status.ts";
import { patchPodStatus, withDisruptionTarget } from "../pod-status-patch.ts";
import { type ApiRequest, isNotFound, send, sendAll, type Sync } from "../sync.ts";

/** What a pass sees, and the nodes that earlier passes missed. */
export interface PodGCView {
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  /** How many terminated pods may stay; none is counted when it is 0 or less. */
  readonly terminatedPodThreshold: number;
  readonly quarantine: readonly Quarantined[];
  readonly quarantineMs: number;
  readonly nowMs: number;
}

/** A node that was not there, and when it is looked for again. */
export interface Quarantined {
  readonly node: string;
  readonly readyAtMs: number;
}

/** One pass of the pod garbage collector; pkg/controller/podgc/gc_controller.go gc. */
export function* gc(view: PodGCView): Sync<readonly Quarantined[]> {
  const { pods, terminatedPodThreshold } = view;
  if (terminatedPodThreshold > 0) yield* gcTerminated(pods, terminatedPodThreshold);
  yield* gcTerminating(view);
  const quarantine = yield* gcOrphaned(view);
  yield* gcUnscheduledTerminating(pods);
  return quarantine;
}

/** The oldest beyond the threshold, the evicted ones first. A pod without a phase counts, too. */
function* gcTerminated(pods: readonly Pod[], threshold: number): Sync<void> {
  const terminated = pods.filter(({ status }) => {
    return !["Pending", "Running", "Unknown"].includes(status?.phase ?? "");
  });
  const surplus = terminated.length - threshold;
  if (surplus <= 0) return;
  const sorted = terminated.toSorted(byEvictionAndCreationTimestamp);
  yield* markFailedAndDeletePods(sorted.slice(0, surplus));
}

/** Those on nodes that somebody has said are out of service. */
function* gcTerminating({ pods, nodes }: PodGCView): Sync<void> {
  const lost = new Set(nodes.filter(isOutOfService).map(({ metadata }) => metadata.name));
  const terminating = pods.filter(({ metadata, spec }) => {
    return metadata.deletionTimestamp !== undefined && lost.has(spec.nodeName ?? "");
  });
  yield* markFailedAndDeletePods(terminating.toSorted(byEvictionAndCreationTimestamp));
}

function isOutOfService({ spec, status }: Node): boolean {
  const ready = status?.conditions?.find(({ type }) => type === "Ready");
  const isTainted = spec?.taints?.some(({ key }) => key === "node.kubernetes.io/out-of-service");
  return ready?.status !== "True" && isTainted === true;
}

/** Those of nodes that were not there for a while, and are not now. */
function* gcOrphaned(view: PodGCView): Sync<readonly Quarantined[]> {
  const { pods, nodes, quarantine, quarantineMs, nowMs } = view;
  const existing = new Set(nodes.map(({ metadata }) => metadata.name));
  const waiting = quarantine.filter(({ readyAtMs }) => readyAtMs > nowMs);
  const known = new Set(waiting.map(({ node }) => node));
  for (const { nodeName = "" } of pods.map(({ spec }) => spec)) {
    if (nodeName === "" || existing.has(nodeName) || known.has(nodeName)) continue;
    known.add(nodeName);
    waiting.push({ node: nodeName, readyAtMs: nowMs + quarantineMs });
  }
  const due = quarantine.filter(({ readyAtMs, node }) => readyAtMs <= nowMs && !existing.has(node));
  const deleted = yield* discoverDeletedNodes(due.map(({ node }) => node));
  for (const pod of pods) {
    if (deleted.has(pod.spec.nodeName ?? "")) yield* deleteOrphan(pod, nowMs);
  }
  return waiting;
}

/** The cache may lag, so each is read. */
function* discoverDeletedNodes(names: readonly string[]): Sync<ReadonlySet<string>> {
  const deleted = new Set<string>();
  for (const name of names) {
    const { error } = yield* send({ verb: "get", resource: "nodes", name });
    if (isNotFound(error)) deleted.add(name);
  }
  return deleted;
}

function* deleteOrphan(pod: Pod, nowMs: number): Sync<void> {
  const message = "PodGC: node no longer exists";
  const status = withDisruptionTarget(pod, "DeletionByPodGC", message, nowMs) ?? pod.status ?? {};
  yield* markFailedAndDeletePod({ ...pod, status }, pod);
}

/** Nobody else would: there is no kubelet that could tell of their end. */
function* gcUnscheduledTerminating(pods: readonly Pod[]): Sync<void> {
  for (const pod of pods) {
    const isUnscheduled = (pod.spec.nodeName ?? "") === "";
    if (pod.metadata.deletionTimestamp === undefined || !isUnscheduled) continue;
    yield* markFailedAndDeletePod(pod, pod);
  }
}

function* markFailedAndDeletePod(next: Pod, pod: Pod): Sync<void> {
  const marking = markFailed(next, pod);
  const { error } = marking === undefined ? {} : yield* send(marking);
  if (error === undefined) yield* send(forceDelete(pod));
}

/** The same by a goroutine for each. */
function* markFailedAndDeletePods(pods: readonly Pod[]): Sync<void> {
  const marked = pods.map((pod) => ({ pod, marking: markFailed(pod, pod) }));
  const patched = marked.filter(({ marking }) => marking !== undefined);
  const answers = yield* sendAll(patched.flatMap(({ marking }) => marking ?? []));
  const failed = new Set(patched.filter((_, at) => answers[at]?.error).map(({ pod }) => pod));
  yield* sendAll(pods.filter((pod) => !failed.has(pod)).map(forceDelete));
}

/** So that a pod whose kubelet is gone does not seem to run; terminal ones are let be. */
function markFailed(next: Pod, pod: Pod): ApiRequest | undefined {
  if (isPodPhaseTerminal(pod.status?.phase)) return undefined;
  const { generation = 0 } = pod.metadata;
  const observed = generation === 0 ? {} : { observedGeneration: generation };
  return patchPodStatus(pod, { ...next.status, phase: "Failed", ...observed });
}

function forceDelete({ metadata }: Pod): ApiRequest {
  const { namespace = "", name } = metadata;
  return { verb: "delete", resource: "pods", namespace, name, options: { gracePeriodSeconds: 0 } };
}

function byEvictionAndCreationTimestamp(a: Pod, b: Pod): number {
  const [one, other] = [createdAt(a), createdAt(b)];
  return (
    Number(isEvicted(b)) - Number(isEvicted(a)) ||
    (one === other ? compareText(a.metadata.name, b.metadata.name) : one - other)
  );
}

function isEvicted({ status }: Pod): boolean {
  return status?.phase === "Failed" && status.reason === "Evicted";
}

function createdAt({ metadata }: Pod): number {
  return timeOf(metadata.creationTimestamp) ?? -Number.MAX_VALUE;
}
