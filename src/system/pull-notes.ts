import type { Receiver } from "./composition.ts";

/** A container that waits for a pull; a node's list of them is the line before its puller. */
export interface PullTurn {
  /** `namespace/name`. */
  readonly pod: string;
  readonly image: string;
  /** Who gets the answer. */
  readonly requester: Receiver;
  /** Virtual milliseconds. */
  readonly askedAtMs: number;
  /** When it left the line and the pull began; absent: it is in line. */
  readonly begunAtMs?: number;
}

/** What is kept of the pulls of one image for one pod. */
export interface PullHistory {
  /** How often the runtime was asked to pull. */
  readonly attempts: number;
  /** Reason and message of the last pull, if it failed; pkg/kubelet/images prevPullErrMsg. */
  readonly failure?: string;
}

/** What is kept of the restarts of one container. */
export interface RestartNotes {
  /** The definition that the delay is for. getBackoffKey */
  readonly key?: string;
  /** How long the next restart waits; 0: no start is remembered. */
  readonly backOffMs: number;
  /** When it last ended, virtual milliseconds. */
  readonly exitedAtMs?: number;
}
