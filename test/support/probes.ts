import { createMachine, emit } from "xstate";

import type { Pod } from "../../machines/api/pod.ts";
import type { PodStatus } from "../../machines/api/pod-status.ts";
import { updatePodStatus } from "../../machines/kubelet/probe-status.ts";
import type { ProbeAnswer, ProbeKind } from "../../machines/kubelet/probe-step.ts";
import { createChoices } from "../../src/choice/choices.ts";
import type { Composition, HandlerContext } from "../../src/system/composition.ts";
import {
  isNewResult,
  probeEventText,
  probesOf,
  probeWorkersOf,
  workerOf,
} from "../../src/system/projections/probe.ts";
import {
  addProbes,
  probeMachines,
  probeRoutes,
  probeViews,
  removeProbes,
  stopProbes,
  triggerReadiness,
} from "../../src/system/routes/probe.ts";
import { toHandler } from "../../src/system/routes/receivers.ts";
import { System } from "../../src/system/system.ts";
import { KubeWorld } from "../../src/system/world.ts";
import { podKey, worldWith } from "./pod-side.ts";

/** What a container answers to a probe at a moment. */
export type Answers = (
  kind: ProbeKind,
  nowMs: number,
) => { readonly result: ProbeAnswer; readonly output?: string };

/** A line of the harness: what the probes did, and what the kubelet was told. */
export interface ProbeLine {
  readonly atMs: number;
  readonly what: string;
  readonly [field: string]: unknown;
}

/** A result that the results managers pass on to the kubelet's sync loop. */
export interface ProbeUpdate {
  readonly kind: ProbeKind;
  readonly result: string;
  readonly containerID: string;
}

/** The probe workers of one pod, with a status manager that is told what to say. */
export class ProbedPod {
  readonly lines: ProbeLine[] = [];
  readonly system: System<KubeWorld>;
  readonly #key: string;
  readonly #pod: Pod;
  readonly #answers: Answers;
  #updates: ProbeUpdate[] = [];

  constructor(pod: Pod, answers: Answers, kubeletStartMs: number) {
    const world = worldWith(pod, {}, kubeletStartMs);
    this.system = System.create(composition, world, createChoices());
    this.#key = podKey(pod);
    this.#pod = pod;
    this.#answers = answers;
    pods.set(world, this);
  }

  get world(): KubeWorld {
    return this.system.world;
  }

  get status(): PodStatus | undefined {
    return this.world.side(this.#key).staged?.status;
  }

  /** A sync adds the pod to the probe manager, a termination stops or removes its workers. */
  do(event: "addPod" | "stopLivenessAndStartup" | "removePod"): void {
    this.system.send({
      to: { machine: "kubelet", subject: this.#subject },
      event: { type: event },
    });
    this.#settle();
  }

  /** The kubelet generates a status, which the prober fills in. */
  generate(status: PodStatus): void {
    const { probes, node } = this.world.side(this.#key);
    const ids = (name: string) => statusOf(status, name)?.containerID;
    const workers = probeWorkersOf(probes, ids);
    const { kubeletStartedAt } = this.world.node(node);
    const generated = updatePodStatus(this.#pod, status, workers, kubeletStartedAt);
    this.world.change(this.#key, {
      generated,
      staged: { status: generated, podIsFinished: false },
    });
    const to = { machine: "kubelet", subject: this.#subject };
    this.system.send({ to, event: { type: "generated" } });
    this.#settle();
  }

  /** Writes into the status manager's entry. */
  write(status: PodStatus): void {
    this.world.change(this.#key, { staged: { status, podIsFinished: false } });
  }

  advanceTo(atMs: number): void {
    this.system.advanceTo(atMs);
  }

  takeUpdates(): readonly ProbeUpdate[] {
    const updates = this.#updates;
    this.#updates = [];
    return updates;
  }

  /** The notes of a worker; undefined when there is none. */
  worker(container: string, kind: ProbeKind) {
    return probesOf(this.world, this.#key)[container]?.[kind];
  }

  answer({ now: atMs, event, from, send }: HandlerContext<KubeWorld>): void {
    const kind = kindOf(event["kind"]);
    const { result, output = "" } = this.#answers(kind, atMs);
    this.lines.push({ atMs, what: "probe", probe: kind, result });
    if (from === undefined) return;
    send({ to: from, event: { type: "probe.answered", result }, detail: { output } });
  }

  record({ now: atMs, event, from, detail }: HandlerContext<KubeWorld>): void {
    const text = probeEventText(event, from?.subject ?? {}, detail);
    if (text === undefined) return;
    const { type, reason, message } = text;
    this.lines.push({ atMs, what: "event", reason: `${type} ${reason}`, message });
  }

  publish({ event, detail }: HandlerContext<KubeWorld>): void {
    const containerID = String(detail?.["containerID"]);
    const result = String(event["result"]);
    this.#updates.push({ kind: kindOf(event["kind"]), result, containerID });
  }

  get #subject() {
    return { pod: this.#key };
  }

  #settle(): void {
    this.system.advanceTo(this.system.now);
  }
}

const pods = new WeakMap<KubeWorld, ProbedPod>();

function podIn({ world }: HandlerContext<KubeWorld>): ProbedPod {
  const pod = pods.get(world);
  if (pod === undefined) throw new Error("a probed pod is watched from its start");
  return pod;
}

/** Stands for the machines that sync and end a pod: it emits what they emit for the prober. */
const kubeletMachine = createMachine({
  id: "kubelet",
  on: {
    addPod: { actions: emit({ type: "probes.added" }) },
    stopLivenessAndStartup: { actions: emit({ type: "probes.stopped" }) },
    removePod: { actions: emit({ type: "probes.removed" }) },
    generated: { actions: emit({ type: "status.requested" }) },
  },
});

const { probe } = probeRoutes;
const composition: Composition<KubeWorld> = {
  machines: {
    ...probeMachines,
    kubelet: { machine: kubeletMachine, input: () => ({}), exists: () => true },
  },
  routes: {
    kubelet: {
      "probes.added": addProbes,
      "probes.stopped": stopProbes,
      "probes.removed": removeProbes,
      "status.requested": [triggerReadiness],
    },
    probe: {
      ...probe,
      "event.recorded": [{ to: toHandler("recorder") }, ...(probe?.["event.recorded"] ?? [])],
      "probe.result": [
        {
          to: (world, emission) =>
            isNewResult(world, emission) ? { machine: "results", subject: {} } : undefined,
          detail: (world, { from }) => ({ ...workerOf(world, from.subject) }),
        },
        ...(probe?.["probe.result"] ?? []),
      ],
    },
  },
  views: probeViews,
  handlers: {
    prober: (context) => podIn(context).answer(context),
    recorder: (context) => podIn(context).record(context),
    results: (context) => podIn(context).publish(context),
    podWorker: () => {},
    statusManager: () => {},
  },
  loadWorld: () => new KubeWorld(0),
};

/** The status of a container of the pod, whichever kind it is. */
export function statusOf(status: PodStatus | undefined, name: string) {
  const { containerStatuses = [], initContainerStatuses = [] } = status ?? {};
  return [...containerStatuses, ...initContainerStatuses].find((one) => one.name === name);
}

function kindOf(kind: unknown): ProbeKind {
  return kind === "startup" || kind === "liveness" ? kind : "readiness";
}
