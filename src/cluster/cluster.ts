import { isEvent } from "../../machines/api/objects.ts";
import type { AnyStateMachine } from "xstate";

import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { SchedulingDecision } from "../../machines/scheduler/explanation/decision.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { parseTime } from "../../machines/api/time.ts";
import { type ChoiceRecord, type Choices, createChoices } from "../choice/choices.ts";
import type { StoreChange } from "../store/change.ts";
import { Store } from "../store/store.ts";
import type { Composition } from "../system/composition.ts";
import type { Delivery } from "../system/delivery.ts";
import type { Executor } from "../system/executor.ts";
import { decideNow } from "../system/projections/scheduling-decision.ts";
import type { ProxyMode } from "../system/proxies-side.ts";
import type { SavedSystem } from "../system/save.ts";
import { schedulerSettingsOf } from "../system/scheduler-settings.ts";
import { System } from "../system/system.ts";
import { KubeWorld } from "../system/world.ts";
import { requestOf } from "../system/routes/request.ts";
import { admin, type Credential } from "../../machines/apiserver/user-info.ts";
import type { KubectlCall } from "./kubectl-calls.ts";
import type { ApiRequest } from "./api-request.ts";
import type { ControlPlane } from "../manifest/scenario/components.ts";
import { throughBoot } from "./boot.ts";
import { firstOf, nodesBeside, startControlPlane } from "./control-plane.ts";
import { addNode, equip, type OtherParts, sharedParts, type SharedParts } from "./composition.ts";
import type { KubeletSetting } from "../manifest/kubelets.ts";
import { isSchedulerConfiguration } from "../manifest/schedulers.ts";
import { emptyScenario, type Scenario } from "../manifest/scenario.ts";
import type { EnvironmentAnswers } from "../manifest/scenario/answers.ts";
import { withSystemNamespaces } from "./system-namespaces.ts";
import type { ScenarioStep } from "../manifest/scenario/steps.ts";
import { settleWith } from "./settle.ts";
import type { WebhookPrograms } from "./webhook-programs.ts";
import { actionsOf, placeOf, type StepFiles } from "./steps.ts";

export interface ClusterOptions extends Pick<OtherParts, "controllers"> {
  /** Read, defaulted and validated; a KubeSchedulerConfiguration is for the scheduler. */
  readonly objects: readonly KubeObject[];
  /** What the environment answers, and what users and faults do. */
  readonly scenario?: Scenario;
  /** How the nodes' kubelets are set up; the defaults where nothing is said. */
  readonly kubelets?: readonly KubeletSetting[];
  /** The objects of a file that a step names. */
  readonly files?: StepFiles;
  /** Without a seed everything takes its usual course. */
  readonly seed?: number;
  readonly recorded?: readonly ChoiceRecord[];
  /** Keeps every choice that is asked. */
  readonly record?: boolean;
  /** How many nodes there are besides those among the objects; one if there would be none. */
  readonly nodes?: number;
  /** RFC 3339; the wall clock at virtual time 0. */
  readonly startTime?: string;
  /** How the nodes' kube-proxies make their rules; iptables unless it is said. */
  readonly proxyMode?: ProxyMode;
  /** Instead of what the scenario says of the environment. */
  readonly environment?: EnvironmentAnswers;
  /** Instead of those that `seed`, `recorded` and `record` make. */
  readonly choices?: Choices;
  /** Machines that no actor has: a node without its eviction manager, say. */
  readonly without?: readonly string[];
  /** Machines in the place of the catalogue's, by id: a version or a mutant of one's own. */
  readonly instead?: Readonly<Record<string, AnyStateMachine>>;
  /** Several of what usually is one: then they elect who leads. */
  readonly controlPlane?: ControlPlane;
  /** The programs behind webhooks of admission, by the webhooks' names; others allow all. */
  readonly webhooks?: WebhookPrograms;
  /** Who makes the machines' steps, such as an `XStateHost` of its own; usually a memo. */
  readonly host?: Executor;
}

