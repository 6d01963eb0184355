import type { SchedulingDecision } from "../../machines/scheduler/explanation/decision.ts";

/** A decision, and when it was made. */
export interface TimedDecision extends SchedulingDecision {
  /** Virtual milliseconds. */
  readonly atMs: number;
  readonly attempt: number;
}

/** Why each pod went where it went, attempt by attempt; see `scheduling.schema.json`. */
export interface SchedulingDocument {
  readonly apiVersion: "kubechart/v1";
  readonly kind: "Scheduling";
  readonly decisions: readonly TimedDecision[];
}

export function schedulingDocument(decisions: readonly TimedDecision[]): SchedulingDocument {
  return { apiVersion: "kubechart/v1", kind: "Scheduling", decisions };
}
