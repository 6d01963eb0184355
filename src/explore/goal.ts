import { isPod } from "../../machines/api/objects.ts";
import type { ContainerStatus } from "../../machines/api/pod-status.ts";
import type { SeenState } from "./memo/state.ts";

/** A pod or a container, and the reason or phase that its status is to give. */
export interface Goal {
  readonly name: string;
  readonly reason: string;
}

/** `app: OOMKilled`; undefined for another text. */
export function parseGoal(text: string): Goal | undefined {
  const match = /^(?<name>[a-z0-9][-a-z0-9.]*): *(?<reason>\w+)$/.exec(text);
  const { name, reason } = match?.groups ?? {};
  return name === undefined || reason === undefined ? undefined : { name, reason };
}

/** Whether a status of a life's objects gives that reason now. */
export function isReached(seen: SeenState, { name, reason }: Goal): boolean {
  return seen
    .objects()
    .filter(isPod)
    .some(({ metadata, status = {} }) => {
      const isSaid = status.reason === reason || status.phase === reason;
      if (metadata.name === name && isSaid) return true;
      const { initContainerStatuses = [], containerStatuses = [] } = status;
      return [...initContainerStatuses, ...containerStatuses].some(
        (one) => one.name === name && reasonOf(one) === reason,
      );
    });
}

function reasonOf({ state }: ContainerStatus): string | undefined {
  return state?.waiting?.reason ?? state?.terminated?.reason;
}
