import type { ResourceList } from "../api/meta.ts";
import type { PodSpec, ResourceRequirements } from "../api/pod.ts";

/** The Events about a resize and their first words. pkg/kubelet/events/resize.go */
export const resizeEvents = {
  Deferred: { type: "Warning", reason: "ResizeDeferred", words: "Pod resize Deferred" },
  Infeasible: { type: "Warning", reason: "ResizeInfeasible", words: "Pod resize Infeasible" },
  started: { type: "Normal", reason: "ResizeStarted", words: "Pod resize started" },
  completed: { type: "Normal", reason: "ResizeCompleted", words: "Pod resize completed" },
} as const;

/** The words, and then the resources of every container as JSON; the same file podResizeMessage. */
export function podResizeMessage(
  words: string,
  { initContainers = [], containers }: PodSpec,
  generation: number,
  error = "",
): string {
  const summary = {
    ...(initContainers.length > 0 && { initContainers: initContainers.map(summaryOf) }),
    ...(containers.length > 0 && { containers: containers.map(summaryOf) }),
    generation,
    ...(error !== "" && { error }),
  };
  return `${words}: ${JSON.stringify(summary)}`;
}

interface Named {
  readonly name: string;
  readonly resources?: ResourceRequirements;
}

/** Go writes the fields of a struct in its order, and those of a map sorted. */
function summaryOf({ name, resources: { limits, requests, claims } = {} }: Named) {
  const resources = {
    ...(limits && { limits: sorted(limits) }),
    ...(requests && { requests: sorted(requests) }),
    ...(claims && { claims }),
  };
  return { name, resources };
}

function sorted(list: ResourceList): ResourceList {
  const entries = Object.entries(list).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** The node as a whole is too small for the pod. allocation_manager.go canResizePod */
export function insufficientCapacity(resource: string, requested: number, capacity: number) {
  return `Node didn't have enough capacity: ${resource}, requested: ${requested}, capacity: ${capacity}`;
}
