import { newQuantity, quantityValue } from "../../../machines/api/quantity.ts";
import { getThresholdQuantity } from "../../../machines/kubelet/eviction-observations.ts";
import type { EvictionSignal } from "../../../machines/kubelet/eviction-signals.ts";
import type { PressureFault } from "../../manifest/scenario/faults.ts";
import type { HandlerContext } from "../../system/composition.ts";
import type { NodeSide } from "../../system/node-side.ts";
import { evictionSettingsOf } from "../../system/projections/eviction.ts";
import { amountsUsed, layersLieWithImages } from "../../system/summary.ts";
import type { NodeMachine, NodeResource, OtherUse } from "../../system/usage-notes.ts";
import type { KubeWorld } from "../../system/world.ts";
import { awaitPass } from "./stats.ts";

type Context = HandlerContext<KubeWorld>;

/** Something that is no pod uses so much of a node that only that amount is left of it. */
export function pressNode(context: Context, name: string, fault: PressureFault): void {
  const { world, now, send } = context;
  const node = world.node(name);
  const { machine } = node;
  if (machine === undefined) return;
  const resource = resourceOf(fault.signal, machine);
  const without = { ...node, machine: withOther(machine, resource, undefined) };
  const used = amountsUsed(world, without)[resource];
  const left = leftBy(node, machine.capacity[resource], fault);
  const amount = Math.max(0, machine.capacity[resource] - used - left);
  world.setNode({ ...node, machine: withOther(machine, resource, { amount, sinceMs: now }) });
  if (fault.lastsMs !== undefined) {
    const to = { machine: "usage", subject: { node: name } };
    const event = { type: "pressure.ended" };
    send({ to, event, detail: { resource, sinceMs: now }, delayMs: fault.lastsMs });
  }
  awaitPass(context, name);
}

/** It is over, unless another step has come since. */
export function endPressure(context: Context): void {
  const { world, self, detail } = context;
  const node = world.node(self.subject.node);
  const resource = resources.find((one) => one === detail?.["resource"]);
  if (node.machine === undefined || resource === undefined) return;
  if (node.machine.others[resource]?.sinceMs !== detail?.["sinceMs"]) return;
  world.setNode({ ...node, machine: withOther(node.machine, resource, undefined) });
}

const resources: readonly NodeResource[] = [
  "memory",
  "podsMemory",
  "disk",
  "inodes",
  "imageDisk",
  "imageInodes",
  "pids",
];

function withOther(
  machine: NodeMachine,
  resource: NodeResource,
  other: OtherUse | undefined,
): NodeMachine {
  const { [resource]: _, ...others } = machine.others;
  return { ...machine, others: other === undefined ? others : { ...others, [resource]: other } };
}

/** Of what a signal is a part: the device that its file system lies on. */
function resourceOf(signal: EvictionSignal, machine: NodeMachine): NodeResource {
  switch (signal) {
    case "memory.available":
      return "memory";
    case "allocatableMemory.available":
      return "podsMemory";
    case "pid.available":
      return "pids";
    default:
      break;
  }
  const { dedicatedImageFs } = machine.fileSystems;
  const isApart = signal.startsWith("imagefs.")
    ? dedicatedImageFs
    : signal.startsWith("containerfs.") && layersLieWithImages(machine);
  if (signal.endsWith(".inodesFree")) return isApart ? "imageInodes" : "inodes";
  return isApart ? "imageDisk" : "disk";
}

function leftBy(node: NodeSide, capacity: number, { signal, available }: PressureFault): number {
  if (available === undefined) return belowThresholds(node, capacity, signal);
  if ("amount" in available) return available.amount;
  return Math.trunc(capacity * available.percentage);
}

/** A little less than the lowest threshold of that signal. */
function belowThresholds(node: NodeSide, capacity: number, signal: EvictionSignal): number {
  const ofSignal = evictionSettingsOf(node).thresholds.filter((one) => one.signal === signal);
  const marks = ofSignal.map(({ value }) =>
    quantityValue(getThresholdQuantity(value, newQuantity(capacity))),
  );
  const unit = signal.endsWith(".inodesFree") || signal === "pid.available" ? 1 : 1_024;
  return marks.length === 0 ? 0 : Math.max(0, Math.min(...marks) - unit);
}
