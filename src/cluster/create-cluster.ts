import { assert } from "../../machines/assert.ts";
import { catalogue } from "../../machines/index.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { parseDuration } from "../../machines/api/go-duration.ts";
import type { ApiResource } from "../../machines/apiserver/api-resources.ts";
import { admin, type Credential } from "../../machines/apiserver/user-info.ts";
import { defaultMinor } from "../../machines/feature-gates.ts";
import { forVersion } from "../../machines/for-version.ts";
import type { ManifestEntry } from "../manifest/decode.ts";
import type { Scenario } from "../manifest/scenario.ts";
import { storedKind } from "../store/store.ts";
import { type ApiCall, type ObjectList, storeKindOf } from "../system/api/call.ts";
import { apiContextOf } from "../system/api-context.ts";
import { eventOf, openWatch, type WatchEvent } from "../system/api/watch.ts";
import { serves } from "../system/control-plane.ts";
import { requestOf } from "../system/routes/request.ts";
import type { SavedSystem } from "../system/save.ts";
import { ApiError } from "./api-error.ts";
import { isKubeObject, isList, namespaceOf } from "./answers.ts";
import { type AppliedEntry, applyEntry, entriesIn } from "./applied-entries.ts";
import { resourceNamed } from "./api-names.ts";
import type {
  ApplyOptions,
  DeleteOptions,
  InNamespace,
  ListOptions,
  PatchOptions,
  WriteOptions,
} from "./call-options.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import { connectionRefusedText } from "./boot.ts";
import { Cluster } from "./cluster.ts";
import type { CreateClusterOptions } from "./create-options.ts";
import { networkRequest, type RequestAnswer, type RequestOptions } from "./network-request.ts";
import type { RequestFrom } from "./network-target.ts";
import { systemNamespaces } from "./system-namespaces.ts";

/** A small Kubernetes: its nodes run pods, and its namespaces are there. */
export function createCluster(options: CreateClusterOptions = {}): KubeCluster {
  const { version = defaultMinor, nodes = 1, opaque = false, ...others } = options;
  const machines = Object.entries(catalogue);
  const instead = Object.fromEntries(
    machines.map(([id, machine]) => [id, forVersion(machine, { version })]),
  );
  const isOther = version !== defaultMinor;
  const objects = systemNamespaces;
  const made = Cluster.create({ ...others, nodes, objects, ...(isOther && { instead }) });
  while (made.system.nextAt() === 0) made.system.step();
  return new KubeCluster(made, admin, opaque);
}

/**
 * A cluster as it was saved; with its scenario it goes on byte for byte. `opaque` and `webhooks` as
 * it was made with.
 */
export function loadCluster(
  saved: SavedSystem,
  scenario?: Scenario,
  { opaque = false, webhooks = {} }: Pick<CreateClusterOptions, "opaque" | "webhooks"> = {},
): KubeCluster {
  return new KubeCluster(Cluster.load(saved, scenario, [], webhooks), admin, opaque);
}

/**
 * kubectl's verbs over a virtual cluster. Each goes the whole way of a request at once, at the
 * cluster's time; what is refused throws an `ApiError` and has changed nothing. Kinds are named as
 * kubectl does: `Pod`, `pods`, `po`.
 */
export class KubeCluster {
  /** The cluster below, for traces, choices and everything else. */
  readonly cluster: Cluster;
  #credential: Credential;
  readonly #isOpaque: boolean;

  constructor(cluster: Cluster, credential: Credential = admin, isOpaque = false) {
    this.cluster = cluster;
    this.#credential = credential;
    this.#isOpaque = isOpaque;
  }

  /** Virtual milliseconds since the start. */
  get now(): number {
    return this.cluster.now;
  }

