import type { EventType } from "../../../machines/api/event.ts";
import type { Pod, PodSpec } from "../../../machines/api/pod.ts";
import type { Subject } from "../composition.ts";
import type { EventSource } from "../event-correlator.ts";
import type { KubeWorld } from "../world.ts";

export interface EventText {
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
}

/**
 * Records what the kubelet says about one container of a pod.
 * pkg/kubelet/kuberuntime/kuberuntime_container.go recordContainerEvent
 */
export function recordContainerEvent(
  world: KubeWorld,
  { pod: key, container = "" }: Subject,
  nowMs: number,
  text: EventText,
): void {
  const { pod } = world.side(key);
  const about = podReference(pod, fieldPath(pod.spec, container));
  world.record(nowMs, { about, ...text, ...kubeletOf(pod.spec.nodeName) });
}

/** The source of what a node's kubelet says. */
export function kubeletOf(node: string | undefined): Pick<EventSource, "component" | "host"> {
  return { component: "kubelet", ...(node !== undefined && { host: node }) };
}

/** How an Event names a pod or a part of it. */
export function podReference(
  { metadata: { name, namespace, uid } }: Pick<Pod, "metadata">,
  path?: string,
) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    name,
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(path !== undefined && { fieldPath: path }),
  };
}

/** `spec.containers{app}`; pkg/kubelet/container/ref.go fieldPath */
export function fieldPath({ containers, initContainers = [] }: PodSpec, container: string): string {
  if (containers.some(({ name }) => name === container)) return `spec.containers{${container}}`;
  const isInit = initContainers.some(({ name }) => name === container);
  return isInit ? `spec.initContainers{${container}}` : `spec.ephemeralContainers{${container}}`;
}
