import { reportPressure, taintForPressure } from "../../system/projections/node-pressure.ts";
import { untilNodeStatusMs } from "../../system/projections/node-status-period.ts";
import type { Handler, HandlerContext } from "../../system/composition.ts";
import type { KubeWorld } from "../../system/world.ts";

type Context = Pick<HandlerContext<KubeWorld>, "world" | "now" | "send">;

/** The kubelet asks its runtime how it is, or posts the node's status; of `{ node }`. */
export const nodeStatus: Handler<KubeWorld> = (context) => {
  const { world, self, event } = context;
  const { node = "" } = self.subject;
  if (!world.node(node).isWatching) return;
  if (event.type === "runtimeUp.due") return updateRuntimeUp(context, node);
  if (event.type === "networkState.due") return reportNetwork(context, node);
  reportPressure(world, node, context.now);
  taintForPressure(world, node, context.now);
};

/** A node's network plugin stops or is back; its kubelet asks after it every five seconds. */
export function setNetwork(context: Context, name: string, isReady: boolean): void {
  const { world } = context;
  const { networkIsDown: _, ...node } = world.node(name);
  world.setNode(isReady ? node : { ...node, networkIsDown: true });
  if (node.isWatching) awaitRuntimeUp(context, name);
}

/** Until it has seen that all is well, the kubelet goes on asking. */
export function awaitRuntimeUp({ world, now, send }: Context, name: string): void {
  const { networkIsDown = false, networkIsReady, kubeletStartedAt } = world.node(name);
  if (networkIsReady !== networkIsDown) return;
  const delayMs = runtimeUpMs - ((now - kubeletStartedAt) % runtimeUpMs);
  const to = { machine: "nodeStatus", subject: { node: name } };
  send({ to, event: { type: "runtimeUp.due" }, delayMs, key: "runtimeUp" });
}

/** pkg/kubelet/kubelet.go Run: updateRuntimeUp */
const runtimeUpMs = 5_000;

function updateRuntimeUp(context: HandlerContext<KubeWorld>, name: string): void {
  const { world, self, now, choices, send } = context;
  const node = world.node(name);
  const networkIsReady = node.networkIsDown !== true;
  if (networkIsReady === node.networkIsReady) return;
  world.setNode({ ...node, networkIsReady });
  const delayMs = untilNodeStatusMs(node, now, choices);
  send({ to: self, event: { type: "networkState.due" }, delayMs, key: "networkState" });
}

function reportNetwork({ world, send }: Context, name: string): void {
  const { networkIsReady } = world.node(name);
  const { status } = world.nodeObject(name) ?? {};
  const ready = status?.conditions?.find(({ type }) => type === "Ready");
  if ((ready?.status !== "False") === networkIsReady) return;
  const type = networkIsReady ? "runtime.recovered" : "runtime.failed";
  send({ to: { machine: "kubelet", subject: { node: name } }, event: { type } });
}
