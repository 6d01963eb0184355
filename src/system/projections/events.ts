import type { EventType } from "../../../machines/api/event.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { KubeWorld } from "../world.ts";

/** What the kubelet says of a pod or of one of its containers. */
export interface KubeletEvent {
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  /** The container that it is about. */
  readonly container?: string | undefined;
}

/** Records a kubelet's Event about a pod that it knows. */
export function recordPodEvent(
  world: KubeWorld,
  nowMs: number,
  key: string | undefined,
  event: KubeletEvent,
): void {
  recordEventOf(world, nowMs, world.side(key).pod, event);
}

/** The same for a pod that no worker was started for. */
export function recordEventOf(
  world: KubeWorld,
  nowMs: number,
  pod: Pod,
  { type, reason, message, container }: KubeletEvent,
): void {
  const { name, namespace, uid } = pod.metadata;
  const about = {
    kind: "Pod",
    name,
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(container !== undefined && { fieldPath: fieldPathOf(pod, container) }),
  };
  world.record(nowMs, { component: "kubelet", about, type, reason, message });
}

/** `spec.containers{app}`; pkg/kubelet/container/ref.go fieldPath. */
function fieldPathOf({ spec }: Pod, name: string): string {
  const isNamed = (one: { readonly name: string }) => one.name === name;
  if (spec.initContainers?.some(isNamed) === true) return `spec.initContainers{${name}}`;
  if (spec.ephemeralContainers?.some(isNamed) === true) return `spec.ephemeralContainers{${name}}`;
  return `spec.containers{${name}}`;
}
