import type { Node, NodeCondition } from "../../machines/api/node.ts";
import { isWhole } from "../../machines/api/objects.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { formatTime, parseTime } from "../../machines/api/time.ts";
import {
  doNoExecuteTaintingPass,
  monitorNodeHealth,
  newMemory,
} from "../../machines/controllers/node-lifecycle/monitor-node-health.ts";
import { doNoScheduleTaintingPass } from "../../machines/controllers/node-lifecycle/node-taints.ts";
import type { ApiAnswer, ApiRequest, Sync } from "../../machines/controllers/sync.ts";
import { runScripted, sortedEvents } from "./scripted-sync.ts";
import { readyPod } from "./services.ts";

/** Nodes, and what becomes of their kubelets; times in seconds. */
export interface SimulationInput {
  readonly nodes: readonly SimulatedNode[];
  readonly settings: {
    readonly nodeMonitorPeriodSeconds: number;
    readonly nodeMonitorGracePeriodSeconds: number;
    readonly nodeStartupGracePeriodSeconds: number;
    readonly nodeEvictionRate: number;
    readonly secondaryNodeEvictionRate: number;
    readonly largeClusterSizeThreshold: number;
    readonly unhealthyZoneThreshold: number;
  };
  readonly untilSeconds: number;
}

interface SimulatedNode {
  readonly name: string;
  readonly zone: string;
  readonly createdSecondsAgo: number;
  readonly kubeletStopsAt?: number;
  readonly kubeletBackAt?: number;
  readonly reportsNotReadyAt?: number;
  readonly reportsReadyAt?: number;
  readonly neverReportedStatus?: boolean;
  readonly neverRenewsLease?: boolean;
}

interface SeenState {
  readonly nodes: ReadonlyMap<string, string>;
  readonly zones: readonly string[];
}

/** The controller beside living and dead kubelets, second by second. */
export class NodeSimulation {
  readonly #input: SimulationInput;
  readonly #memory = newMemory();
  readonly #nodes: Map<string, Node>;
  readonly #pods: Map<string, Pod>;
  readonly #renewTimes = new Map<string, string>();
  #t = 0;
  #events: Parameters<typeof sortedEvents>[0] = [];
  #marked: string[] = [];

