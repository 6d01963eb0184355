import type { KubeObject } from "../../../machines/api/meta.ts";
import { type AnyObject, isKind, isWhole } from "../../../machines/api/objects.ts";
import type { LimitRange, ServiceAccount } from "../../../machines/api/policy-objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { quote } from "../../../machines/api/quote.ts";
import type { Unchecked } from "../../../machines/api/unchecked.ts";
import type { Admission } from "../../../machines/apiserver/admission-refusal.ts";
import { admitPodUpdate } from "../../../machines/apiserver/admission.ts";
import { admitLimits } from "../../../machines/apiserver/admission-limit-ranger.ts";
import { admitPriority } from "../../../machines/apiserver/admission-priority.ts";
import { admitRuntimeClass } from "../../../machines/apiserver/admission-runtime-class.ts";
import { admitServiceAccount } from "../../../machines/apiserver/admission-service-account.ts";
import { admitStorageClass } from "../../../machines/apiserver/admission-storage-class.ts";
import { admitDefaultTolerations } from "../../../machines/apiserver/admission-tolerations.ts";
import { type ApiStatus, newForbidden } from "../../../machines/apiserver/api-status.ts";
import type { AdmissionChange, ApiCall, ApiContext } from "./call.ts";
import { namespaceRefusal } from "./namespace-lifecycle.ts";

/** The object as mutating admission leaves it, and who changed what. */
export interface Mutated {
  readonly object: AnyObject;
  readonly changes: readonly AdmissionChange[];
}

/** The mutating plugins in their order. pkg/kubeapiserver/options/plugins.go AllOrderedPlugins */
export function mutatedByPlugins(
  context: ApiContext,
  call: ApiCall,
  object: AnyObject,
  old?: KubeObject,
): Mutated | ApiStatus {
  const refused = namespaceRefusal(context, call, object);
  if (refused !== undefined) return refused;
  if (call.subresource !== undefined) return { object, changes: [] };
  if (isKind(object, "PersistentVolumeClaim") && old === undefined) {
    const classes = context.store
      .list("StorageClass")
      .filter((one) => isWhole(one, "StorageClass"));
    return mutated(object, [["DefaultStorageClass", admitStorageClass(object, classes)]]);
  }
  if (!isKind(object, "Pod")) return { object, changes: [] };
  if (old === undefined) return newPod(context, object);
  if (!isKind(old, "Pod")) return { object, changes: [] };
  return mutated(object, [["DefaultTolerationSeconds", admitPodUpdate(object, old)]]);
}

function newPod(context: ApiContext, pod: Unchecked<Pod>): Mutated | ApiStatus {
  const { store } = context;
  const limited = admitLimits(pod, limitRangesOf(context, pod));
  const steps: [string, Unchecked<Pod>][] = [["LimitRanger", limited]];
  const account = accountOf(context, pod);
  if (typeof account === "string") return newForbidden("Pod", shownName(pod), account);
  const priorities = store.list("PriorityClass").filter((one) => isKind(one, "PriorityClass"));
  const runtimes = store.list("RuntimeClass").filter((one) => isKind(one, "RuntimeClass"));
  const name = pod.metadata?.name ?? "";
  const plugins: readonly (readonly [string, (spec: Spec) => Admission])[] = [
    ["ServiceAccount", (spec) => ({ spec: admitServiceAccount(spec, name, account) })],
    ["Priority", (spec) => admitPriority(spec, priorities)],
    ["DefaultTolerationSeconds", (spec) => ({ spec: admitDefaultTolerations(spec) })],
    ["RuntimeClass", (spec) => admitRuntimeClass(spec, runtimes)],
  ];
  let spec = limited.spec ?? {};
  for (const [plugin, admit] of plugins) {
    const admission = admit(spec);
    if ("refusal" in admission) {
      return newForbidden("Pod", shownName(pod), admission.refusal.message);
    }
    ({ spec } = admission);
    steps.push([plugin, { ...limited, spec }]);
  }
  return mutated(pod, steps);
}

type Spec = NonNullable<Unchecked<Pod>["spec"]>;

function mutated(given: AnyObject, steps: readonly (readonly [string, AnyObject])[]): Mutated {
  const changes: AdmissionChange[] = [];
  let object = given;
  for (const [by, after] of steps) {
    const fields = changedFields(object, after);
    if (fields.length > 0) changes.push({ by, fields });
    object = after;
  }
  return { object, changes };
}

/** Whoever changes nothing in a field leaves the value itself. */
export function changedFields(before: AnyObject, after: AnyObject): readonly string[] {
  if (before === after) return [];
  const both = [partsOf(before), partsOf(after)] as const;
  const names = new Set(both.flatMap((parts) => [...parts.keys()]));
  return [...names].filter((name) => both[0].get(name) !== both[1].get(name));
}

/** The fields below metadata, spec and whatever else there is. */
function partsOf(object: AnyObject): ReadonlyMap<string, unknown> {
  const parts = Object.entries(object).flatMap(([part, value]): (readonly [string, unknown])[] => {
    const isParted = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isParted) return [[part, value]];
    return Object.entries(value).map(([field, inner]) => [`${part}.${field}`, inner] as const);
  });
  return new Map(parts);
}

/**
 * The account that a pod runs as, or why there is none. In a cluster with controllers every
 * namespace has its account `default`. plugin/pkg/admission/serviceaccount/admission.go
 */
function accountOf(
  { store, completed }: ApiContext,
  pod: Unchecked<Pod>,
): ServiceAccount | undefined | string {
  const { namespace = "default" } = pod.metadata ?? {};
  const name = pod.spec?.serviceAccountName || pod.spec?.serviceAccount || "default";
  const account = store.get("ServiceAccount", `${namespace}/${name}`);
  if (isWhole(account, "ServiceAccount")) return account;
  if (name === "default" && completed !== undefined) return undefined;
  const what = `error looking up service account ${namespace}/${name}`;
  return `${what}: serviceaccount ${quote(name)} not found`;
}

export function limitRangesOf(
  { store }: ApiContext,
  { metadata = {} }: AnyObject,
): readonly LimitRange[] {
  const { namespace = "default" } = metadata;
  return store.select("LimitRange", { namespace }).filter((one) => isWhole(one, "LimitRange"));
}

/** Before a name is made the base stands for it. admission/errors.go extractResourceName */
export function shownName({ metadata = {} }: AnyObject): string {
  return metadata.name || metadata.generateName || "Unknown";
}
