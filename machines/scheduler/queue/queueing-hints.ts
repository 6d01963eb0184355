import type { Change, Changed, Hinted, HintedEvent, HintedKinds } from "../hint/change.ts";
import { interPodAffinityEvents } from "../hint/inter-pod-affinity.ts";
import {
  isSame,
  nodeAffinityEvents,
  nodeNameEvents,
  nodeUnschedulableEvents,
  taintTolerationEvents,
} from "../hint/nodes.ts";
import { podTopologySpreadEvents } from "../hint/pod-topology-spread.ts";
import { nodePortsEvents, nodeResourcesFitEvents } from "../hint/resources.ts";
import {
  nodeVolumeLimitsEvents,
  volumeBindingEvents,
  volumeRestrictionsEvents,
  volumeZoneEvents,
} from "../hint/volumes.ts";
import type { Handle } from "../framework/handle.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { ActionType, ClusterEvent } from "./cluster-event.ts";

/** plugins/schedulinggates/scheduling_gates.go EventsToRegister */
const schedulingGatesEvents: readonly HintedEvent[] = [
  {
    kind: "Pod",
    actions: ["UpdatePodSchedulingGatesEliminated"],
    hint: (podInfo, _, after) => after !== undefined && isSame(podInfo, after),
  },
];

/** It looks again by itself: plugins/defaultpreemption/default_preemption.go EventsToRegister. */
const defaultPreemptionEvents: readonly HintedEvent[] = [
  { kind: "Pod", actions: ["Delete"], hint: () => false },
];

/** What each plugin asks to be told of. */
const eventsToRegister: ReadonlyMap<string, readonly HintedEvent[]> = new Map(
  Object.entries({
    SchedulingGates: schedulingGatesEvents,
    NodeUnschedulable: nodeUnschedulableEvents,
    NodeName: nodeNameEvents,
    TaintToleration: taintTolerationEvents,
    NodeAffinity: nodeAffinityEvents,
    NodePorts: nodePortsEvents,
    NodeResourcesFit: nodeResourcesFitEvents,
    VolumeRestrictions: volumeRestrictionsEvents,
    NodeVolumeLimits: nodeVolumeLimitsEvents,
    VolumeBinding: volumeBindingEvents,
    VolumeZone: volumeZoneEvents,
    PodTopologySpread: podTopologySpreadEvents,
    InterPodAffinity: interPodAffinityEvents,
    DefaultPreemption: defaultPreemptionEvents,
  }),
);

/** Whether the plugin, which refused the pod, thinks that the event may help it. */
export function isHelpful(
  plugin: string,
  podInfo: PodInfo,
  event: ClusterEvent,
  change: Change,
  handle: Handle,
): boolean {
  const events = eventsToRegister.get(plugin) ?? [];
  if (events.some((one) => registers(one, event) && hints(one, podInfo, change, handle)))
    return true;
  return event.resource === "Node" && event.action === "UpdateNodeTaint" && wantsTaints(events);
}

/** Whether the plugin asks to be told of such an event at all; MatchAnyClusterEvent. */
export function isRegistered(plugin: string, event: ClusterEvent): boolean {
  return (eventsToRegister.get(plugin) ?? []).some((one) => registers(one, event));
}

/** Who asks for new nodes is told of new taints, too; pkg/scheduler/scheduler.go. */
function wantsTaints(events: readonly HintedEvent[]): boolean {
  const ofNodes = events.filter(({ kind }) => kind === "Node");
  const asksFor = (action: ActionType) => ofNodes.some(({ actions }) => actions.includes(action));
  return asksFor("Add") && !asksFor("UpdateNodeTaint");
}

function registers({ kind, actions }: HintedEvent, { resource, action }: ClusterEvent): boolean {
  const isPod = resource === "AssignedPod" || resource === "UnscheduledPod";
  return kind === (isPod ? "Pod" : resource) && actions.includes(action);
}

function hints(event: HintedEvent, podInfo: PodInfo, change: Change, handle: Handle): boolean {
  if (event.hint === undefined) return true;
  switch (event.kind) {
    case "Pod":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
    case "Node":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
    case "PersistentVolumeClaim":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
    case "PersistentVolume":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
    case "StorageClass":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
    case "CSINode":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
    case "CSIDriver":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
    case "CSIStorageCapacity":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
    case "VolumeAttachment":
      return change.kind === event.kind && hinted(event, podInfo, change, handle);
  }
}

function hinted<Kind extends keyof HintedKinds>(
  { hint }: Hinted<Kind>,
  podInfo: PodInfo,
  { before, after }: Changed<Kind>,
  handle: Handle,
): boolean {
  return hint?.(podInfo, before, after, handle) ?? true;
}
