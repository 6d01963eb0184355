import { beforeDelete } from "../../machines/apiserver/deletion.ts";
import { type PatchType, patchObject } from "../../machines/apiserver/patch.ts";
import {
  convertFieldSelector,
  toSelectableFields,
} from "../../machines/apiserver/selectable-fields.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import { generateUid } from "../../machines/api/generated-names.ts";
import { fieldsMatch, parseFieldSelector } from "../../machines/api/field-selector.ts";
import { parseSelector } from "../../machines/api/parse-selector.ts";
import { requirementsMatch } from "../../machines/api/requirement-matches.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { PodCondition } from "../../machines/api/pod-status.ts";
import { extended } from "../../machines/extended.ts";
import { canBeDeleted } from "../../machines/kubelet/status-cache.ts";
import { keyOf } from "../store/store.ts";
import type { EnvironmentAnswers } from "../manifest/scenario/answers.ts";
import type { Handler, HandlerContext } from "../system/composition.ts";
import type { KubeWorld } from "../system/world.ts";
import { completed } from "./completed.ts";

/** What a user or a component asks of the API; it travels as the message's detail. */
export interface ApiRequest {
  /** Create or apply. */
  readonly object?: KubeObject;
  /** Delete. */
  readonly kind?: string;
  readonly key?: string;
  /** Instead of a key: all of the kind in the namespace that the selectors' texts find. */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly namespace?: string;
  readonly gracePeriodSeconds?: number | null;
  readonly patch?: unknown;
  /** Of a binding. */
  readonly uid?: string;
  readonly nodeName?: string;
  /** A JSON merge patch unless given. */
  readonly patchType?: PatchType;
}

/**
 * Stands where the API server's request pipeline will: every write of an object that is not a
 * kubelet's PATCH goes through here to the store.
 */
export function apiServerOf(answers: Pick<EnvironmentAnswers, "bind">): Handler<KubeWorld> {
  return (context) => {
    if (context.event.type === "request.bind") return answerBinding(context, answers);
    return answer(context);
  };
}

function answerBinding(
  { world, from, detail, now, send }: HandlerContext<KubeWorld>,
  answers: Pick<EnvironmentAnswers, "bind">,
): void {
  const request: ApiRequest = { ...detail };
  const said = answers.bind({ pod: request.key, node: request.nodeName }, now);
  const message = said?.fails ?? bind(world, request, now);
  const event = { type: "bind.answered", isRefused: message !== undefined };
  if (from !== undefined) send({ to: from, event, detail: { message }, delayMs: said?.takesMs });
}

function answer({ world, event, from, detail, now }: HandlerContext<KubeWorld>): void {
  switch (event.type) {
    case "request.create":
      return create(world, { ...detail }, now);
    case "request.apply":
      return apply(world, { ...detail }, now);
    case "request.delete":
      for (const one of selected(world, { ...detail })) remove(world, one, now);
      return;
    case "request.patch":
      for (const one of selected(world, { ...detail })) patch(world, one, now);
      return;
    case "pod.finished":
      return deleteFinished(world, from?.subject.pod ?? "", now);
    default:
      throw new Error(`the API server is not asked for ${event.type}`);
  }
}

/** The request for each object that it means. */
function selected(world: KubeWorld, request: ApiRequest): readonly ApiRequest[] {
  const { kind, labelSelector, fieldSelector = "", namespace } = request;
  if (kind === undefined || labelSelector === undefined) return [request];
  const labels = parseSelector(labelSelector);
  const parsed = parseFieldSelector(fieldSelector);
  if ("error" in labels || "error" in parsed) return [];
  const fields = convertFieldSelector(kind, parsed);
  if ("error" in fields) return [];
  const objects = world.store.list(kind).filter((object) => {
    const { metadata } = object;
    const isInNamespace = namespace === undefined || metadata.namespace === namespace;
    const isLabelled = requirementsMatch(labels.requirements, metadata.labels);
    return isInNamespace && isLabelled && fieldsMatch(fields, toSelectableFields(object));
  });
  return objects.map((object) => ({ ...request, key: keyOf(object) }));
}

/** What is there already stays as it is; kubectl create prints AlreadyExists. */
function create(world: KubeWorld, { object }: ApiRequest, now: number): void {
  if (object === undefined || world.store.get(object.kind, keyOf(object)) !== undefined) return;
  const creationTimestamp = world.time(now);
  const uid = uidOf(object, now);
  const made = uid === undefined ? { creationTimestamp } : { uid, creationTimestamp };
  world.store.put(completed({ ...object, metadata: extended(object.metadata, made) }));
}

/** Of an object that is there changes what the manifest says, and nothing else. */
function apply(world: KubeWorld, request: ApiRequest, now: number): void {
  const { object } = request;
  const known = object && world.store.get(object.kind, keyOf(object));
  if (object === undefined || known === undefined) return create(world, request, now);
  const { labels = {}, annotations = {} } = object.metadata;
  const declared = Object.entries(object).filter(([field]) => field !== "status");
  const change = { ...Object.fromEntries(declared), metadata: { labels, annotations } };
  putChanged(world, known, patched(known, change, "merge"));
}

/** Who is created later under a name that was there before is somebody else. */
function uidOf({ kind, metadata: { namespace = "", name, uid } }: KubeObject, now: number) {
  return now === 0 ? uid : generateUid(kind, namespace, name, now);
}