/** One write to the store, with the delivery that made it. */
export interface WatchChange extends StoreChange {
  readonly atMs: number;
  /** The delivery that made it. */
  readonly seq: number;
}

export const defaultStartTime = "2026-01-01T00:00:00Z";

/** A cluster from objects: kubelets, runtimes and an environment under one virtual clock. */
export class Cluster {
  readonly system: System<KubeWorld>;
  readonly #shared: SharedParts;
  readonly #watchers = new Set<(change: WatchChange) => void>();
  readonly #observers = new Set<(delivery: Delivery) => void>();

  private constructor(
    shared: SharedParts,
    makeSystem: (composition: Composition<KubeWorld>) => System<KubeWorld>,
  ) {
    this.#shared = shared;
    const settle = settleWith((change, { world, now, seq, send }) => {
      addNode(shared, change, { world, now, send });
      for (const watcher of this.#watchers) watcher({ ...change, atMs: now, seq });
    });
    this.system = makeSystem({ ...shared.composition, settle });
    equip(this.system.world, shared);
  }

  static create(options: ClusterOptions): Cluster {
    const { objects, scenario = emptyScenario, startTime = defaultStartTime } = options;
    const scheduling = schedulerSettingsOf(objects.find(isSchedulerConfiguration));
    const world = new KubeWorld(parseTime(startTime), new Store(), scheduling);
    world.startProxies(options.proxyMode ?? "iptables");
    startControlPlane(world, options, scenario);
    const { kubelets = [], choices = createChoices(options) } = options;
    const create = (composition: Composition<KubeWorld>) =>
      System.create(composition, world, choices, options.host);
    const shared = sharedParts(scenario, kubelets, options);
    const cluster = new Cluster(shared, create);
    const applied = withSystemNamespaces(
      objects.filter((object) => !isSchedulerConfiguration(object)),
    );
    cluster.apply([...nodesBeside(world, objects, options.nodes), ...applied]);
    for (const one of firstOf(world)) cluster.system.send(one);
    for (const step of scenario.steps) cluster.take(step, options.files);
    return cluster;
  }

  /** Virtual milliseconds since the start. */
  get now(): number {
    return this.system.now;
  }

  /** The wall clock at virtual time 0, in ms since 1970. */
  get epochMs(): number {
    return this.system.world.epochMs;
  }

  /** Hears every write to the store from now on; the result ends it. */
  watch(listener: (change: WatchChange) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Hears every delivery from now on; the result ends it. */
  observe(listener: (delivery: Delivery) => void): () => void {
    this.#observers.add(listener);
    this.system.observer = (delivery) => {
      for (const one of this.#observers) one(delivery);
    };
    return () => {
      this.#observers.delete(listener);
      if (this.#observers.size === 0) this.system.observer = undefined;
    };
  }

  get(kind: string, key: string): KubeObject | undefined {
    return this.system.world.store.get(kind, key);
  }

  list(kind: string): KubeObject[] {
    return this.system.world.store.list(kind);
  }

  /** The Events of one pod, by its uid, in order of their first writing. */
  eventsOf({ metadata }: Pick<Pod, "metadata">): readonly KubeEvent[] {
    const events = this.list("Event").filter(isEvent);
    return events.filter(({ involvedObject: { uid, name, namespace } }) =>
      uid === undefined
        ? name === metadata.name && namespace === metadata.namespace
        : uid === metadata.uid,
    );
  }

  /**
   * Creates objects, or merges them into those that are there, at this moment or later. Unlike
   * `kubectl apply`, of which a step of a scenario is one, it leaves no annotation.
   */
  apply(objects: readonly KubeObject[], delayMs = 0): void {
    for (const object of objects) {
      this.#request("request.apply", { object }, delayMs);
    }
  }

  /** Deletes an object, as `kubectl delete` would. */
  delete(
    kind: string,
    key: string,
    options: { readonly gracePeriodSeconds?: number; readonly delayMs?: number } = {},
  ): void {
    const { gracePeriodSeconds = null, delayMs = 0 } = options;
    this.#request("request.delete", { kind, key, gracePeriodSeconds }, delayMs);
  }

  /**
   * How the scheduler would decide at this moment on a pod without a node, by its
   * `namespace/name`; undefined when none of that name waits. `DecisionLog` tells what it decided.
   */
  why(key: string): SchedulingDecision | undefined {
    return decideNow(this.system.world, key);
  }

  /** Runs until only periodic work is left or that virtual time is passed. */
  run(
    untilMs: number,
    progress?: (nowMs: number, deliveries: number) => void,
  ): { readonly endedBy: "quiet" | "until" } {
    while (this.system.run(untilMs, deliveriesBetweenReports) === deliveriesBetweenReports) {
      progress?.(this.now, this.system.seq);
    }
    return { endedBy: this.system.isBusy ? "until" : "quiet" };
  }

  choices(): readonly ChoiceRecord[] {
    return this.system.choices.records();
  }

  /** A copy that goes its own way, without listeners. */
  fork(): Cluster {
    const fork = (composition: Composition<KubeWorld>) => this.system.fork(composition);
    return new Cluster(this.#shared, fork);
  }

  /** The same shared parts around another system, which is made of their composition. */
  around(makeSystem: (composition: Composition<KubeWorld>) => System<KubeWorld>): Cluster {
    return new Cluster(this.#shared, makeSystem);
  }

  /** What is said of the environment. */
  get scenario(): Scenario {
    return this.#shared.scenario;
  }

  /** How the nodes' kubelets are set up. */
  get kubelets(): readonly KubeletSetting[] {
    return this.#shared.kubelets;
  }

  /** Plain JSON; `Cluster.load` goes on from it, with the same scenario and kubelets. */
  save(): SavedSystem {
    return this.system.save();
  }

  static load(
    saved: SavedSystem,
    scenario: Scenario = emptyScenario,
    kubelets: readonly KubeletSetting[] = [],
    webhooks: WebhookPrograms = {},
  ): Cluster {
    return new Cluster(sharedParts(scenario, kubelets, { webhooks }), (composition) =>
      System.load(composition, saved),
    );
  }

  #request(type: string, request: ApiRequest, delayMs: number): void {
    const to = { machine: "apiserver", subject: {} };
    this.system.send({ to, event: { type }, detail: { ...request }, delayMs });
  }

  /** Whoever set the cluster up asks; a refusal is told in kubectl's words. */
  #call(caller: KubectlCall, user: Credential | undefined, mark: string, delayMs: number): void {
    const { detail, ...message } = requestOf({ ...caller, credential: user ?? admin }, mark);
    const asked = { ...message, detail: { ...detail, isTold: true } };
    this.system.send(throughBoot(this.system.world, asked, delayMs));
  }

  /** A scenario's step becomes messages that are due at its time, or now if that is past. */
  take(step: ScenarioStep, files: StepFiles = noFiles): void {
    const actions = actionsOf(step, files);
    if ("expected" in actions) {
      throw new Error(`line ${actions.line}: ${actions.text}: expected ${actions.expected}`);
    }
    const delayMs = Math.max(0, step.atMs - this.now);
    for (const [nth, action] of actions.entries()) {
      if (action.type === "none") continue;
      if (action.type === "call") {
        this.#call(action.caller, action.user, `#${placeOf(step, this.scenario)}.${nth}`, delayMs);
        continue;
      }
      if (action.type === "kubectl") {
        const to = { machine: "kubectl", subject: {} };
        const { event, detail } = action;
        this.system.send({ to, event: { type: event }, detail, delayMs });
        continue;
      }
      if (action.type !== "fault") {
        this.#request(action.type, action.request, delayMs);
        continue;
      }
      const to = { machine: "faults", subject: {} };
      this.system.send({
        to,
        event: { type: action.type },
        detail: { fault: action.fault },
        delayMs,
      });
    }
  }
}

const noFiles: StepFiles = () => undefined;

const deliveriesBetweenReports = 10_000;
