import type { Container, Pod, RestartPolicy } from "../../machines/api/pod.ts";
import type { RestartBackOffInput } from "../../machines/kubelet/restart-back-off.machine.ts";
import { shouldContainerBeRestarted } from "../../machines/kubelet/restart-policy.ts";
import type { ContainerRecord } from "../../machines/kubelet/runtime-status.ts";
import { createChoices } from "../../src/choice/choices.ts";
import { defaultNode, nodeSide } from "../../src/cluster/nodes.ts";
import type { Composition, HandlerContext } from "../../src/system/composition.ts";
import type { EventSource } from "../../src/system/event-correlator.ts";
import type { Detail, KernelEvent } from "../../src/system/kernel-event.ts";
import { backOffMsOf } from "../../src/system/projections/back-off.ts";
import { addPod } from "../../src/system/projections/node.ts";
import { backOffMachines, backOffRoutes, backOffViews } from "../../src/system/routes/back-off.ts";
import { System } from "../../src/system/system.ts";
import type { KubeWorld } from "../../src/system/world.ts";
import { WatchedWorld } from "./watched-world.ts";

/** A container that the kubelet restarts, and the bounds of its back-off. */
export interface RestartingContainer {
  readonly restartPolicy: RestartPolicy;
  readonly container: string;
  readonly pod: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly backOff: RestartBackOffInput;
}

/** What one look of the kubelet led to. */
export interface Look {
  readonly shouldBeRestarted: boolean;
  /** `restart.allowed` or `restart.refused`; absent when nobody asked. */
  readonly answer?: KernelEvent;
  readonly detail?: Detail;
  readonly said: readonly EventSource[];
}

interface Reply {
  readonly event: KernelEvent;
  readonly detail: Detail;
}

/** Its pod on a node whose housekeeping comes by only when it is told to. */
export class RestartedPod {
  readonly #world = new WatchedWorld(0);
  readonly #system: System<KubeWorld>;
  readonly #subject: { readonly pod: string; readonly container: string };
  #answer: Reply | undefined;
  starts = 0;

  constructor({ restartPolicy, container, pod, backOff }: RestartingContainer) {
    this.#subject = { pod: `${pod.namespace}/${pod.name}`, container };
    const [kind, nodeName] = ["Pod", "node"] as const;
    const spec = { nodeName, restartPolicy, containers: [{ name: container, image: "app:1" }] };
    this.#world.setNode(nodeSide(defaultNode(nodeName), 0));
    this.#world.store.put<Pod>({ apiVersion: "v1", kind, metadata: pod, spec });
    addPod(this.#world, this.#subject.pod);
    this.#system = System.create(this.#composition(backOff), this.#world, createChoices());
  }

  /** What the back-off holds for the container as it is defined now. */
  get entryMs(): number {
    return backOffMsOf(this.#world, this.#subject);
  }

  advanceTo(atMs: number): void {
    this.#system.advanceTo(atMs);
  }

  exit(exitCode: number): void {
    const [record, ...older] = this.#records();
    const { name } = { name: this.#subject.container, ...record };
    this.#setRecords([{ name, id: String(this.starts), state: "exited", exitCode }, ...older]);
    this.#tell({ type: "container.exited" });
  }

  /** The kubelet looks; what may start is started at once. */
  look(): Look {
    const { pod, runtime } = this.#world.side(this.#subject.pod);
    const container = { name: this.#subject.container };
    if (!shouldContainerBeRestarted(container, pod, runtime)) {
      return { shouldBeRestarted: false, said: [] };
    }
    const answer = this.#request();
    if (answer?.event.type === "restart.allowed") this.#start();
    const { event = { type: "" }, detail = {} } = answer ?? {};
    return { shouldBeRestarted: true, answer: event, detail, said: this.#world.takeSaid() };
  }

  /** Asks the back-off, and then does not start the container. */
  ask(): string | undefined {
    return this.#request()?.event.type;
  }

  collect(): void {
    this.#tell({ type: "backOff.collected" });
  }

  redefine(change: Partial<Container>): void {
    const { pod } = this.#world.side(this.#subject.pod);
    const containers = pod.spec.containers.map((container) => ({ ...container, ...change }));
    this.#world.change(this.#subject.pod, { pod: { ...pod, spec: { ...pod.spec, containers } } });
  }

  #composition(input: RestartBackOffInput): Composition<KubeWorld> {
    const { restartBackOff } = backOffMachines;
    if (restartBackOff === undefined) throw new Error("restarts are delayed by a machine");
    const routes = { ...backOffRoutes["restartBackOff"], "backOff.aged": [] };
    return {
      machines: { restartBackOff: { ...restartBackOff, input: () => input } },
      routes: { restartBackOff: routes },
      views: backOffViews,
      handlers: { containerStart: (context) => this.#ask(context) },
      loadWorld: () => new WatchedWorld(0),
    };
  }

  #request(): Reply | undefined {
    this.#answer = undefined;
    this.#system.send({
      to: { machine: "containerStart", subject: this.#subject },
      event: { type: "look" },
    });
    this.advanceTo(this.#system.now);
    return this.#answer;
  }

  #ask({ event, detail = {}, self, send }: HandlerContext<KubeWorld>): void {
    if (event.type !== "look") {
      this.#answer = { event, detail };
      return;
    }
    const hasExited = this.#records().some(({ state }) => state === "exited");
    const to = { machine: "restartBackOff", subject: self.subject };
    const view = "restartRequested";
    send({ to, event: { type: "restart.requested", hasExited }, view, origin: self });
  }

  #tell(event: KernelEvent): void {
    this.#system.send({ to: { machine: "restartBackOff", subject: this.#subject }, event });
    this.advanceTo(this.#system.now);
  }

  #start(): void {
    this.starts++;
    const name = this.#subject.container;
    this.#setRecords([{ name, id: String(this.starts), state: "running" }, ...this.#records()]);
  }

  #records(): readonly ContainerRecord[] {
    return this.#world.side(this.#subject.pod).runtime.containers ?? [];
  }

  #setRecords(containers: readonly ContainerRecord[]): void {
    this.#world.change(this.#subject.pod, { runtime: { containers } });
  }
}
