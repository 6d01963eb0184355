import { type ContainerShows, endReasons } from "../../../machines/kubelet/container.machine.ts";
import { convertStatusToAPIStatus } from "../../../machines/kubelet/pod-status.ts";
import { findContainerStatusByName } from "../../../machines/kubelet/pod-view.ts";
import {
  containerCreating,
  podInitializing,
  restartingAllContainers,
} from "../../../machines/kubelet/reasons.ts";
import type { Message, Route, Subject } from "../composition.ts";
import { gatesOfPod } from "../gates.ts";
import { sourcesOf } from "../projections/status.ts";
import type { KubeWorld } from "../world.ts";
import { podOf, telling, viewing } from "./receivers.ts";

const event = { type: "container.reviewed" };
const view = "containerReviewed";

/** To containers, when what their status is made from changes without them. */
export function review(pod: string, containers: readonly string[]): readonly Message[] {
  return containers.map((container) => {
    return { to: { machine: "container", subject: { pod, container } }, event, view };
  });
}

/** To a container that has just ended, if its record was removed at once. */
export const reviewRemoved: Route<KubeWorld> = {
  to: telling("container", (world, { from }) => {
    const { containers } = world.side(from.subject.pod).runtime;
    const record = findContainerStatusByName(containers, from.subject.container ?? "");
    return record === undefined ? from : undefined;
  }),
  event,
  view,
};

/** To the init containers whose records have been purged for a new sandbox. */
export const reviewPurged: Route<KubeWorld> = {
  to: telling("container", (world, { from }) => {
    const pod = podOf(from.subject);
    return purgedOf(world, pod).map((container) => ({
      machine: "container",
      subject: { pod, container },
    }));
  }),
  event,
  view,
};

/** The init containers that a sync has known of when it asked for another sandbox. */
export function purgedOf(world: KubeWorld, pod: string): readonly string[] {
  const { podStatus, pod: object } = world.side(pod);
  const names = (object.spec.initContainers ?? []).map(({ name }) => name);
  return names.filter((name) => {
    return findContainerStatusByName(podStatus?.containers, name) !== undefined;
  });
}

/** To those that were removed to start anew, once a status has told so: now they wait for that. */
export const reviewReset: Route<KubeWorld> = {
  to: telling("container", (world, { from }) => {
    if (gatesOfPod(world, from.subject) === undefined) return undefined;
    const pod = podOf(from.subject);
    const { initContainerStatuses = [], containerStatuses = [] } =
      world.side(pod).staged?.status ?? {};
    const all = [...initContainerStatuses, ...containerStatuses];
    const reset = all.filter(
      ({ state }) => state?.waiting?.reason === restartingAllContainers.reason,
    );
    return reset.map(({ name: container }) => ({
      machine: "container",
      subject: { pod, container },
    }));
  }),
  event,
  view,
};

export const containerReviewed = viewing("container.reviewed", (world, { to }) => {
  return { ...event, shows: shownOf(world, to) };
});

/** What the next generated status says of a container, as far as that is no cached reason. */
function shownOf(world: KubeWorld, { pod = "", container }: Subject): ContainerShows {
  const side = world.findSide(pod);
  if (side === undefined) return "other";
  const sources = { ...sourcesOf(world, side, false), runtimeStatus: side.runtime };
  const { initContainerStatuses = [], containerStatuses = [] } = convertStatusToAPIStatus(sources);
  const all = [...initContainerStatuses, ...containerStatuses];
  const { waiting, terminated } = all.find(({ name }) => name === container)?.state ?? {};
  const ended = endReasons.find((reason) => reason === terminated?.reason);
  if (ended !== undefined) return ended;
  if (waiting?.reason === podInitializing || waiting?.reason === containerCreating)
    return "nothing";
  if (waiting?.reason === restartingAllContainers.reason) return restartingAllContainers.reason;
  return waiting !== undefined && waiting.reason === undefined ? "created" : "other";
}