  /** The same cluster as somebody else sees it, who may do less. */
  as(credential: Credential): KubeCluster {
    return new KubeCluster(this.cluster, credential, this.#isOpaque);
  }

  /** Creates an object; with `generateName` it gets a name. */
  create(object: object, options: WriteOptions = {}): KubeObject {
    const { resource, namespace } = this.#placeOf(object, options);
    return this.#ask({ verb: "create", resource, namespace, body: object, options });
  }

  /** Replaces an object; with a resourceVersion only if nobody has written since. */
  update(
    object: object,
    options: WriteOptions & Pick<PatchOptions, "subresource"> = {},
  ): KubeObject {
    const { resource, namespace, name } = this.#placeOf(object, options);
    const { subresource } = options;
    return this.#ask({
      verb: "update",
      resource,
      subresource,
      namespace,
      name,
      body: object,
      options,
    });
  }

  /**
   * `kubectl apply` of YAML, JSON or objects: creates what is not there, and changes what is other
   * than it was applied before.
   */
  apply(manifest: string | object | readonly object[], options: ApplyOptions = {}): KubeObject[] {
    return entriesIn(manifest, options.file).map((entry) => this.#apply(entry, options));
  }

  get(kind: string, name: string, options: InNamespace = {}): KubeObject {
    const resource = this.#resourceNamed(kind);
    return this.#ask({ verb: "get", resource, namespace: namespaceOf(resource, options), name });
  }

  /** In order of namespace and name. */
  list(kind: string, options: ListOptions = {}): ObjectList {
    const { namespace, ...selectors } = options;
    const call = {
      verb: "list",
      resource: this.#resourceNamed(kind),
      namespace,
      options: selectors,
    } as const;
    const answer = this.#send(call);
    assert(isList(answer), "a list is answered with a list");
    return answer;
  }

  /**
   * Hears what there is, or with a resourceVersion what has changed since then, and every change
   * from now on; the result ends it. A resourceVersion that is compacted throws `Expired`.
   */
  watch(kind: string, options: ListOptions, listener: WatchListener): () => void {
    const { namespace, ...selectors } = options;
    const call: ApiCall = {
      verb: "watch",
      resource: this.#resourceNamed(kind),
      namespace,
      options: selectors,
    };
    const { cluster } = this;
    const opened = openWatch(apiContextOf(cluster.system.world, cluster.now), call);
    if ("refused" in opened) throw new ApiError(opened.refused);
    for (const event of opened.events) listener(event);
    return cluster.watch((change) => {
      if (storedKind(change.object) !== storeKindOf(call.resource)) return;
      const event = eventOf(change, opened.wanted);
      if (event !== undefined) listener(event);
    });
  }

  patch(kind: string, name: string, patch: unknown, options: PatchOptions = {}): KubeObject {
    const { type = "strategic", subresource, namespace: _, ...others } = options;
    const resource = this.#resourceNamed(kind);
    const namespace = namespaceOf(resource, options);
    const how = { fieldManager: "kubectl-patch", ...others, patchType: type };
    return this.#ask({
      verb: "patch",
      resource,
      subresource,
      namespace,
      name,
      body: patch,
      options: how,
    });
  }

  /** One object, or without a name all that `labelSelector` means. */
  delete(kind: string, name: string | undefined, options: DeleteOptions = {}): void {
    const { namespace: _, ...others } = options;
    const resource = this.#resourceNamed(kind);
    const namespace = namespaceOf(resource, options);
    const verb = name === undefined ? "deletecollection" : "delete";
    this.#send({ verb, resource, namespace, name, options: others });
  }

  /**
   * Opens a connection to `web:80`, `10.96.0.7:80` or `node-1:30080`, by the rules that kube-proxy
   * has synced last: which pod answers, or why none.
   */
  request(target: string, from: RequestFrom, options: RequestOptions = {}): RequestAnswer {
    const { world, choices, now } = this.cluster.system;
    return networkRequest({ world, choices, now }, target, from, options);
  }

  /** How many pods a workload is to have. */
  scale(kind: string, name: string, replicas: number, options: InNamespace = {}): void {
    this.patch(
      kind,
      name,
      { spec: { replicas } },
      { ...options, subresource: "scale", type: "merge" },
    );
  }

  /** Deletes a pod unless its disruption budget forbids it. */
  evict(pod: string, options: InNamespace & Pick<DeleteOptions, "gracePeriodSeconds"> = {}): void {
    const resource = this.#resourceNamed("Pod");
    const { gracePeriodSeconds } = options;
    const deleteOptions = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    this.#send({
      verb: "create",
      resource,
      subresource: "eviction",
      namespace: namespaceOf(resource, options),
      name: pod,
      body: { metadata: { name: pod }, deleteOptions },
    });
  }

  /** Makes one delivery; false when nothing is pending. */
  step(): boolean {
    return this.cluster.system.step();
  }

  /** Lets time go on, in ms or as `"90s"`; what is due until then happens. */
  advance(by: number | string): void {
    const ms = typeof by === "number" ? by : parseDuration(by);
    if (ms === undefined || !(ms >= 0)) {
      throw new RangeError(`advance takes milliseconds or a time such as "90s", not ${String(by)}`);
    }
    this.cluster.system.advanceTo(this.now + ms);
  }

  /** Runs until only periodic work is left; at most for that long, an hour unless it is said. */
  settle(atMostMs = 3_600_000): { readonly endedBy: "quiet" | "until" } {
    return this.cluster.run(this.now + atMostMs);
  }

  /** A copy that goes its own way, without listeners. */
  fork(): KubeCluster {
    return new KubeCluster(this.cluster.fork(), this.#credential, this.#isOpaque);
  }

  /** Plain JSON; `loadCluster` goes on from it. */
  save(): SavedSystem {
    return this.cluster.save();
  }

  #apply(entry: AppliedEntry, options: ApplyOptions): KubeObject {
    const { resource, namespace, name } = this.#placeOf(entry.object, options);
    const send = (call: Omit<ApiCall, "resource" | "namespace">) =>
      this.#ask({ resource, namespace, ...call }, entry.place);
    const key = resource.isNamespaced ? `${namespace}/${name}` : name;
    const known = this.cluster.get(storeKindOf(resource), key);
    return applyEntry({ ...entry, namespace, name, known }, options, send);
  }

  #resourceNamed(word: string, apiVersion?: string): ApiResource {
    const { store } = this.cluster.system.world;
    return resourceNamed(word, { store, isOpaque: this.#isOpaque }, apiVersion);
  }

  #placeOf(object: object, options: InNamespace) {
    const { apiVersion, kind, metadata }: Readonly<Record<string, unknown>> = { ...object };
    const resource = this.#resourceNamed(String(kind ?? ""), String(apiVersion ?? "v1"));
    const { name, namespace } = isFields(metadata) ? metadata : {};
    const own = typeof namespace === "string" ? { namespace } : {};
    return {
      resource,
      namespace: namespaceOf(resource, { ...own, ...options }),
      name: typeof name === "string" ? name : "",
    };
  }

  #ask(call: ApiCall, place?: ManifestEntry): KubeObject {
    const object = this.#send(call, place);
    assert(isKubeObject(object), "what is asked for is an object");
    return object;
  }

  #send(call: ApiCall, place?: ManifestEntry): object {
    const { system } = this.cluster;
    if (!serves(system.world, "kube-apiserver")) {
      throw new ApiError({ code: 0, message: connectionRefusedText });
    }
    system.deliver(requestOf({ call, credential: this.#credential }));
    const { answer } = system.world;
    assert(answer !== undefined, "the API server answers every call");
    if ("refused" in answer) throw new ApiError(answer.refused, place);
    return answer.object;
  }
}

type WatchListener = (event: WatchEvent) => void;
