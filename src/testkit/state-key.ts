import { isPod } from "../../machines/api/objects.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { ContainerStatus } from "../../machines/api/pod-status.ts";

/**
 * A name for a state by its pods and their containers: `web Running, app CrashLoopBackOff (2) ~k3`.
 * XState splits names at dots and takes a leading `#` for an id, so there are none.
 */
export function stateKey(objects: readonly KubeObject[], nth: number): string {
  return `${shownText(objects)} ~${nth.toString(36)}`;
}

/** The same without a number, for those who take states that show the same for one. */
export function shownText(objects: readonly KubeObject[]): string {
  const pods = objects.filter(isPod).map(podText);
  const text = pods.length === 0 ? "no pod" : pods.join("; ");
  return text.replaceAll(".", "_");
}

function podText({ metadata, status = {} }: Pod): string {
  const { phase = "Pending", reason = phase } = status;
  const word = metadata.deletionTimestamp === undefined ? reason : "Terminating";
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return [`${metadata.name} ${word}`, ...containers.flatMap(containerText)].join(", ");
}

function containerText({ name, state, restartCount = 0 }: ContainerStatus): string | [] {
  const { waiting, running, terminated } = state ?? {};
  const said = waiting?.reason ?? terminated?.reason ?? (running && "Running");
  if (said === undefined) return [];
  return restartCount === 0 ? `${name} ${said}` : `${name} ${said} (${restartCount})`;
}