/** A patch that takes the last finalizer away removes an object that was waiting for it. */
function patch(
  world: KubeWorld,
  { kind, key, patch: change, patchType = "merge" }: ApiRequest,
  now: number,
): void {
  const object = kind === undefined ? undefined : world.store.get(kind, key ?? "");
  if (object === undefined) return;
  putChanged(world, object, patched(object, change, patchType));
  const pod = kind === "Pod" ? world.pod(key ?? "") : undefined;
  if (pod?.metadata.deletionTimestamp === undefined) return;
  if (pod.metadata.deletionGracePeriodSeconds === 0) removePod(world, pod, 0, now);
}

/** What changes nothing writes nothing. */
function putChanged(world: KubeWorld, before: KubeObject, after: KubeObject): void {
  if (JSON.stringify(after) !== JSON.stringify(before)) world.store.put(after);
}

/** The object as it was when the patch cannot be applied or would make another object of it. */
function patched(object: KubeObject, change: unknown, type: PatchType): KubeObject {
  const done = patchObject(object, change, type, object.kind);
  if ("error" in done || !isSame(object, done.result)) return object;
  return withGeneration(object, done.result);
}

/** Kind and name cannot be patched. */
function isSame(object: KubeObject, after: unknown): after is KubeObject {
  if (!isFields(after) || !isFields(after["metadata"])) return false;
  const { name, namespace, uid } = after["metadata"];
  const { metadata } = object;
  const isNamedSo = name === metadata.name && namespace === metadata.namespace;
  return isNamedSo && uid === metadata.uid && after["kind"] === object.kind;
}

/** A changed spec is another generation. pkg/registry/core/pod/strategy.go PrepareForUpdate */
function withGeneration(before: KubeObject, after: KubeObject): KubeObject {
  const { generation } = before.metadata;
  const isNew = JSON.stringify(specOf(before)) !== JSON.stringify(specOf(after));
  if (generation === undefined || !isNew) return after;
  return { ...after, metadata: { ...after.metadata, generation: generation + 1 } };
}

function specOf(object: KubeObject): unknown {
  return Object.entries(object).find(([field]) => field === "spec")?.[1];
}

/** Why a pod cannot be bound, or undefined when it has been. pkg/registry/core/pod/storage */
function bind(world: KubeWorld, { key = "", uid, nodeName = "" }: ApiRequest, now: number) {
  const pod = world.pod(key);
  if (pod === undefined) return `pods "${key.split("/").pop()}" not found`;
  const refusal = bindingRefusal(pod, uid);
  if (refusal !== undefined) return `Operation cannot be fulfilled on pods/binding ${refusal}`;
  const scheduled: PodCondition = {
    type: "PodScheduled",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: world.time(now),
  };
  const { conditions = [], nominatedNodeName: _, ...status } = pod.status ?? {};
  const others = conditions.filter(({ type }) => type !== scheduled.type);
  world.store.put<Pod>({
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...status, conditions: [...others, scheduled] },
  });
  return undefined;
}

function bindingRefusal({ metadata, spec }: Pod, uid: string | undefined): string | undefined {
  const { name } = metadata;
  if (uid !== undefined && metadata.uid !== uid) {
    return `"${name}": the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid})`;
  }
  if (metadata.deletionTimestamp !== undefined) {
    return `"${name}": pod ${name} is being deleted, cannot be assigned to a host`;
  }
  if (spec.nodeName === undefined) return undefined;
  return `"${name}": pod ${name} is already assigned to node "${spec.nodeName}"`;
}

/** DELETE; a bound pod is only marked, and its kubelet deletes it with a period of 0. */
function remove(
  world: KubeWorld,
  { kind, key, gracePeriodSeconds }: ApiRequest,
  now: number,
): void {
  if (kind === undefined || key === undefined) return;
  const object = world.store.get(kind, key);
  if (object === undefined) return;
  const pod = kind === "Pod" ? world.pod(key) : undefined;
  if (pod !== undefined) return removePod(world, pod, gracePeriodSeconds ?? null, now);
  world.store.delete(kind, key);
}

function removePod(world: KubeWorld, pod: Pod, graceSeconds: number | null, now: number): void {
  const nowMs = world.epochMs + now;
  const { mark, removes } = beforeDelete(pod, graceSeconds, nowMs);
  if (mark !== undefined) {
    const { generation = 1 } = pod.metadata;
    world.store.put<Pod>({
      ...pod,
      metadata: {
        ...pod.metadata,
        generation: mark.isFirst ? generation + 1 : generation,
        deletionTimestamp: world.time(mark.deletionMs - world.epochMs),
        deletionGracePeriodSeconds: mark.graceSeconds,
      },
    });
  }
  if (removes) world.store.delete("Pod", keyOf(pod));
}

/** The status manager deletes what has finished; an object that is gone is forgotten. */
function deleteFinished(world: KubeWorld, key: string, now: number): void {
  const side = world.findSide(key);
  if (side === undefined) return;
  const pod = world.pod(key);
  if (pod === undefined || pod.metadata.uid !== side.uid) return world.removeSide(key);
  if (!canBeDeleted(pod, side.isFinished)) return;
  removePod(world, pod, 0, now);
}
