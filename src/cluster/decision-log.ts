import type { SchedulingDecision } from "../../machines/scheduler/explanation/decision.ts";
import { decisionOfAttempt } from "../system/projections/scheduling-decision.ts";
import type { Cluster } from "./cluster.ts";

/** A decision of the scheduler, and when it was made. */
export interface MadeDecision extends SchedulingDecision {
  /** Virtual milliseconds. */
  readonly atMs: number;
  /** How often the scheduler has tried the pod by then. */
  readonly attempt: number;
}

/** Hears every scheduling attempt of a cluster from now on, and keeps how it went. */
export class DecisionLog {
  readonly #made: MadeDecision[] = [];
  readonly #byPod = new Map<string, MadeDecision[]>();
  readonly #stop: () => void;

  constructor(cluster: Cluster) {
    let heard = cluster.system.world.scheduler.last;
    this.#stop = cluster.observe(({ at }) => {
      const { last } = cluster.system.world.scheduler;
      if (last === undefined || last === heard) return;
      heard = last;
      const decision = decisionOfAttempt(cluster.system.world, last);
      if (decision === undefined) return;
      this.#keep(decision, at);
    });
  }

  /** How the last attempt went, by the pod's `namespace/name`; undefined when it was not tried. */
  why(pod: string): MadeDecision | undefined {
    return this.attempts(pod).at(-1);
  }

  /** The same of every attempt, the first one first. */
  attempts(pod: string): readonly MadeDecision[] {
    return this.#byPod.get(pod) ?? [];
  }

  /** Of all pods, in the order in which they were tried. */
  all(): readonly MadeDecision[] {
    return this.#made;
  }

  /** Hears no more. */
  stop(): void {
    this.#stop();
  }

  #keep(decision: SchedulingDecision, atMs: number): void {
    const before = this.#byPod.get(decision.pod) ?? [];
    const made = { atMs, attempt: before.length + 1, ...decision };
    before.push(made);
    this.#byPod.set(decision.pod, before);
    this.#made.push(made);
  }
}