  constructor(input: SimulationInput) {
    this.#input = input;
    this.#nodes = new Map(input.nodes.map((node) => [node.name, nodeOf(node)]));
    this.#pods = new Map(
      input.nodes.map(({ name }) => {
        const pod = readyPod("10.0.0.1", name);
        return [`pod-${name}`, { ...pod, metadata: { ...pod.metadata, name: `pod-${name}` } }];
      }),
    );
  }

  run(): readonly object[] {
    const changes: object[] = [];
    let before = this.#state();
    for (this.#t = 0; this.#t <= this.#input.untilSeconds; this.#t++) {
      this.#second();
      const after = this.#state();
      const change = this.#change(before, after);
      if (Object.keys(change).length > 0) changes.push({ t: this.#t, ...change });
      before = after;
    }
    return changes;
  }

  #second(): void {
    this.#events = [];
    this.#marked = [];
    for (const node of this.#input.nodes) this.#live(node);
    if (this.#t % this.#input.settings.nodeMonitorPeriodSeconds === 0) {
      this.#run(monitorNodeHealth(this.#memory, this.#view()));
    }
    for (const node of this.#nodes.values()) this.#run(doNoScheduleTaintingPass(node, this.#now()));
    const nodes = [...this.#nodes.values()];
    this.#run(doNoExecuteTaintingPass(this.#memory, nodes, this.#now()));
  }

  #live(node: SimulatedNode): void {
    const { name, kubeletStopsAt = Number.POSITIVE_INFINITY, kubeletBackAt } = node;
    const isBack = kubeletBackAt !== undefined && this.#t >= kubeletBackAt;
    const isAlive = this.#t < kubeletStopsAt || isBack;
    if (isAlive && this.#t % 10 === 0 && node.neverRenewsLease !== true) {
      this.#renewTimes.set(name, formatTime(this.#now()));
    }
    if (isAlive && this.#t === node.reportsNotReadyAt) this.#report(name, "False");
    if (isAlive && this.#t === node.reportsReadyAt) this.#report(name, "True");
    if (this.#t === kubeletBackAt) this.#report(name, "True");
  }

  #report(name: string, status: "True" | "False"): void {
    const node = this.#nodes.get(name);
    if (node !== undefined) this.#nodes.set(name, reported(node, status, this.#now()));
  }

  #view() {
    const { settings } = this.#input;
    return {
      nodes: [...this.#nodes.values()],
      pods: [...this.#pods.values()],
      renewTimes: this.#renewTimes,
      nowMs: this.#now(),
      settings: {
        ...settings,
        nodeMonitorGracePeriodMs: settings.nodeMonitorGracePeriodSeconds * 1_000,
        nodeStartupGracePeriodMs: settings.nodeStartupGracePeriodSeconds * 1_000,
      },
    };
  }

  #run(sync: Sync<unknown>): void {
    const { events } = runScripted(sync, (request) => this.#answer(request));
    this.#events = [...this.#events, ...events];
  }

  #answer({ verb, resource, name = "", object, patch }: ApiRequest): ApiAnswer {
    const node = this.#nodes.get(name);
    const after = { ...node, ...object, kind: "Node" };
    if (resource === "pods") {
      this.#marked.push(name);
      const pod = { ...object, kind: "Pod" };
      if (isWhole(pod, "Pod")) this.#pods.set(name, pod);
      return {};
    }
    if (verb === "update" && isWhole(after, "Node")) this.#nodes.set(name, after);
    if (verb === "patch" && node !== undefined) this.#nodes.set(name, patchedNode(node, patch));
    const known = this.#nodes.get(name);
    return known === undefined ? {} : { object: known };
  }

  #now(): number {
    return start + this.#t * 1_000;
  }

  #state(): SeenState {
    const nodes = new Map(
      [...this.#nodes].map(([name, node]) => [name, JSON.stringify(nodeJson(node))] as const),
    );
    const zones = [...this.#memory.zoneStates].map(([zone, state]) => {
      return `${zone.replace(":\0:", "/")}=${state}`;
    });
    return { nodes, zones: zones.toSorted() };
  }

  #change(before: SeenState, after: SeenState): object {
    const changed = [...after.nodes].filter(([name, text]) => before.nodes.get(name) !== text);
    const nodes = changed.map(([name, text]) => [name, JSON.parse(text)]);
    const isZoneChanged = JSON.stringify(before.zones) !== JSON.stringify(after.zones);
    return {
      ...(nodes.length > 0 && { nodes: Object.fromEntries(nodes) }),
      ...(isZoneChanged && { zones: after.zones }),
      ...(this.#marked.length > 0 && { podsMarkedNotReady: this.#marked.toSorted() }),
      ...(this.#events.length > 0 && { events: sortedEvents(this.#events) }),
    };
  }
}

const start = parseTime("2026-03-01T12:00:00Z");

/** With the taints that a patch says. */
export function patchedNode(node: Node, patch: object = {}): Node {
  const { spec } = { spec: {}, ...patch };
  const { taints } = { taints: undefined, ...Object(spec) };
  return { ...node, spec: { ...node.spec, taints: taints ?? [] } };
}

/** `key=value:effect` */
export function taintTexts({ spec }: Node): readonly string[] {
  const texts = (spec?.taints ?? []).map(({ key, value = "", effect }) => {
    return `${key}${value === "" ? "" : `=${value}`}:${effect}`;
  });
  return texts.toSorted();
}

function nodeJson(node: Node): object {
  const ready = node.status?.conditions?.find(({ type }) => type === "Ready");
  return {
    ready: ready === undefined ? "" : `${ready.status} ${ready.reason ?? ""}`,
    taints: taintTexts(node),
  };
}

function nodeOf({ name, zone, createdSecondsAgo, ...given }: SimulatedNode): Node {
  const node: Node = {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      uid: `uid-${name}`,
      creationTimestamp: formatTime(start - createdSecondsAgo * 1_000),
      labels: { "topology.kubernetes.io/region": "r1", "topology.kubernetes.io/zone": zone },
    },
  };
  return given.neverReportedStatus === true ? node : reported(node, "True", start);
}

function reported(node: Node, status: "True" | "False", nowMs: number): Node {
  const now = formatTime(nowMs);
  const before = node.status?.conditions?.find(({ type }) => type === "Ready");
  const isSame = before?.status === status;
  const condition: NodeCondition = {
    type: "Ready",
    status,
    reason: status === "True" ? "KubeletReady" : "KubeletNotReady",
    lastHeartbeatTime: now,
    lastTransitionTime: isSame ? (before.lastTransitionTime ?? now) : now,
  };
  const others = ["MemoryPressure", "DiskPressure", "PIDPressure"].map(
    (type): NodeCondition => ({
      type,
      status: "False",
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    }),
  );
  return { ...node, status: { ...node.status, conditions: [condition, ...others] } };
}
