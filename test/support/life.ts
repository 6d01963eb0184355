import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { printPod } from "../../machines/api/printers.ts";
import { parseTime } from "../../machines/api/time.ts";
import type { Cluster } from "../../src/cluster/cluster.ts";
import {
  isTold,
  lifeName,
  type LifeEvent,
  type LifeRow,
  type ObjectLife,
  ObjectWatch,
} from "./object-life.ts";
import { playing, type ScriptNames, scriptOf } from "./scripts.ts";

/** One process of a container, in whole seconds as the API tells them. */
export interface LifeProcess {
  readonly startedMs: number;
  readonly finishedMs: number;
}

/** All that was seen of one pod. */
export interface PodLife {
  /** What its generated name begins with; pods of one beginning are like each other. */
  readonly generateName?: string;
  readonly rows: readonly LifeRow[];
  readonly events: readonly LifeEvent[];
  /** By container, in order of starting. */
  readonly processes: Readonly<Record<string, readonly LifeProcess[]>>;
}

/** What was seen, by name. */
export interface Life {
  readonly pods: Readonly<Record<string, PodLife>>;
  /** By kind and name. */
  readonly objects: Readonly<Record<string, ObjectLife>>;
}

/** One write as a watch reports it. */
interface Seen {
  readonly atMs: number;
  readonly type: string;
  readonly object: KubeObject;
}

/** A recorded life: what a real cluster's watches told. */
export function recordedLife(folder: string): Life {
  const lines = readFileSync(join(folder, "watch.jsonl"), "utf8").split("\n").filter(Boolean);
  const seen = lines.map((line): Seen => {
    const { t, type, object } = JSON.parse(line);
    return { atMs: Math.round(t * 1_000), type, object };
  });
  const epochMs = Math.min(...seen.flatMap(({ object }) => createdMs(object)));
  return lifeOf(seen, epochMs, hasFakeNodes(folder));
}

/** On a fake node nothing runs: its pods are evidence of what their scheduler says alone. */
function hasFakeNodes(folder: string): boolean {
  const manifest = join(folder, "manifest.yaml");
  return (
    existsSync(manifest) && readFileSync(manifest, "utf8").includes("kwok.x-k8s.io/node: fake")
  );
}

/** The same from our own cluster, with the folder's manifests and scenario. */
export function modelLife(folder: string): Life {
  const { cluster, untilMs } = clusterOf(folder);
  const seen: Seen[] = [];
  cluster.watch(({ atMs, type, object }) => seen.push({ atMs, type, object }));
  cluster.run(untilMs);
  return lifeOf(seen, cluster.epochMs, hasFakeNodes(folder));
}

/** A cluster for a folder's manifest and scenario, and how long it is to run. */
export function clusterOf(
  folder: string,
  names?: ScriptNames,
): { readonly cluster: Cluster; readonly untilMs: number } {
  const script = scriptOf(folder, names);
  return { cluster: playing(script), untilMs: script.untilMs };
}

function lifeOf(seen: readonly Seen[], epochMs: number, isFake: boolean): Life {
  const pods = new Map<string, PodWatch>();
  const objects = new Map<string, ObjectWatch>();
  for (const { atMs, type, object } of seen) {
    const { metadata } = object;
    if (isPod(object)) watchOf(pods, metadata.name, PodWatch).see(atMs, type, object, epochMs);
    else if (isTold(object)) {
      watchOf(objects, lifeName(object), ObjectWatch).see(atMs, type, object);
    } else if (isEvent(object)) {
      const { kind: about, name } = object.involvedObject;
      if (about === "Pod") watchOf(pods, name, PodWatch).hear(atMs, object);
      else if (isTold({ kind: about })) {
        watchOf(objects, `${about} ${name}`, ObjectWatch).hear(atMs, object);
      }
    }
  }
  return {
    pods: Object.fromEntries([...pods].map(([name, watch]) => [name, watch.life(isFake)])),
    objects: Object.fromEntries([...objects].map(([name, watch]) => [name, watch.life()])),
  };
}

function watchOf<Watch>(watches: Map<string, Watch>, name: string, Empty: new () => Watch): Watch {
  const known = watches.get(name) ?? new Empty();
  watches.set(name, known);
  return known;
}

class PodWatch {
  readonly #rows: LifeRow[] = [];
  readonly #events = new Map<string, LifeEvent>();
  readonly #scheduling = new Map<string, LifeEvent>();
  readonly #processes = new Map<string, Map<string, LifeProcess>>();
  #names: readonly string[] = [];
  #generateName: string | undefined;

