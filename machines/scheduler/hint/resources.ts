import { getHostPorts } from "../../api/host-ports.ts";
import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { podRequests } from "../../api/resources.ts";
import { computePodResourceRequest, fitsRequest } from "../filter/node-resources-fit.ts";
import { addHostPorts, checkConflict } from "../framework/host-port-info.ts";
import { newNodeInfo } from "../framework/node-info.ts";
import { type Resource, resourceOf } from "../framework/resource.ts";
import type { HintedEvent } from "./change.ts";
import { isSame } from "./nodes.ts";

/** plugins/nodeports/node_ports.go EventsToRegister */
export const nodePortsEvents: readonly HintedEvent[] = [
  {
    kind: "Pod",
    actions: ["Delete"],
    hint: ({ pod }, before) => {
      if (before === undefined || !holdsRoom(before)) return false;
      const freed = addHostPorts(new Map(), getHostPorts(before.spec));
      return getHostPorts(pod.spec).some((port) => checkConflict(freed, port));
    },
  },
  { kind: "Node", actions: ["Add"] },
];

/** plugins/noderesources/fit.go EventsToRegister */
export const nodeResourcesFitEvents: readonly HintedEvent[] = [
  {
    kind: "Pod",
    actions: ["Delete", "UpdatePodScaleDown"],
    hint: (podInfo, before, after) => {
      if (before === undefined) return false;
      if (after === undefined) return holdsRoom(before);
      return isSame(podInfo, after) || frees(podInfo.pod, before, after);
    },
  },
  {
    kind: "Node",
    actions: ["Add", "UpdateNodeAllocatable"],
    hint: ({ pod }, before, after) => {
      if (after === undefined || !isFit(pod, after)) return false;
      return before === undefined || haveAnyRequestedResourcesIncreased(pod, before, after);
    },
  },
];

/** A pod that runs somewhere, or waits for room that is kept for it. */
export function holdsRoom({ spec, status }: Pod): boolean {
  return (spec.nodeName ?? "") !== "" || (status?.nominatedNodeName ?? "") !== "";
}

/** `isSchedulableAfterPodScaleDown`: a pod on a node asks for less of what this one asks for. */
function frees(pod: Pod, before: Pod, after: Pod): boolean {
  if ((after.spec.nodeName ?? "") === "") return false;
  const options = { useStatusResources: true };
  const [old, now] = [before, after].map((one) => resourceOf(podRequests(one, options)));
  const wanted = resourceOf(podRequests(pod, options));
  if (old === undefined || now === undefined) return false;
  return amountsOf(wanted).some(([name, amount]) => {
    return amount > 0 && amountOf(old, name) > amountOf(now, name);
  });
}

/** Whether the pod would fit on the node if nobody else was there. */
function isFit(pod: Pod, node: Node): boolean {
  return fitsRequest(computePodResourceRequest(pod), newNodeInfo(node)).length === 0;
}

function haveAnyRequestedResourcesIncreased(pod: Pod, before: Node, after: Node): boolean {
  const [old, now] = [before, after].map((node) => newNodeInfo(node).allocatable);
  if (old === undefined || now === undefined) return false;
  if (now.allowedPodNumber > old.allowedPodNumber) return true;
  return amountsOf(computePodResourceRequest(pod)).some(([name, amount]) => {
    return amount > 0 && amountOf(now, name) > amountOf(old, name);
  });
}

function amountsOf(resource: Resource): readonly (readonly [string, number])[] {
  return [
    ["cpu", resource.milliCPU],
    ["memory", resource.memory],
    ["ephemeral-storage", resource.ephemeralStorage],
    ...resource.scalarResources,
  ];
}

function amountOf(resource: Resource, name: string): number {
  return amountsOf(resource).find(([one]) => one === name)?.[1] ?? 0;
}
