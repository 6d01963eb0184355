const keepsAnotherPhase =
  "the machine keeps another phase than the API has, while the status that is sent is the one " +
  "that was generated; it shows only when another status of the pod is generated after that";

const longLife =
  "what is remembered of starts and exits differs, which only a later restart asks; " +
  "on no path does one come after that";

const seenOnlyIn = (system: string): string =>
  `it shows in states of ${system} that come of an order of events which no path of its suite has`;

const statusUnknown = "container: drop action Terminated.ContainerStatusUnknown";

const isTerminatingByPreemption =
  "machines/scheduler/preemption/default-preemption.ts: drop guard isTerminatingByPreemption";

/** Why survivors were not killed, by what they are; what is not named here nobody has explained. */
export const explained: Readonly<Record<string, string>> = {
  'statusManager: drop action Succeeded entry remember {"phase":"Succeeded"}': keepsAnotherPhase,
  "statusManager: drop guard (any) status.generated#2": keepsAnotherPhase,
  "statusManager: flip guard (any) status.generated#1": keepsAnotherPhase,
  "statusManager: retarget (any) pod.terminated#0": keepsAnotherPhase,
  "statusManager: drop guard (any) phase.written#1": keepsAnotherPhase,
  "statusManager: flip guard (any) phase.written#0": keepsAnotherPhase,
  "statusManager: flip guard (any) phase.written#2": keepsAnotherPhase,
  "statusManager: swap branches (any) phase.written#3": keepsAnotherPhase,
  "restartBackOff: drop action lastExit.longAgo container.exited#0 noteExit": longLife,
  "restartBackOff: retarget starts.expired restart.requested#1": longLife,
  "restartBackOff: retarget starts.remembered.old backOff.collected#0": longLife,
  "restartBackOff: drop action starts.remembered restart.requested#1 begin":
    "with another image the delays begin anew; it shows only where the container had waited " +
    "longer than the first delay before its image changed, and ends again afterwards",
  "podWorker: drop action terminating pod.updated#0 setGrace":
    "a stop that is under way does not see a shorter grace period; only one that fails " +
    "afterwards and is tried again does",
  "evictionManager: retarget memoryPressure.present.expired stats.observed#0":
    seenOnlyIn("node-pressure-soft"),
  "podResize: drop action deferred after:resizeRetry#0 retry": seenOnlyIn("pod-resize"),
  'probe: drop action working.worker.judging always#1 publish {"result":"failure"}':
    seenOnlyIn("probe-workers"),
  [`${statusUnknown} container.exited#1 exit {"reason":"Unknown"}`]: seenOnlyIn("kubelet-restart"),
  [`${isTerminatingByPreemption}: without condition?.status === "True"`]: seenOnlyIn("preemption"),
};
