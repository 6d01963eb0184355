import type { Health, Pod } from "./health.ts";

/** A container that is OOMKilled is looked for in the pod's reason, where only evictions stand. */
export function healthByReason({ status = {} }: Pod): Health {
  const { conditions = [], reason } = status;
  return {
    ready: conditions.some(({ type, status: value }) => type === "Ready" && value === "True"),
    oomKilled: reason === "OOMKilled",
    evicted: reason === "Evicted",
  };
}

/** A pod that was refused at its node has no containerStatuses, and so none that is not ready. */
export function healthByContainers({ status = {} }: Pod): Health {
  const { containerStatuses = [], phase, reason } = status;
  const ends = containerStatuses.map(
    ({ state, lastState }) => state?.terminated ?? lastState?.terminated,
  );
  return {
    ready: phase !== "Pending" && containerStatuses.every(({ ready }) => ready),
    oomKilled: ends.some((end) => end?.reason === "OOMKilled"),
    evicted: reason === "Evicted",
  };
}
