import type { Taint } from "../../../machines/api/node.ts";
import type { Pod, Toleration } from "../../../machines/api/pod.ts";
import { parseTime } from "../../../machines/api/time.ts";
import type { Sync } from "../../../machines/controllers/sync.ts";
import {
  cancelWorkWithEvent,
  deletePod,
  getNoExecuteTaints,
  processPodOnNode,
  type TimedWork,
} from "../../../machines/controllers/taint-eviction/process-pod.ts";
import { runScripted, statusOf } from "../../support/scripted-sync.ts";

interface Input {
  readonly tolerations: readonly Toleration[];
  readonly steps: readonly Step[];
  readonly podExistsAtStart: boolean;
  readonly untilSeconds: number;
}

interface Step {
  readonly at: number;
  readonly setsNodeTaints?: boolean;
  readonly nodeTaints?: readonly Taint[];
  readonly setsPodTolerations?: boolean;
  readonly podTolerations?: readonly Toleration[];
  readonly podAppears?: boolean;
  readonly podDeleted?: boolean;
  readonly nodeDeleted?: boolean;
}

export function run(input: Input): unknown {
  return { timeline: new Harness(input).timeline() };
}

class Harness {
  readonly #input: Input;
  readonly #told = new Map<number, { events: object[]; actions: object[] }>();
  /** What the controller remembers; only nodes with such taints. */
  #taints: readonly Taint[] | undefined;
  #work: TimedWork | undefined;
  #tolerations: readonly Toleration[];
  #podExists: boolean;
  /** An update of a pod that is gone puts it back there, and nowhere else. */
  #isCached: boolean;
  #t = 0;

  constructor(input: Input) {
    this.#input = input;
    this.#tolerations = input.tolerations;
    this.#podExists = input.podExistsAtStart;
    this.#isCached = input.podExistsAtStart;
  }

  timeline(): readonly object[] {
    const { steps, untilSeconds } = this.#input;
    for (const step of steps) {
      this.#fireUntil(step.at);
      this.#t = step.at;
      this.#take(step);
    }
    this.#fireUntil(untilSeconds);
    return [...this.#told].map(([t, { events, actions }]) => ({
      t,
      ...(events.length > 0 && { events }),
      ...(actions.length > 0 && { actions }),
    }));
  }

  #take(step: Step): void {
    if (step.nodeDeleted === true) this.#taints = undefined;
    if (step.podDeleted === true) {
      this.#podExists = this.#isCached = false;
      this.#cancel();
    }
    if (step.podAppears === true) this.#podExists = this.#isCached = true;
    if (step.setsPodTolerations === true) {
      this.#isCached = true;
      this.#tolerations = step.podTolerations ?? [];
    }
    if (step.setsNodeTaints === true) {
      const taints = getNoExecuteTaints(step.nodeTaints);
      const isSame = JSON.stringify(taints) === JSON.stringify(this.#taints ?? []);
      this.#taints = taints.length === 0 ? undefined : taints;
      if (!isSame) this.#process(taints);
    } else if (this.#taints !== undefined && step.podDeleted !== true) {
      this.#process(this.#taints);
    }
  }

  #process(taints: readonly Taint[]): void {
    if (!this.#isCached) return;
    const verdict = processPodOnNode(this.#tolerations, taints, this.#work, this.#nowMs());
    if (verdict.isCancelled) this.#cancel();
    this.#work = verdict.work;
    if (verdict.work !== undefined && verdict.work.fireAtMs <= verdict.work.createdAtMs) {
      this.#fire();
    }
  }

  #cancel(): void {
    if (this.#work !== undefined) this.#run(cancelWorkWithEvent(this.#pod()));
    this.#work = undefined;
  }

  #fireUntil(t: number): void {
    const due = this.#work === undefined ? undefined : (this.#work.fireAtMs - start) / 1_000;
    if (due === undefined || due > t) return;
    this.#t = due;
    this.#fire();
  }

  #fire(): void {
    this.#work = undefined;
    this.#run(deletePod(this.#pod(), this.#nowMs()));
    this.#isCached &&= !this.#podExists;
    this.#podExists = false;
  }

  #run(sync: Sync<unknown>): void {
    const { events, actions } = runScripted(sync, ({ verb }) => {
      if (verb !== "get") return {};
      if (this.#podExists) return { object: this.#pod() };
      return { error: statusOf({ kind: "notFound", message: 'pods "p" not found' }) };
    });
    const told = this.#told.get(this.#t) ?? { events: [], actions: [] };
    this.#told.set(this.#t, told);
    told.events.push(...events);
    told.actions.push(...actions);
  }

  #nowMs(): number {
    return start + this.#t * 1_000;
  }

  #pod(): Pod {
    const metadata = { name: "p", namespace: "default", uid: "uid-p" };
    const spec = { containers: [], nodeName: "n1", tolerations: this.#tolerations };
    return { apiVersion: "v1", kind: "Pod", metadata, spec };
  }
}

const start = parseTime("2026-03-01T12:00:00Z");
