import { isPod, isNode } from "../../machines/api/objects.ts";
import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { formatTime } from "../../machines/api/time.ts";
import { assert } from "../../machines/assert.ts";
import { extended } from "../../machines/extended.ts";
import { keyOf, Store } from "../store/store.ts";
import type { ApiAnswer } from "./api/call.ts";
import type { WebhookAnswer, WebhookHandler } from "./api/webhook-reviews.ts";
import type { World } from "./composition.ts";
import { ControllersSide } from "./controllers-side.ts";
import { type EventLog, type EventSource, nameless } from "./event-correlator.ts";
import { isRejected, recordEvent } from "./event-recorder.ts";
import { NameNumbers } from "./name-numbers.ts";
import { NodeRosters } from "./node-roster.ts";
import type { NodeSide } from "./node-side.ts";
import { type PodSide, newSide, withoutMemory } from "./pod-side.ts";
import { ProxiesSide, type ProxyMode } from "./proxies-side.ts";
import { loadScheduler, saveScheduler } from "./saved-scheduler.ts";
import { isSavedWorld, type SavedWorld, sharing } from "./saved-world.ts";
import {
  defaultSchedulerSettings,
  type SchedulerSettings,
  schedulerSettingsOf,
} from "./scheduler-settings.ts";
import { SchedulerSide } from "./scheduler-side.ts";

/** Objects, runtime records, PLEG caches and nodes: all that projections write and views read. */
export class KubeWorld implements World<KubeWorld> {
  readonly store: Store;
  /** The wall clock at virtual time 0, in ms since 1970. */
  readonly epochMs: number;
  /** How the scheduler was started. */
  readonly scheduling: SchedulerSettings;
  #scheduler = new SchedulerSide();
  #controllers = new ControllersSide();
  #names = new NameNumbers();
  #proxies = new ProxiesSide("iptables");
  #pods = new Map<string, PodSide>();
  #nodes = new Map<string, NodeSide>();
  #logs = new Map<string, EventLog>();
  #removed: (readonly [string, PodSide])[] = [];
  #halted: (readonly [string, PodSide])[] = [];
  readonly #rosters = new NodeRosters();
  #shared = false;
  /** What came of the last call; nobody keeps it. */
  answer: ApiAnswer | undefined;
  /** Who answers for the webhooks of admission; without anybody they allow everything. */
  webhooks: WebhookHandler | undefined;
  /** What webhooks have said of the request that is decided; nobody keeps it. */
  readonly reviews: (WebhookAnswer | undefined)[] = [];

  constructor(epochMs: number, store = new Store(), scheduling = defaultSchedulerSettings) {
    this.epochMs = epochMs;
    this.scheduling = scheduling;
    this.store = store;
  }

  get scheduler(): SchedulerSide {
    return this.#scheduler;
  }

  get controllers(): ControllersSide {
    return this.#controllers;
  }

  get names(): NameNumbers {
    return this.#names;
  }

  /** What all kube-proxies have synced. */
  get proxies(): ProxiesSide {
    return this.#proxies;
  }

  startProxies(mode: ProxyMode): void {
    this.#proxies = new ProxiesSide(mode);
  }

  /** RFC 3339 text of a virtual time, as the API server writes it. */
  time(nowMs: number): string {
    return formatTime(this.epochMs + nowMs);
  }

  /** Those of the controllers that a cluster may do without. */
  startControllers(machines: Iterable<string>): void {
    this.#controllers = new ControllersSide(machines);
  }

  /** What a node's own clock shows at virtual time 0, in ms since 1970. */
  nodeEpochMs(node: string | undefined): number {
    return this.epochMs + (this.findNode(node ?? "")?.clockAheadMs ?? 0);
  }

  /** RFC 3339 text of a virtual time, as a node's kubelet and runtime write it. */
  nodeTime(node: string | undefined, nowMs: number): string {
    return formatTime(this.nodeEpochMs(node) + nowMs);
  }

  /** The API object; undefined once it is gone. */
  pod(key: string): Pod | undefined {
    const object = this.store.get("Pod", key);
    return object !== undefined && isPod(object) ? object : undefined;
  }

  nodeObject(name: string): Node | undefined {
    const object = this.store.get("Node", name);
    return object !== undefined && isNode(object) ? object : undefined;
  }

  findSide(key: string): PodSide | undefined {
    return this.#pods.get(key);
  }

  /** The kubelet's side of a pod that one of its actors speaks for. */
  side(key: string | undefined): PodSide {
    const side = key === undefined ? undefined : this.findSide(key);
    assert(side !== undefined, "a pod with actors is known to its kubelet");
    return side;
  }

  sides(): IterableIterator<[string, PodSide]> {
    return this.#pods.entries();
  }

  addSide(key: string, side: PodSide): void {
    this.putSide(key, side);
    const node = this.node(side.node);
    this.setNode({ ...node, pods: [...node.pods, key] });
    this.#rosters.added(side);
  }

  /** The pods of a node that may still use what it has given them; do not keep the list. */
  activePods(node: string): readonly Pod[] {
    return this.#rosters.of(node, () => this.node(node).pods.map((key) => this.side(key)));
  }

  change(key: string | undefined, change: Partial<PodSide>): PodSide {
    const side = Object.assign({ ...this.side(key) }, change);
    if (key !== undefined) this.putSide(key, side);
    this.#rosters.changed(side.node);
    return side;
  }

