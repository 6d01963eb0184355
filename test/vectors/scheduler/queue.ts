import type { Node } from "../../../machines/api/node.ts";
import type { PersistentVolumeClaim } from "../../../machines/api/persistent-volume-claim.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { keyOf } from "../../../src/store/store.ts";
import type { QueuedPod } from "../../../src/system/scheduler-side.ts";
import type { KubeWorld } from "../../../src/system/world.ts";
import type { PodInput } from "../../support/pod-input.ts";
import { ScheduledWorld } from "../../support/scheduled-world.ts";
import { podOfInput } from "../../support/scheduler-world.ts";

interface Step {
  readonly atMs: number;
  readonly op: string;
  readonly pod?: PodInput;
  readonly node?: Omit<Node, "apiVersion" | "kind">;
  readonly pvc?: Omit<PersistentVolumeClaim, "apiVersion" | "kind">;
  readonly name?: string;
  readonly error?: string;
  readonly bindError?: string;
}

export function run({ steps }: { readonly steps: readonly Step[] }): unknown {
  const harness = new Harness();
  return { steps: steps.map((step) => harness.answer(step)) };
}

class Harness {
  readonly #scheduled: ScheduledWorld;
  #bindError: string | undefined;

  constructor() {
    this.#scheduled = new ScheduledWorld({ bindError: () => this.#bindError });
  }

  answer(step: Step): unknown {
    this.#scheduled.system.advanceTo(step.atMs);
    const answer = this.#take(step);
    const { world } = this.#scheduled;
    const pods = world.store.list("Pod").flatMap((object) => world.pod(keyOf(object)) ?? []);
    return {
      ...answer,
      activeOrder: activeOrder(world),
      pods: Object.fromEntries(pods.map((pod) => [pod.metadata.name, this.#stateOf(pod)])),
    };
  }

  #take(step: Step): object {
    const { op, name = "" } = step;
    const scheduler = { machine: "scheduler", subject: {} };
    switch (op) {
      case "addPod":
      case "updatePod":
        this.#putPod(step.pod ?? {});
        return {};
      case "deletePod":
        this.#scheduled.delete("Pod", `default/${name}`);
        return {};
      case "addNode":
      case "updateNode":
        if (step.node !== undefined) {
          this.#scheduled.put({ apiVersion: "v1", kind: "Node", ...step.node });
        }
        return {};
      case "deleteNode":
        this.#scheduled.delete("Node", name);
        return {};
      case "addPVC":
        if (step.pvc !== undefined) {
          this.#scheduled.put({ apiVersion: "v1", kind: "PersistentVolumeClaim", ...step.pvc });
        }
        return {};
      case "flushBackoff":
        this.#scheduled.send(scheduler, { type: "backOff.flushed" });
        return {};
      case "flushUnschedulable":
        this.#scheduled.send(scheduler, { type: "leftovers.flushed" });
        return {};
      case "activate":
        this.#scheduled.activate(`default/${name}`);
        return {};
      case "pop":
        return this.#pop();
      case "finish":
        return this.#finish(step);
      case "schedule": {
        const popped = this.#pop();
        return "pod" in popped ? this.#finish(step) : popped;
      }
      default:
        return { op };
    }
  }

  /** An update that says nothing of the status leaves it alone. */
  #putPod(input: PodInput): void {
    const pod = podOfInput(input);
    const known = this.#scheduled.world.pod(keyOf(pod))?.status;
    this.#scheduled.put({ ...pod, ...(known && { status: { ...known, ...pod.status } }) });
  }

  #pop(): object {
    this.#scheduled.turn("queueChecked");
    const key = this.#scheduled.world.scheduler.attempt?.key;
    return key === undefined ? { result: "wouldBlock" } : { pod: nameOf(key) };
  }

  #finish({ error, bindError }: Step): object {
    const { scheduler } = this.#scheduled.world;
    const trying = scheduler.attempt;
    if (trying === undefined) return {};
    if (error !== undefined) scheduler.attempt = { ...trying, attempt: { type: "error", error } };
    this.#bindError = bindError;
    this.#scheduled.turn("podTaken");
    return { pod: nameOf(trying.key), ...this.#result(trying.key, error) };
  }

  #result(key: string, error: string | undefined): object {
    const { world } = this.#scheduled;
    const pod = world.pod(key);
    const host = pod?.spec.nodeName;
    if (host !== undefined) return { result: "scheduled", host };
    const condition = pod?.status?.conditions?.find(({ type }) => type === "PodScheduled");
    if (!world.scheduler.queue.has(key) && condition === undefined) return { result: "skipped" };
    const nominated = world.scheduler.nominations.find((one) => one.key === key)?.nodeName;
    const failed = error === undefined && this.#bindError === undefined;
    const isRejected = (world.scheduler.queue.get(key)?.unschedulablePlugins.length ?? 0) > 0;
    const kind =
      failed && (isRejected || condition?.reason === "Unschedulable") ? "unschedulable" : "error";
    return {
      result: this.#bindError === undefined ? kind : "bindError",
      message: condition?.message,
      ...(nominated !== undefined && { nominatedNodeName: nominated }),
    };
  }

  #stateOf(pod: Pod): object {
    const key = keyOf(pod);
    const { world } = this.#scheduled;
    const node = pod.spec.nodeName ?? world.scheduler.assumed.get(key)?.spec.nodeName;
    if (node !== undefined) return { queue: "assigned", node };
    const place = this.#scheduled.placeOf(key) ?? "absent";
    const queued = world.scheduler.queue.get(key);
    if (queued === undefined || place === "inFlight") return { queue: place };
    const { unschedulablePlugins, consecutiveErrorsCount, backoffUntilMs, gatingPlugin } = queued;
    return {
      queue: place,
      attempts: queued.attempts,
      timestampMs: queued.timestampMs,
      unschedulableCount: queued.unschedulableCount,
      ...(unschedulablePlugins.length > 0 && { unschedulablePlugins }),
      ...(consecutiveErrorsCount > 0 && { consecutiveErrors: consecutiveErrorsCount }),
      ...(backoffUntilMs !== undefined && { backoffUntilMs }),
      ...(gatingPlugin !== undefined && { gatingPlugin }),
    };
  }
}

function nameOf(key: string): string {
  return key.split("/")[1] ?? "";
}

function priorityOf({ podInfo }: QueuedPod): number {
  return podInfo.pod.spec.priority ?? 0;
}

/** Of those that may be tried now; the pod that is really tried next is in the answers, too. */
function activeOrder({ scheduler: { queue } }: KubeWorld): readonly string[] {
  const active = [...queue].filter(([, { place }]) => place === "active");
  const ordered = active.toSorted(([, a], [, b]) => {
    return priorityOf(b) - priorityOf(a) || a.timestampMs - b.timestampMs;
  });
  return ordered.map(([key]) => nameOf(key));
}
