import type { KubeObject } from "../../machines/api/meta.ts";
import { schedulingQueueMachine } from "../../machines/scheduler/scheduling-queue.machine.ts";
import type { ApiRequest } from "../../src/cluster/api-request.ts";
import { apiServerOf } from "../../src/cluster/api-server.ts";
import { createChoices } from "../../src/choice/choices.ts";
import type { StoreChange } from "../../src/store/change.ts";
import { schedulerHears } from "../../src/system/scheduler-informer.ts";
import type { Composition, Handler, Receiver, Routes } from "../../src/system/composition.ts";
import type { KernelEvent } from "../../src/system/kernel-event.ts";
import { stepperOf } from "../../src/system/stepper.ts";
import { System } from "../../src/system/system.ts";
import { schedulerOf } from "../../src/system/scheduler-handler.ts";
import {
  schedulingMachines,
  schedulingRoutes,
  schedulingViews,
} from "../../src/system/routes/scheduling.ts";
import { KubeWorld } from "../../src/system/world.ts";

/** What its API server does with a binding; victims are never deleted. */
interface Api {
  readonly bindError?: () => string | undefined;
  readonly asked?: (request: ApiRequest) => void;
}

/** A scheduler alone, whose turns come when they are told, as in the harness that recorded it. */
export class ScheduledWorld {
  readonly system: System<KubeWorld>;
  #changes: StoreChange[] = [];

  constructor({ bindError, asked }: Api = {}) {
    const apiServer = apiServerOf({ bind: () => failing(bindError?.()) });
    const apiserver: Handler<KubeWorld> = (context) => {
      if (context.event.type === "request.delete") return;
      asked?.({ ...context.detail });
      apiServer(context);
    };
    const composition: Composition<KubeWorld> = {
      machines: schedulingMachines,
      handlers: { apiserver, scheduler: schedulerOf({ preempt: () => undefined }), writer },
      routes: told(schedulingRoutes),
      views: schedulingViews,
      settle: ({ world, now, send }) => {
        for (let all = world.store.takeChanges(); all.length > 0; all = world.store.takeChanges()) {
          this.#changes.push(...all);
          for (const change of all) {
            for (const message of schedulerHears({ world, now }, change)) send(message);
          }
        }
      },
      loadWorld: KubeWorld.load,
    };
    this.system = System.create(composition, new KubeWorld(0), createChoices());
  }

  get world(): KubeWorld {
    return this.system.world;
  }

  /** The writes since the last call, oldest first. */
  takeChanges(): readonly StoreChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  put(object: KubeObject): void {
    this.send({ machine: "writer", subject: {} }, { type: "put" }, { object });
  }

  delete(kind: string, key: string): void {
    this.send({ machine: "writer", subject: {} }, { type: "delete" }, { kind, key });
  }

  /** A turn of the cycle, by the view of that name. */
  turn(view: string): void {
    const to = { machine: "schedulingCycle", subject: {} };
    this.system.send({ to, event: { type: "turn" }, view });
    this.#settle();
  }

  /** As after a preemption of the pod that has failed. */
  activate(pod: string): void {
    const to = { machine: "scheduler", subject: {} };
    this.send(to, { type: "preemption.failed" }, { preemptor: pod });
  }

  send(to: Receiver, event: KernelEvent, detail: Readonly<Record<string, unknown>> = {}): void {
    this.system.send({ to, event, detail });
    this.#settle();
  }

  /** Where the pod's machine is; undefined before its first event. */
  placeOf(pod: string): string | undefined {
    const { actors } = this.system;
    const actor = actors.find("schedulingQueue", { pod });
    const local = actor === undefined ? -1 : actors.localOf(actor);
    if (local < 0) return undefined;
    const { value } = stepperOf(schedulingQueueMachine).stateOf(local);
    return typeof value === "string" ? value : Object.values(value).join();
  }

  #settle(): void {
    while (this.system.nextAt() === this.system.now) this.system.step();
  }
}

const turnViews = ["queueChecked", "waitingBegun", "podTaken"];

/** Nothing begins by itself: neither the next attempt, nor the flushes. */
function told(routes: Routes<KubeWorld>): Routes<KubeWorld> {
  return Object.fromEntries(
    Object.entries(routes).map(([machine, facts]) => [
      machine,
      Object.fromEntries(
        Object.entries(facts).map(([fact, all]) => [
          fact,
          all.filter(({ view }) => view === undefined || !turnViews.includes(view)),
        ]),
      ),
    ]),
  );
}

const writer: Handler<KubeWorld> = ({ world, event, detail }) => {
  const { object, kind = "", key = "" }: WriterDetail = { ...detail };
  if (event.type === "delete") return world.store.delete(kind, key);
  if (object !== undefined) world.store.put(object);
};

interface WriterDetail {
  readonly object?: KubeObject;
  readonly kind?: string;
  readonly key?: string;
}

function failing(fails: string | undefined) {
  return fails === undefined ? undefined : { line: 0, fails };
}
