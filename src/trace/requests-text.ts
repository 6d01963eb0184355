import type { KubeObject } from "../../machines/api/meta.ts";
import { isEvent, isPod } from "../../machines/api/objects.ts";
import { resourceOf } from "../../machines/apiserver/api-status.ts";
import { timeText } from "./timeline-text.ts";

/** The part of a delivery that tells of a request. */
interface TracedRequest {
  readonly seq: number;
  readonly at: number;
  readonly from: string | null;
  readonly to: string;
  readonly cause: number;
  readonly event: { readonly type: string };
  readonly facts: readonly { readonly type: string; readonly [field: string]: unknown }[];
}

/** What a plugin or a webhook has put into an object. */
interface AdmissionChange {
  readonly by: string;
  readonly fields: readonly string[];
}

/** A write with the delivery that made it. */
interface TracedChange {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubeObject;
  readonly previous?: KubeObject;
  readonly seq: number;
}

interface Row {
  readonly atMs: number;
  readonly seq: number;
  readonly who: string;
  readonly what: string;
  readonly said: string;
}

/** Every write of a run: who asked, what admission put in, the revision, and who was told. */
export class RequestLog {
  readonly #rows: Row[] = [];
  readonly #told = new Map<number, Set<string>>();
  readonly #admitted: (pod: KubeObject) => readonly string[];
  readonly #answered: (object: KubeObject) => readonly AdmissionChange[] | undefined;
  #last: TracedRequest | undefined;

  /**
   * @param admitted what plugins have put into a new pod that was read from a manifest
   * @param answered who has changed what of an object that a request has just written
   */
  constructor(
    admitted: (pod: KubeObject) => readonly string[],
    answered: (object: KubeObject) => readonly AdmissionChange[] | undefined = () => undefined,
  ) {
    this.#admitted = admitted;
    this.#answered = answered;
  }

  delivered(delivery: TracedRequest): void {
    this.#last = delivery;
    const { at, cause, facts, from, seq, to } = delivery;
    if (from === null && cause > 0) {
      const told = this.#told.get(cause) ?? new Set<string>();
      this.#told.set(cause, told.add(componentOf(to)));
    }
    const fact = facts.find(({ type }) => type.startsWith("request.refused"));
    if (to.startsWith("request/") && fact !== undefined) {
      const stage = String(fact["stage"]);
      const [who, what] = [whoAsks(delivery), to.replace(/^request\/+\S+ | #[\d.]+$/g, "")];
      this.#rows.push({ atMs: at, seq, who, what, said: `refused at ${stage}` });
    }
  }

  changed({ type, object, previous, seq }: TracedChange): void {
    const delivery = this.#last;
    if (delivery === undefined || delivery.seq !== seq) return;
    const { namespace, name, resourceVersion = "" } = object.metadata;
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    const { resource } = resourceOf(object.kind);
    const part = previous === undefined || type === "DELETED" ? "" : partOf(object, previous);
    const verb = part === "/binding" ? "create" : verbs[type];
    const who = isEvent(object) ? (object.source?.component ?? "") : whoAsks(delivery);
    const own = this.#answered(object)?.map(({ by, fields }) => `${by} set ${fieldsText(fields)}`);
    const added = own ?? (type === "ADDED" && isPod(object) ? this.#admitted(object) : []);
    const said = [`revision ${resourceVersion}`, ...added].join("; ");
    this.#rows.push({
      atMs: delivery.at,
      seq,
      who,
      what: `${verb} ${resource}${part} ${key}`,
      said,
    });
  }

  /** One line each, in the order in which they were answered. */
  text(): string {
    const asked = this.#rows;
    const whos = Math.max(3, ...asked.map(({ who }) => who.length));
    const whats = Math.max(7, ...asked.map(({ what }) => what.length));
    const lines = asked.map(({ atMs, seq, who, what, said }) => {
      const told = [...(this.#told.get(seq) ?? [])].toSorted().join(", ");
      const end = told === "" ? said : `${said}; told ${told}`;
      return `${timeText(atMs).padEnd(9)}${who.padEnd(whos)}  ${what.padEnd(whats)}  ${end}\n`;
    });
    return [
      `${"TIME".padEnd(9)}${"WHO".padEnd(whos)}  ${"REQUEST".padEnd(whats)}  ANSWER\n`,
      ...lines,
    ].join("");
  }
}

/** `tolerations`, `metadata.labels` */
function fieldsText(fields: readonly string[]): string {
  return fields.map((field) => field.replace(/^spec\./, "")).join(", ");
}

const verbs = { ADDED: "create", MODIFIED: "patch", DELETED: "delete" } as const;

/** A status alone, a binding, or the object. */
function partOf(object: KubeObject, previous: KubeObject): string {
  if (isPod(object) && isPod(previous)) {
    if (object.spec.nodeName !== previous.spec.nodeName) return "/binding";
    return object.spec === previous.spec && object.status !== previous.status ? "/status" : "";
  }
  const fields = Object.entries(object).filter(([field, value]) => {
    const before = Object.entries(previous).find(([name]) => name === field)?.[1];
    return field !== "metadata" && before !== value;
  });
  return fields.length === 1 && fields[0]?.[0] === "status" ? "/status" : "";
}

function whoAsks({ to, from, event, cause }: TracedRequest): string {
  const [, user] = /^request\/+(\S+)/.exec(to) ?? [];
  if (user !== undefined) return user;
  if (!to.startsWith("apiserver/")) return componentOf(to);
  if (event.type === "request.bind") return "kube-scheduler";
  if (from !== null) return componentOf(from);
  return cause > 0 ? "kube-scheduler" : "kubernetes-admin";
}

/** The program that a machine is part of. */
export function componentOf(address: string): string {
  if (/^(?:scheduling|binding|scheduler)/.test(address)) return "kube-scheduler";
  if (address.startsWith("kubectl/")) return "kubernetes-admin";
  const [, elected] = /^leaderElection\/kube-system\/([^/]+)/.exec(address) ?? [];
  if (elected !== undefined) return elected;
  return controllers.test(address) ? "kube-controller-manager" : "kubelet";
}

const controllers = new RegExp(
  `^(?:${[
    "reconcileLoop",
    "replicaSet",
    "deployment",
    "endpoints",
    "endpointSlice",
    "nodeLifecycle",
    "nodeTaint",
    "taintEviction",
    "garbageCollector",
    "crdFinalizer",
    "namespace",
    "podGc",
    "leaderElection",
    "serviceAccount",
    "rootCaCertPublisher",
    "resourceQuota",
  ].join("|")})\\b`,
);
