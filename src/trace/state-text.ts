import { compareText } from "../../machines/api/compare-text.ts";
import { describeEvents, describeMissingPod } from "../../machines/api/describe-events.ts";
import type { KubeEvent } from "../../machines/api/event.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { podColumns, printPod } from "../../machines/api/printers.ts";
import { printTable } from "../../machines/api/table-layout.ts";

/** Pods and Events at a moment of the wall clock; `gone`: deleted pods that Events still name. */
export interface ClusterState {
  readonly pods: readonly Pod[];
  readonly gone: readonly Pod[];
  readonly eventsOf: (pod: Pod) => readonly KubeEvent[];
  readonly nowMs: number;
}

const allPodColumns = { all: [...podColumns.always, ...podColumns.wide], wide: podColumns.wide };

/** `kubectl get pods`, with `-A` when there are pods outside the namespace `default`. */
export function podTable({ pods, nowMs }: Pick<ClusterState, "pods" | "nowMs">): string {
  if (pods.length === 0) return "No resources found\n";
  const withNamespace = pods.some(({ metadata }) => namespaceOf({ metadata }) !== "default");
  const rows = inOrder(pods).map((pod) => {
    return { cells: printPod(pod, nowMs), metadata: pod.metadata };
  });
  return printTable({ columns: allPodColumns, rows }, { withNamespace }).text;
}

/** The Events of each pod as `kubectl describe pod` ends with them. */
export function podEvents({ pods, gone, eventsOf, nowMs }: ClusterState): string {
  const living = inOrder(pods).map((pod) => {
    return `Name:  ${nameOf(pod)}\n${describeEvents(eventsOf(pod), nowMs)}`;
  });
  return [...living, ...missingPods({ gone, eventsOf, nowMs })].join("\n");
}

/** What kubectl tells of pods that are gone but for their Events. */
export function missingPods({
  gone,
  eventsOf,
  nowMs,
}: Pick<ClusterState, "gone" | "eventsOf" | "nowMs">): readonly string[] {
  return inOrder(gone).flatMap((pod) => {
    const { name } = pod.metadata;
    const events = eventsOf(pod);
    if (events.length === 0) return [];
    return [describeMissingPod(name, `pods "${name}" not found`, events, nowMs)];
  });
}

/** As the API server lists: by namespace, then by name. */
export function inOrder(pods: readonly Pod[]): readonly Pod[] {
  return pods.toSorted(
    (a, b) =>
      compareText(namespaceOf(a), namespaceOf(b)) || compareText(a.metadata.name, b.metadata.name),
  );
}

function nameOf(pod: Pod): string {
  const namespace = namespaceOf(pod);
  const { name } = pod.metadata;
  return namespace === "default" ? name : `${name}\nNamespace:  ${namespace}`;
}

function namespaceOf({ metadata }: Pick<Pod, "metadata">): string {
  return metadata.namespace ?? "default";
}
