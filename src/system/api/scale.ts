import type { KubeObject } from "../../../machines/api/meta.ts";
import { formatLabelSelector } from "../../../machines/api/labels.ts";
import type { ScalePaths } from "../../../machines/api/extension-objects.ts";
import type { LabelSelector } from "../../../machines/api/label-selector.ts";
import {
  type ApiStatus,
  invalidStatus,
  newBadRequest,
} from "../../../machines/apiserver/api-status.ts";
import { invalid } from "../../../machines/apiserver/field-error.ts";
import { patchObject } from "../../../machines/apiserver/patch.ts";
import { type Fields, isFields } from "../../../machines/apiserver/patch-value.ts";
import { type ApiAnswer, type ApiCall, type ApiContext, refuse } from "./call.ts";
import { known, notFound } from "./read.ts";
import { changed } from "./update.ts";

/** How many there are to be of what an object makes; autoscaling/v1 Scale. */
export interface Scale {
  readonly kind: "Scale";
  readonly apiVersion: "autoscaling/v1";
  readonly metadata: Fields;
  readonly spec: { readonly replicas: number };
  readonly status: { readonly replicas: number; readonly selector?: string };
}

/** GET, PUT and PATCH of `…/scale`; pkg/registry/apps/deployment/storage/storage.go ScaleREST */
export function scale(context: ApiContext, call: ApiCall): ApiAnswer {
  const object = known(context, call);
  if (object === undefined)
    return refuse(notFound(call), call.verb === "get" ? "reading" : "persistence");
  const before = scaleOf(object, call.resource.custom?.scale);
  if (call.verb === "get") return { code: 200, object: before };
  const sent = call.verb === "update" ? call.body : patchedScale(before, call);
  const wanted = scaleIn(sent, object);
  if ("code" in wanted) return refuse(wanted, "validation");
  const { resourceVersion } = wanted;
  const { spec: _, ...others }: Fields = { ...object };
  const path = call.resource.custom?.scale?.specReplicasPath ?? ".spec.replicas";
  const spec = withReplicas(partOf(object, "spec"), stepsOf(path).slice(1), wanted.replicas);
  const metadata = { ...object.metadata, ...(resourceVersion && { resourceVersion }) };
  const answer = changed(context, { ...call, verb: "update" }, object, {
    ...others,
    ...withSpec(spec),
    metadata,
  });
  if ("refused" in answer) return answer;
  const after: unknown = answer.object;
  return {
    ...answer,
    object: isKubeObject(after) ? scaleOf(after, call.resource.custom?.scale) : before,
  };
}

function withSpec(spec: Fields): { readonly apiVersion?: string } {
  const part: object = { spec };
  return part;
}

function patchedScale(before: Scale, { body, options = {} }: ApiCall): unknown {
  const { patchType = "merge" } = options;
  const type = patchType === "apply" ? "merge" : patchType;
  const done = patchObject(before, body, type, "Scale");
  return "error" in done ? done : done.result;
}

interface Wanted {
  readonly replicas: number;
  readonly resourceVersion: string;
}

function scaleIn(sent: unknown, object: KubeObject): Wanted | ApiStatus {
  if (!isFields(sent)) return newBadRequest("the body of the request is no Scale");
  if (typeof sent["error"] === "string") return newBadRequest(sent["error"]);
  const { kind = "Scale", spec, metadata } = sent;
  if (kind !== "Scale") {
    const what = `${String(kind)} in version "v1" cannot be handled as a Scale`;
    return newBadRequest(
      `${what}: converting (v1.${String(kind)}) to (autoscaling.Scale): unknown conversion`,
    );
  }
  const { replicas = 0 } = isFields(spec) ? spec : {};
  const { resourceVersion = "" } = isFields(metadata) ? metadata : {};
  if (typeof replicas !== "number" || !Number.isInteger(replicas)) {
    return newBadRequest(
      'Scale in version "v1" cannot be handled as a Scale: spec.replicas is no int32',
    );
  }
  if (replicas >= 0) return { replicas, resourceVersion: String(resourceVersion) };
  const scaled = { apiVersion: "autoscaling/v1", kind: "Scale", metadata: object.metadata };
  const detail = "must be greater than or equal to 0";
  const status = invalidStatus(scaled, [invalid("spec.replicas", replicas, detail)]);
  return { ...status, details: { ...status.details, group: "autoscaling" } };
}

/** `.spec.replicas` as a definition says where such a number is. */
function stepsOf(path: string): readonly string[] {
  return path.split(".").filter((step) => step !== "");
}

function valueAt(object: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>((at, step) => (isFields(at) ? at[step] : undefined), object);
}

function withReplicas(spec: Fields, steps: readonly string[], replicas: number): Fields {
  const [first = "replicas", ...rest] = steps;
  const inside = spec[first];
  const below = isFields(inside) ? inside : {};
  return { ...spec, [first]: rest.length === 0 ? replicas : withReplicas(below, rest, replicas) };
}

export function scaleOf(object: KubeObject, paths?: ScalePaths): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const { selector } = partOf(object, "spec");
  const replicas = valueAt(object, paths?.specReplicasPath ?? ".spec.replicas");
  const current = valueAt(object, paths?.statusReplicasPath ?? ".status.replicas");
  const labels = paths?.labelSelectorPath;
  const own = labels === undefined ? undefined : valueAt(object, labels);
  const text = paths === undefined ? selectorText(selector) : typeof own === "string" ? own : "";
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: {
      name,
      ...(namespace && { namespace }),
      ...(uid && { uid }),
      ...(resourceVersion && { resourceVersion }),
      ...(creationTimestamp && { creationTimestamp }),
    },
    spec: { replicas: typeof replicas === "number" ? replicas : 0 },
    status: {
      replicas: typeof current === "number" ? current : 0,
      ...(text && { selector: text }),
    },
  };
}

function selectorText(selector: unknown): string {
  if (!isFields(selector)) return "";
  if (isSelector(selector)) return formatLabelSelector(selector);
  const pairs = Object.entries(selector).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([key, value]) => `${key}=${String(value)}`).join(",");
}

function isSelector(selector: Fields): selector is Fields & LabelSelector {
  return "matchLabels" in selector || "matchExpressions" in selector;
}

function partOf(object: KubeObject, part: "spec" | "status"): Fields {
  const fields: Fields = { ...object };
  const value = fields[part];
  return isFields(value) ? value : {};
}

function isKubeObject(value: unknown): value is KubeObject {
  return isFields(value) && isFields(value["metadata"]);
}
