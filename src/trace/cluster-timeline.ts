import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { isEvent, isPod, isWhole } from "../../machines/api/objects.ts";
import { printRow } from "../../machines/api/table-printers.ts";
import { resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import { objectName } from "../../machines/kubectl/cmd/mapping.ts";
import { type ActingDelivery, actorOf } from "./components.ts";
import { type ObjectChange, Timeline, type TimelineRow } from "./timeline.ts";

/** What somebody did that is no news of a pod. */
export interface DeedRow {
  readonly atMs: number;
  readonly who: string;
  readonly cause: string;
}

/** What a Service's rules on a node are made of: its address, and where its traffic goes. */
export interface ServiceRules {
  /** `default/web:http` */
  readonly service: string;
  /** `10.96.0.10:80` */
  readonly address: string;
  readonly endpoints: readonly string[];
}

interface Delivered extends ActingDelivery {
  readonly seq: number;
  readonly at: number;
  readonly detail: object | null;
  readonly facts: readonly { readonly type: string }[];
}

/** Rows of pods, and of all else that components do for them, each with who did it. */
export class ClusterTimeline {
  readonly #pods: Timeline;
  readonly #epochMs: number;
  readonly #rulesOn: (node: string) => readonly ServiceRules[];
  readonly #shown = new Map<string, string>();
  readonly #rules = new Map<string, string>();
  #last: Delivered | undefined;

  /** @param rulesOn of what a node's rules were made last */
  constructor(epochMs: number, rulesOn: (node: string) => readonly ServiceRules[]) {
    this.#epochMs = epochMs;
    this.#pods = new Timeline(epochMs);
    this.#rulesOn = rulesOn;
  }

  /** A kube-proxy that has other rules now. */
  delivered(delivery: Delivered): readonly DeedRow[] {
    this.#last = delivery;
    const { said }: { readonly said?: unknown } = { ...delivery.detail };
    if (delivery.event.type === "kubectl.said" && typeof said === "string") {
      const { at: atMs } = delivery;
      return said.split("\n").map((cause) => ({ atMs, who: "kubectl", cause }));
    }
    const [, node] = /^kubeProxy\/(.+)$/.exec(delivery.to) ?? [];
    if (node === undefined) return [];
    if (delivery.facts.every(({ type }) => type !== "rules.synced")) return [];
    return this.#changedRules(node).map((cause) => {
      return { atMs: delivery.at, who: "kube-proxy", cause };
    });
  }

  changed(change: ObjectChange & { readonly seq: number }): readonly (TimelineRow | DeedRow)[] {
    const { atMs, object } = change;
    const isOwn = this.#last !== undefined && this.#last.seq === change.seq;
    const who = isOwn && this.#last !== undefined ? actorOf(this.#last) : "";
    const row = this.#pods.add(change);
    if (row !== undefined) return [{ ...row, who }];
    const cause = this.#deed(change);
    return cause === undefined ? [] : [{ atMs, who: isEvent(object) ? sayer(object) : who, cause }];
  }

  #deed({ type, object, atMs }: ObjectChange): string | undefined {
    if (isEvent(object)) return type === "ADDED" && isNews(object) ? eventText(object) : undefined;
    if (isPod(object) || silent.includes(object.kind)) return undefined;
    const name = nameOf(object);
    const before = this.#shown.get(name);
    const shown = shownOf(object, this.#epochMs + atMs);
    if (type === "DELETED") {
      this.#shown.delete(name);
      return `${name} deleted`;
    }
    this.#shown.set(name, shown);
    if (before === shown || (before === undefined && object.kind === "Node")) return undefined;
    return before === undefined ? `${name} created` : `${name}: ${shown}`;
  }

  /** All proxies of a cluster write the same, one a moment after the other: it is told once. */
  #changedRules(node: string): readonly string[] {
    const now = new Map(this.#rulesOn(node).map((rules) => [rules.service, rulesText(rules)]));
    const changed = [...now].filter(([service, text]) => this.#rules.get(service) !== text);
    const gone = [...this.#rules.keys()].filter((service) => !now.has(service));
    for (const [service, text] of changed) this.#rules.set(service, text);
    for (const service of gone) this.#rules.delete(service);
    return [
      ...changed.map(([, text]) => text),
      ...gone.map((service) => `no rules for service ${service} any more`),
    ];
  }
}

/** Nobody waits for these. */
const silent = ["Lease", "Namespace"];

/** Who says something about an object, and not only does it. */
function sayer({ source, reportingComponent }: KubeEvent): string {
  const said = source?.component ?? reportingComponent ?? "";
  return said === "node-controller" ? "node-lifecycle-controller" : said;
}

/** What kubelets say of their pods and nodes stands with these. */
function isNews(event: KubeEvent): boolean {
  const component = sayer(event);
  return component !== "" && component !== "kubelet" && event.reason !== "RegisteredNode";
}

function eventText({ reason, message, involvedObject: { kind } }: KubeEvent): string {
  const text = `${reason}: ${message.split("\n")[0] ?? ""}`;
  return kind === "Pod" || kind === "Node" ? text : text.replace(/\.$/, "");
}

function nameOf({ kind, metadata: { name, namespace = "default" } }: KubeObject): string {
  const resource = resourceOfKind(kind);
  const own = resource === undefined ? `${kind}/${name}` : objectName(resource, name);
  return namespace === "default" || resource?.isNamespaced !== true
    ? own
    : `${own} in ${namespace}`;
}

/** As `kubectl get` shows it; of a slice what its addresses are worth, too. */
function shownOf(object: KubeObject, nowMs: number): string {
  const cells = Object.entries(printRow(object, nowMs)).filter(([column]) => {
    return isShown(object.kind, column);
  });
  const text = cells.map(([column, cell]) => `${column} ${cell}`).join(", ");
  if (!isWhole(object, "EndpointSlice")) return text;
  const endpoints = object.endpoints ?? [];
  const ready = endpoints.filter(({ conditions }) => conditions?.ready !== false);
  return `${ready.length} of ${endpoints.length} ready, ${text}`;
}

function isShown(kind: string, column: string): boolean {
  if (kind === "Node") return column === "STATUS";
  if (kind === "EndpointSlice") return column === "ENDPOINTS";
  return !unshown.includes(column);
}

const unshown = ["NAME", "AGE", "CONTAINERS", "IMAGES", "SELECTOR", "DURATION", "LAST SCHEDULE"];

function rulesText({ service, address, endpoints }: ServiceRules): string {
  const to = endpoints.length === 0 ? "refused, it has no endpoints" : `to ${endpoints.join(", ")}`;
  return `rules for service ${service}: ${address} ${to}`;
}
