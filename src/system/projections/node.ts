import type { Node, NodeCondition } from "../../../machines/api/node.ts";
import type { Emission } from "../composition.ts";
import { declaredFeaturesOf } from "../gates.ts";
import { newSide } from "../pod-side.ts";
import type { KubeWorld } from "../world.ts";

/** The kubelet takes a pod on, unless it is gone: from now on it has a side of its own. */
export function addPod(world: KubeWorld, key: string): void {
  const pod = world.pod(key);
  if (pod === undefined) return;
  const { uid = "" } = pod.metadata;
  if (world.findSide(key)?.uid === uid) {
    return void world.change(key, { pod, isForgotten: false });
  }
  world.addSide(key, newSide({ uid, node: pod.spec.nodeName ?? "", pod }));
}

/** kubelet.go updateRuntimeUp, with containerd's words for a plugin without networks. */
export const networkNotReady =
  "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady " +
  "message:Network plugin returns error: cni plugin not initialized";

/** Node Ready as the kubelet posts it; pkg/kubelet/nodestatus/setters.go ReadyCondition. */
export function writeNodeReady(world: KubeWorld, { fact, from, now }: Emission): void {
  const node = world.nodeObject(from.subject.node ?? "");
  if (node === undefined) return;
  const ready = fact["ready"] === true;
  const condition: NodeCondition = {
    type: "Ready",
    status: ready ? "True" : "False",
    reason: ready ? "KubeletReady" : "KubeletNotReady",
    message: ready ? "kubelet is posting ready status" : networkNotReady,
    lastTransitionTime: world.nodeTime(from.subject.node, now),
  };
  const declaredFeatures = declaredFeaturesOf(world, node.metadata.name);
  const status = { ...node.status, ...(declaredFeatures && { declaredFeatures }) };
  setNodeCondition(world, declaredFeatures ? { ...node, status } : node, condition);
}

/** Replaces a node's condition of that type; its time moves only with its status. */
export function setNodeCondition(world: KubeWorld, node: Node, condition: NodeCondition): void {
  const before = node.status?.conditions ?? [];
  const old = before.find(({ type }) => type === condition.type);
  const lastTransitionTime =
    old?.status === condition.status ? old.lastTransitionTime : condition.lastTransitionTime;
  const timed = { ...condition, ...(lastTransitionTime && { lastTransitionTime }) };
  const conditions =
    old === undefined ? [...before, timed] : before.map((one) => (one === old ? timed : one));
  if (old !== undefined && old.status === timed.status && old.reason === timed.reason) return;
  world.store.put<Node>({ ...node, status: { ...node.status, conditions } });
}
