import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { isWhole } from "../../machines/api/objects.ts";
import { serviceNameLabel } from "../../machines/controllers/endpointslice/slices.ts";
import type { WorkloadCondition } from "../../machines/api/workload-objects.ts";

/** What a table shows of an object, from a moment on. */
export interface LifeRow {
  readonly atMs: number;
  /** STATUS, READY and RESTARTS without ages; `gone` when the object is. */
  readonly text: string;
}

export interface LifeEvent {
  readonly atMs: number;
  readonly type: string;
  readonly text: string;
}

/** All that was seen of an object that is no pod. */
export interface ObjectLife {
  readonly rows: readonly LifeRow[];
  readonly events: readonly LifeEvent[];
}

/** What stands for less is passed through: who writes first is chance. */
const standingMs = 3_000;
/** So much earlier or later may it be, with the pods that it waits for. */
const apartMs = 6_000;

/** What a table would show of such an object; no other kind is compared. */
const tellers: Readonly<Record<string, (object: KubeObject) => string | undefined>> = {
  Deployment: (object) => {
    if (!isWhole(object, "Deployment")) return undefined;
    const { replicas = 0, updatedReplicas = 0, readyReplicas = 0 } = object.status ?? {};
    const { availableReplicas = 0, unavailableReplicas = 0 } = object.status ?? {};
    const counts = `${replicas} has, ${updatedReplicas} updated, ${readyReplicas} ready`;
    const available = `${availableReplicas} available, ${unavailableReplicas} unavailable`;
    const wanted = `wants ${object.spec.replicas}`;
    return `${wanted}: ${counts}, ${available}${told(object.status?.conditions)}${leaving(object)}`;
  },
  ReplicaSet: (object) => {
    if (!isWhole(object, "ReplicaSet")) return undefined;
    const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = object.status ?? {};
    const { fullyLabeledReplicas = 0, terminatingReplicas = 0, conditions } = object.status ?? {};
    const counts = `${replicas} has, ${fullyLabeledReplicas} labelled, ${readyReplicas} ready`;
    const more = `${availableReplicas} available, ${terminatingReplicas} terminating`;
    const wanted = `wants ${object.spec.replicas}`;
    return `${wanted}: ${counts}, ${more}${told(conditions)}${leaving(object)}`;
  },
  Namespace: (object) => {
    if (!isWhole(object, "Namespace")) return undefined;
    const { phase, conditions = [] } = object.status ?? {};
    const texts = conditions.map(({ type, status, reason, message }) => {
      return ` ${type}=${status} ${reason} ${message}`;
    });
    return `${phase}${texts.join("")}${leaving(object)}`;
  },
  Node: (object) => {
    if (!isWhole(object, "Node")) return undefined;
    const ready = object.status?.conditions?.find(({ type }) => type === "Ready");
    const taints = (object.spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
    return `${ready?.status} ${ready?.reason} ${taints.toSorted().join(" ")}`;
  },
  Endpoints: (object) => {
    if (!isWhole(object, "Endpoints")) return undefined;
    const subsets = object.subsets?.map(
      ({ addresses = [], notReadyAddresses = [], ports = [] }) => {
        const own = [addresses, notReadyAddresses].map((list) => {
          return list
            .map(({ targetRef, hostname }) => placeOf(targetRef?.name, hostname))
            .toSorted();
        });
        return `${own.join(" not ready: ")} at ${portsOf(ports)}`;
      },
    );
    return subsets?.join("; ") ?? "none";
  },
  EndpointSlice: (object) => {
    if (!isWhole(object, "EndpointSlice")) return undefined;
    const endpoints = (object.endpoints ?? []).map(({ conditions, targetRef, hostname }) => {
      const { ready, serving, terminating } = conditions ?? {};
      const state = `ready ${ready} serving ${serving} terminating ${terminating}`;
      return `${placeOf(targetRef?.name, hostname)} ${state}`;
    });
    return `${endpoints.toSorted().join(", ")} at ${portsOf(object.ports ?? [])}`;
  },
};

/** An object by its kind and name; a slice, whose name is generated, by its Service's. */
export function lifeName({ kind, metadata: { name, labels = {} } }: KubeObject): string {
  return `${kind} ${kind === "EndpointSlice" ? labels[serviceNameLabel] : name}`;
}

/** Nodes of other lives came and went while one was recorded. */
export const onlyInBoth = /^(?:Node |Namespace (?:default|kube-))/;

export function isTold({ kind }: Pick<KubeObject, "kind">): boolean {
  return tellers[kind] !== undefined;
}

function told(conditions: readonly WorkloadCondition[] = []): string {
  const texts = conditions.map(({ type, status, reason = "" }) => ` ${type}=${status} ${reason}`);
  return texts.toSorted().join("");
}

/** A pod without the end of its name that is generated. */
function placeOf(pod = "", hostname = ""): string {
  return `${pod.replace(/-\w{5}$/, "-…")} ${hostname}`.trim();
}

function portsOf(ports: readonly { readonly name?: string; readonly port?: number }[]): string {
  return ports.map(({ name = "", port }) => `${name} ${port}`.trim()).join(" ");
}

function leaving({ metadata: { deletionTimestamp, finalizers = [] } }: KubeObject): string {
  return deletionTimestamp === undefined ? "" : ` deleting, held by [${finalizers.join(" ")}]`;
}

/** What watches tell of one object. */
export class ObjectWatch {
  readonly #rows: LifeRow[] = [];
  readonly #events: LifeEvent[] = [];
  readonly #known = new Set<string>();

  see(atMs: number, type: string, object: KubeObject): void {
    const text = type === "DELETED" ? "gone" : (tellers[object.kind]?.(object) ?? "");
    if (this.#rows.at(-1)?.text !== text) this.#rows.push({ atMs, text });
  }

  /** What else is said of nodes was said before, too. One for each pod that it names, whose generated ends are not compared. */
  hear(atMs: number, { type, reason, message, involvedObject }: KubeEvent): void {
    if (involvedObject.kind === "Node" && reason !== "NodeNotReady") return;
    const masked = message.replace(refusedPod, "$1-…$2");
    if (this.#known.has(`${reason} ${masked}`)) return;
    this.#known.add(`${reason} ${masked}`);
    const text = `${reason}: ${masked.replaceAll(/\bpod: (\S+)-\w{5}$/gm, "pod: $1-…")}`;
    this.#events.push({ atMs, type, text });
  }

  life(): ObjectLife {
    return { rows: this.#rows, events: joined(this.#events) };
  }
}

/** A refused pod has a name of its own at each attempt, and how many there are is chance. */
const refusedPod = /(\bpods "\S+)-\w{5}(" is forbidden)/;

/** Whether pods that got ready together are answered in one step or in several is chance. */
function joined(events: readonly LifeEvent[]): readonly LifeEvent[] {
  const steps: LifeEvent[] = [];
  for (const event of events) {
    const before = steps.at(-1);
    const [, how, to] = scaling.exec(event.text) ?? [];
    const [, beforeHow, from] = scalingFrom.exec(before?.text ?? "") ?? [];
    if (before === undefined || how === undefined || how !== beforeHow) steps.push(event);
    else steps.splice(-1, 1, { ...before, text: `${how} from ${from} to ${to}` });
  }
  return steps;
}

const scaling = /^(.*Scaled \w+ replica set \S+) from \d+ to (\d+)$/;
const scalingFrom = /^(.*Scaled \w+ replica set \S+) from (\d+) to \d+$/;

/** What stands for a while in one life comes in the other's, in its order and at about its time. */
export function standingDifference(
  recorded: readonly LifeRow[],
  model: readonly LifeRow[],
): string | undefined {
  const missing = firstMissing(recorded, model);
  if (missing !== undefined) return `row ${shown(missing)} is missing`;
  const extra = firstMissing(model, recorded);
  if (extra !== undefined) return `row ${shown(extra)} is only in the model`;
  const [last, ours] = [recorded.at(-1), model.at(-1)];
  return last?.text === ours?.text
    ? undefined
    : `the last row is ${shown(ours)}, not ${shown(last)}`;
}

function firstMissing(rows: readonly LifeRow[], others: readonly LifeRow[]): LifeRow | undefined {
  let next = 0;
  for (const [index, row] of rows.entries()) {
    const untilMs = rows[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    if (untilMs - row.atMs < standingMs) continue;
    const found = others.findIndex((one, at) => {
      return at >= next && one.text === row.text && Math.abs(one.atMs - row.atMs) <= apartMs;
    });
    if (found < 0) return row;
    next = found;
  }
  return undefined;
}

export function shown(row: LifeRow | undefined): string {
  return row === undefined ? "nothing" : `"${row.text}" at ${(row.atMs / 1_000).toFixed(1)}s`;
}
