import type { KubeObject } from "../../machines/api/meta.ts";
import type { PatchType } from "../../machines/apiserver/patch.ts";
import type { ApiRequest } from "../cluster/api-request.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { readManifests } from "../manifest/read.ts";
import { manifestKinds } from "../manifest/schema/kinds.ts";
import { keyOf } from "../store/store.ts";

/** Why the API refuses, in Kubernetes' words. */
export class ApiError extends Error {
  /** https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#StatusReason */
  readonly reason: "AlreadyExists" | "Invalid" | "NotFound";
  readonly code: 404 | 409 | 422;

  constructor(reason: ApiError["reason"], message: string) {
    super(message);
    this.name = reason;
    this.reason = reason;
    this.code = codes[reason];
  }
}

const codes = { NotFound: 404, AlreadyExists: 409, Invalid: 422 } as const;

/** Where an object is; a pod without a namespace is in `default`. */
export interface At {
  readonly namespace?: string;
}

/** The API as a reconciler sees it: it reads what is stored now, and what it writes is there. */
export class SimulatedApi {
  /** What the subject has written, as a report tells it. */
  readonly writes: string[] = [];
  readonly #cluster: () => Cluster;

  constructor(cluster: () => Cluster) {
    this.#cluster = cluster;
  }

  /** Virtual milliseconds. */
  get nowMs(): number {
    return this.#cluster().now;
  }

  get(kind: string, name: string, at: At = {}): KubeObject | undefined {
    return this.#cluster().get(kind, keyFor(kind, name, at));
  }

  /** All of a kind, or those of a namespace. */
  list(kind: string, { namespace }: At = {}): readonly KubeObject[] {
    const all = this.#cluster().list(kind);
    return all.filter(({ metadata }) => [metadata.namespace, undefined].includes(namespace));
  }

  /** Throws AlreadyExists, and Invalid with every mistake of the object. */
  create(object: object): KubeObject {
    const read = this.#read(object);
    if (this.#cluster().get(read.kind, keyOf(read)) !== undefined) {
      throw new ApiError("AlreadyExists", `${read.kind} ${keyOf(read)} already exists`);
    }
    return this.#write("create", read);
  }

  /** Creates the object, or changes what it says of the one that there is. */
  apply(object: object): KubeObject {
    return this.#write("apply", this.#read(object));
  }

  /** A JSON merge patch unless said otherwise. Throws NotFound. */
  patch(kind: string, name: string, patch: object, at: At & { patchType?: PatchType } = {}): void {
    const { patchType = "merge" } = at;
    this.#send("patch", { kind, key: this.#known(kind, name, at), patch, patchType });
  }

  /** Throws NotFound. */
  delete(kind: string, name: string, at: At & { gracePeriodSeconds?: number } = {}): void {
    const { gracePeriodSeconds = null } = at;
    this.#send("delete", { kind, key: this.#known(kind, name, at), gracePeriodSeconds });
  }

  #read(object: object): KubeObject {
    const text = JSON.stringify(object);
    const { objects, issues } = readManifests([{ file: "object", text }]);
    const [read] = objects;
    if (read !== undefined && issues.length === 0) return read;
    const mistakes = issues.map(
      ({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`,
    );
    throw new ApiError("Invalid", mistakes.join("; ") || "expected an object, got none");
  }

  #known(kind: string, name: string, at: At): string {
    const key = keyFor(kind, name, at);
    if (this.#cluster().get(kind, key) !== undefined) return key;
    throw new ApiError("NotFound", `${kind} ${key} not found`);
  }

  #write(verb: "create" | "apply", object: KubeObject): KubeObject {
    this.#send(verb, { object });
    return this.#cluster().get(object.kind, keyOf(object)) ?? object;
  }

  /** The API server has it before anything else happens. */
  #send(verb: string, request: ApiRequest): void {
    const { system, now } = this.#cluster();
    const { object, kind = object?.kind, key = object && keyOf(object) } = request;
    this.writes.push(`${now / 1_000} s ${verb} ${kind} ${key}`);
    const before = new Set(system.ahead.waiting());
    const to = { machine: "apiserver", subject: {} };
    system.send({ to, event: { type: `request.${verb}` }, detail: { ...request } });
    for (const one of system.ahead.waiting()) if (!before.has(one)) system.stepWith(one);
  }
}

function keyFor(kind: string, name: string, { namespace = "default" }: At): string {
  const known = manifestKinds.find((one) => one.kind === kind);
  return known?.isNamespaced === false ? name : `${namespace}/${name}`;
}