  /** Instead of what there was of that key; nobody is told. */
  protected putSide(key: string, side: PodSide): void {
    this.#own();
    this.#pods.set(key, side);
  }

  protected dropSide(key: string): void {
    this.#own();
    this.#pods.delete(key);
  }

  /** The kubelet forgets a pod; its actors end with it. */
  removeSide(key: string): void {
    const side = this.side(key);
    const node = this.node(side.node);
    this.setNode({ ...node, pods: node.pods.filter((pod) => pod !== key) });
    this.dropSide(key);
    this.#rosters.changed(side.node);
    this.#removed.push([key, side]);
  }

  /** What a kubelet has only in memory is lost when it stops; the pod and its records stay. */
  forgetKubeletSide(key: string): void {
    const side = this.side(key);
    this.change(key, withoutMemory(side));
    this.#halted.push([key, side]);
  }

  /** The pods whose kubelet has stopped since the last call. */
  takeHalted(): readonly (readonly [string, PodSide])[] {
    if (this.#halted.length === 0) return nothingRemoved;
    const halted = this.#halted;
    this.#halted = [];
    return halted;
  }

  /** The pods that were forgotten since the last call. */
  takeRemoved(): readonly (readonly [string, PodSide])[] {
    if (this.#removed.length === 0) return nothingRemoved;
    const removed = this.#removed;
    this.#removed = [];
    return removed;
  }

  node(name: string | undefined): NodeSide {
    const node = name === undefined ? undefined : this.findNode(name);
    assert(node !== undefined, "a bound pod names an existing node");
    return node;
  }

  protected findNode(name: string): NodeSide | undefined {
    return this.#nodes.get(name);
  }

  setNode(node: NodeSide): void {
    this.#own();
    this.#nodes.set(node.name, node);
  }

  nodes(): IterableIterator<NodeSide> {
    return this.#nodes.values();
  }

  /** Milliseconds to the node's next relist, more than 0. */
  untilRelistMs(node: string, nowMs: number): number {
    const { relistPhaseMs } = this.node(node);
    return (
      relistPeriodMs -
      ((((nowMs - relistPhaseMs) % relistPeriodMs) + relistPeriodMs) % relistPeriodMs)
    );
  }

  /** Records an Event about an object, as the recorder of a node's component would. */
  record(nowMs: number, source: EventSource): void {
    const { kind, uid = "", namespace = "", name } = source.about;
    const key = uid === "" ? `${kind}/${namespace}/${name}` : uid;
    const atMs = this.nodeEpochMs(source.host) + nowMs;
    const { log, write } = recordEvent(this.#logs.get(key), source, atMs, nameless);
    this.#own();
    this.#logs.set(key, log);
    if (write === undefined) return;
    const { event, patch } = write;
    const before = patch && this.store.get("Event", keyOf(event));
    if (before !== undefined) return void this.store.put({ ...before, ...patch });
    if (isRejected(this.store, event)) return;
    const metadata = extended(event.metadata, { creationTimestamp: this.time(nowMs) });
    this.store.put({ ...event, metadata });
  }

  fork(): KubeWorld {
    const copy = new KubeWorld(this.epochMs, this.store.fork(), this.scheduling);
    copy.#pods = this.#pods;
    copy.#nodes = this.#nodes;
    copy.#logs = this.#logs;
    copy.#scheduler = this.#scheduler.fork();
    copy.#controllers = this.#controllers.fork();
    copy.#names = this.#names.fork();
    copy.#proxies = this.#proxies.fork();
    copy.#shared = true;
    copy.webhooks = this.webhooks;
    this.#shared = true;
    return copy;
  }

  save(): SavedWorld {
    const { store, epochMs } = this;
    const [pods, nodes, logs] = [[...this.#pods], [...this.#nodes], [...this.#logs]];
    const [objects, scheduler] = [store.objects(), saveScheduler(this.scheduler)];
    const [controllers, names] = [this.controllers.save(), this.names.save()];
    const [{ configuration }, { revision }] = [this.scheduling, store];
    const scheduling = configuration === undefined ? {} : { scheduling: configuration };
    const sides = {
      pods,
      nodes,
      logs,
      scheduler,
      controllers,
      names,
      proxies: this.proxies.save(),
    };
    return { epochMs, objects, revision, ...sides, ...scheduling };
  }

  static load(saved: unknown): KubeWorld {
    assert(isSavedWorld(saved), "a saved system holds the world that it was saved with");
    const { epochMs, objects, revision, pods, nodes, logs } = saved;
    const world = new KubeWorld(
      epochMs,
      new Store({ objects, revision }),
      schedulerSettingsOf(saved.scheduling),
    );
    world.#pods = new Map(
      pods.map(([key, side]) => [key, sharing({ ...newSide(side), ...side }, world.pod(key))]),
    );
    world.#nodes = new Map(nodes);
    world.#logs = new Map(logs);
    world.#scheduler = loadScheduler(saved.scheduler);
    world.#controllers = ControllersSide.load(saved.controllers);
    world.#names = new NameNumbers(saved.names);
    world.#proxies = ProxiesSide.load(saved.proxies);
    return world;
  }

  #own(): void {
    if (!this.#shared) return;
    this.#pods = new Map(this.#pods);
    this.#nodes = new Map(this.#nodes);
    this.#logs = new Map(this.#logs);
    this.#shared = false;
  }
}

/** pkg/kubelet/kubelet.go genericPlegRelistPeriod */
const relistPeriodMs = 1_000;

const nothingRemoved: readonly (readonly [string, PodSide])[] = [];
