import type { ResourceList } from "../api/meta.ts";
import type { Container } from "../api/pod.ts";

/** Whose restarts are counted: the back-off is keyed by all of this, hashed upstream. */
export interface BackOffPod {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
}

/**
 * Containers with the same key share one crash-loop back-off; another image or other resources
 * start afresh. Amounts are compared as the API writes them.
 * pkg/kubelet/kuberuntime/helpers.go GetBackoffKey
 */
export function getBackoffKey(
  pod: BackOffPod,
  container: Pick<Container, "name" | "image" | "resources">,
): string {
  const { limits, requests } = container.resources ?? {};
  return [
    pod.name,
    pod.namespace,
    pod.uid,
    container.name,
    container.image,
    amounts(limits),
    amounts(requests),
  ].join("/");
}

function amounts(list: ResourceList = {}): string {
  const names = Object.keys(list).toSorted();
  return names.map((name) => `${name}: ${list[name]}`).join(",");
}
