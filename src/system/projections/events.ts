import type { EventType } from "../../../machines/api/event.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { KubeWorld } from "../world.ts";
import { fieldPath, kubeletOf, podReference } from "./container-event.ts";

/** What the kubelet says of a pod or of one of its containers. */
export interface KubeletEvent {
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  /** The container that it is about. */
  readonly container?: string | undefined;
  readonly annotations?: Readonly<Record<string, string>>;
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
  { container, ...event }: KubeletEvent,
): void {
  const path = container === undefined ? undefined : fieldPath(pod.spec, container);
  const about = podReference(pod, path);
  world.record(nowMs, { about, ...event, ...kubeletOf(pod.spec.nodeName) });
}

/** Records a kubelet's Event about its own node. */
export function recordNodeEvent(
  world: KubeWorld,
  nowMs: number,
  name: string,
  { type, reason, message }: KubeletEvent,
): void {
  const about = { apiVersion: "v1", kind: "Node", name };
  world.record(nowMs, { component: "kubelet", host: name, about, type, reason, message });
}
