import type { KillFailure } from "../../machines/kubelet/kill-messages.ts";
import type { Receiver } from "./composition.ts";

/** What the world keeps of the kills of one pod while they are under way. */
export interface KillNotes {
  /** Who waits for the end of the whole pod. */
  readonly requester?: Receiver;
  /** By container. */
  readonly containers: Readonly<Record<string, ContainerKillNotes>>;
  /** What went wrong since the last request to kill the whole pod. */
  readonly failures: readonly KillFailure[];
}

export interface ContainerKillNotes {
  /** Who waits for the container's end. */
  readonly requester?: Receiver;
  /** Since when a sidecar waits for its turn, virtual milliseconds. */
  readonly turnAwaitedAtMs?: number;
}
