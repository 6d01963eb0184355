import type { ProbeKind, PublishedResult } from "../../machines/kubelet/probe-step.ts";

/** What the world keeps of a probe worker; as long as there is an entry the worker exists. */
export interface ProbeWorkerNotes {
  /** The container that it probes; empty before it has seen one. */
  readonly containerID: string;
  /** What it has published for that container. */
  readonly result?: PublishedResult;
  readonly lastResult: "success" | "failure";
  /** How often in a row, however often that is. */
  readonly resultRun: number;
  readonly isOnHold: boolean;
  /** How long it sleeps before its first look. */
  readonly startDelayMs: number;
}

/** By container and kind. */
export type ProbeNotes = Readonly<
  Record<string, Readonly<Partial<Record<ProbeKind, ProbeWorkerNotes>>>>
>;