  see(atMs: number, type: string, pod: Pod, epochMs: number): void {
    this.#names = namesIn(pod);
    this.#generateName = pod.metadata.generateName;
    const row = printPod(pod, epochMs + atMs);
    const text = `${row["STATUS"]} ${row["READY"]} ${String(row["RESTARTS"]).split(" ")[0]}`;
    this.#add(atMs, type === "DELETED" ? "gone" : text);
    for (const { name, state, lastState } of pod.status?.containerStatuses ?? []) {
      for (const process of [lastState?.terminated, state?.running, state?.terminated]) {
        if (process !== undefined) this.#note(name, process);
      }
    }
  }

  hear(atMs: number, event: KubeEvent): void {
    const { type, reason, message, involvedObject, source, reportingComponent } = event;
    this.#hearScheduler(atMs, event);
    const component = source?.component ?? reportingComponent ?? "kubelet";
    if (controllersOfPods.includes(component)) this.#hearController(atMs, event);
    if (ofScheduler.includes(reason) || component !== "kubelet") return;
    const spaceless = message.replaceAll(`_${involvedObject.namespace}(`, "_…(");
    const text = `${reason}: ${withoutNames(spaceless, this.#names)}`;
    if (!this.#events.has(text)) this.#events.set(text, { atMs, type, text });
  }

  /** In what namespace a life was recorded is chance. */
  #hearController(atMs: number, { type, reason, message }: KubeEvent): void {
    const text = `${reason}: ${message.replace(/ Pod \S+\/\S+$/, " Pod …")}`;
    for (const events of [this.#events, this.#scheduling]) {
      if (!events.has(text)) events.set(text, { atMs, type, text });
    }
  }

  /** Which nodes refused it and how many depends on what else the cluster has. */
  #hearScheduler(atMs: number, { type, reason, message }: KubeEvent): void {
    if (!ofScheduler.includes(reason)) return;
    const node = / (?:to|on node) (\S+)$/.exec(message)?.[1] ?? "";
    const text = `${reason} ${node}`.trim();
    if (!this.#scheduling.has(text)) this.#scheduling.set(text, { atMs, type, text });
    if (reason === "Scheduled" || this.#events.has(text)) return;
    this.#events.set(text, { atMs, type, text });
  }

  life(isFake: boolean): PodLife {
    const processes = [...this.#processes].map(([name, byStart]) => {
      const inOrder = [...byStart.values()].toSorted((a, b) => a.startedMs - b.startedMs);
      return [name, inOrder] as const;
    });
    return {
      ...(this.#generateName !== undefined && { generateName: this.#generateName }),
      rows: this.#rows,
      events: [...(isFake ? this.#scheduling : this.#events).values()],
      processes: Object.fromEntries(processes),
    };
  }

  #add(atMs: number, text: string): void {
    if (this.#rows.at(-1)?.text !== text) this.#rows.push({ atMs, text });
  }

  #note(
    name: string,
    process: { readonly startedAt?: string; readonly finishedAt?: string },
  ): void {
    const { startedAt, finishedAt } = process;
    if (startedAt === undefined || finishedAt === undefined) return;
    const known = this.#processes.get(name) ?? new Map<string, LifeProcess>();
    known.set(`${startedAt} ${finishedAt}`, {
      startedMs: parseTime(startedAt),
      finishedMs: parseTime(finishedAt),
    });
    this.#processes.set(name, known);
  }
}

const ofScheduler = ["Scheduled", "FailedScheduling", "Preempted"];
const controllersOfPods = ["node-controller", "taint-eviction-controller"];

/** Everything in a pod that another run names otherwise. */
function namesIn({ metadata, status, spec }: Pod): readonly string[] {
  const ids = (status?.containerStatuses ?? []).map(({ containerID }) => containerID ?? "");
  const { uid = "" } = metadata;
  return [...ids, uid, spec.nodeName ?? "", status?.podIP ?? ""];
}

/** A message without names, ids, addresses, measured times and sizes. */
function withoutNames(message: string, names: readonly string[]): string {
  let text = message;
  for (const name of names) if (name.length > 2) text = text.replaceAll(name, "…");
  return text
    .replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, "…")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,27}/g, "…")
    .replaceAll(/[0-9a-f]{32,64}/g, "…")
    .replaceAll(/\bin [\d.]+m?s \([\d.]+m?s including waiting\)/g, "in …")
    .replaceAll(/Image size: \d+ bytes/g, "Image size: …")
    .replaceAll(/(Threshold quantity|available): [^,.]+/g, "$1: …");
}

function createdMs({ kind, metadata: { creationTimestamp } }: KubeObject): number[] {
  return kind === "Pod" && creationTimestamp !== undefined ? [parseTime(creationTimestamp)] : [];
}

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}

function isEvent(object: KubeObject): object is KubeEvent {
  return object.kind === "Event";
}
