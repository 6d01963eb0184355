import type { KubeObject } from "../../../machines/api/meta.ts";
import { isKind, isPod, isWhole } from "../../../machines/api/objects.ts";
import type { ResourceQuota } from "../../../machines/api/policy-objects.ts";
import {
  claimLimitRefusal,
  limitRefusal,
} from "../../../machines/apiserver/admission-limit-ranger.ts";
import {
  evaluatePod,
  isSignificantPodUpdate,
  namespaceErrors,
  namespaceWarnings,
} from "../../../machines/apiserver/admission-pod-security.ts";
import { priorityClassRefusal } from "../../../machines/apiserver/admission-priority.ts";
import { checkQuotas } from "../../../machines/apiserver/admission-resource-quota.ts";
import { resizeRefusal } from "../../../machines/apiserver/admission-storage-class.ts";
import {
  type ApiStatus,
  invalidStatus,
  newForbidden,
} from "../../../machines/apiserver/api-status.ts";
import { podTemplateIn } from "../../../machines/apiserver/pod-templates.ts";
import type { ApiCall, ApiContext } from "./call.ts";
import { limitRangesOf } from "./mutating-admission.ts";

/** What the validating plugins say of what would be written. */
export interface Validated {
  readonly refusal?: ApiStatus;
  readonly warnings: readonly string[];
}

/** A write as the validating plugins see it. */
interface Review {
  readonly context: ApiContext;
  readonly object: KubeObject;
  readonly old: KubeObject | undefined;
  readonly subresource: string;
}

/** The validating plugins in their order, but ResourceQuota. */
export function validatedByPlugins(
  context: ApiContext,
  { subresource = "" }: ApiCall,
  object: KubeObject,
  old: KubeObject | undefined,
): Validated {
  const review = { context, object, old, subresource };
  const limited = limits(review);
  if (limited !== undefined) return refused(review, limited);
  const secured = podSecurity(review);
  if (secured.refusal !== undefined) return secured;
  const other = priority(review) ?? resize(review);
  return other === undefined ? secured : refused(review, other);
}

/** The quotas that a write uses up, or why it may not; it charges what all others accept. */
export function chargedQuotas(
  context: ApiContext,
  { subresource = "" }: ApiCall,
  object: KubeObject,
  old: KubeObject | undefined,
): readonly ResourceQuota[] | ApiStatus {
  const quotas = quotasOf({ context, object, old, subresource });
  if (quotas.length === 0) return [];
  const decision = checkQuotas(quotas, { object, old, subresource, nowMs: context.nowMs });
  if ("charged" in decision) return decision.charged;
  return newForbidden(object.kind, object.metadata.name, decision.refusal);
}

function refused({ object: { kind, metadata } }: Review, why: string): Validated {
  return { refusal: newForbidden(kind, metadata.name, why), warnings: [] };
}

/** LimitRanger: of pods what is new or resized, of claims every write. */
function limits({ context, object, old, subresource }: Review): string | undefined {
  if (old?.metadata.deletionTimestamp !== undefined) return undefined;
  const isOfPod = isPod(object) && (old === undefined || subresource === "resize");
  if (isOfPod && (subresource === "" || subresource === "resize")) {
    return limitRefusal(object, limitRangesOf(context, object));
  }
  const isClaim = subresource === "" && isWhole(object, "PersistentVolumeClaim");
  return isClaim ? claimLimitRefusal(object, limitRangesOf(context, object)) : undefined;
}

/** pod-security-admission/admission/admission.go Validate */
function podSecurity(review: Review): Validated {
  const { context, object, old, subresource } = review;
  if (object.kind === "Namespace") return namespaceSecurity(review);
  const isPart = isPod(object)
    ? subresource !== "" && subresource !== "ephemeralcontainers" && subresource !== "resize"
    : subresource !== "";
  const isSame =
    isPod(object) && old !== undefined && isPod(old) && !isSignificantPodUpdate(object, old);
  const checked = isPod(object) ? object : podTemplateIn(object);
  if (isPart || isSame || checked === undefined) return { warnings: [] };
  const { namespace = "default", name } = object.metadata;
  const labels = context.store.get("Namespace", namespace)?.metadata.labels;
  if (labels === undefined) return { warnings: [] };
  const { spec = {}, metadata } = checked;
  const { refusal, warnings } = evaluatePod({ spec, metadata }, labels, isPod(object));
  if (refusal === undefined) return { warnings };
  return { refusal: newForbidden(object.kind, name, refusal), warnings };
}

function namespaceSecurity({ context, object, old, subresource }: Review): Validated {
  if (subresource !== "") return { warnings: [] };
  const { name, labels = {} } = object.metadata;
  const errors = namespaceErrors(labels, old && (old.metadata.labels ?? {}));
  if (errors.length > 0) return { refusal: invalidStatus(object, errors), warnings: [] };
  if (old === undefined) return { warnings: [] };
  const pods = context.store.select("Pod", { namespace: name }).filter(isPod);
  return { warnings: namespaceWarnings(name, { labels, old: old.metadata.labels ?? {} }, pods) };
}

/** plugin/pkg/admission/priority/admission.go validatePriorityClass */
function priority({ context, object, old, subresource }: Review): string | undefined {
  if (subresource !== "" || !isWhole(object, "PriorityClass")) return undefined;
  const classes = context.store.list("PriorityClass").filter((one) => isKind(one, "PriorityClass"));
  return priorityClassRefusal(object, classes, old === undefined);
}

function resize({ context, object, old, subresource }: Review): string | undefined {
  const isAsked = subresource === "" && isWhole(object, "PersistentVolumeClaim");
  if (!isAsked || !isWhole(old, "PersistentVolumeClaim")) return undefined;
  const classes = context.store.list("StorageClass").filter((one) => isWhole(one, "StorageClass"));
  return resizeRefusal(object, old, classes);
}

function quotasOf({ context, object }: Review): readonly ResourceQuota[] {
  const { namespace } = object.metadata;
  if (namespace === undefined) return [];
  const found = context.store.select("ResourceQuota", { namespace });
  return found.filter((one) => isWhole(one, "ResourceQuota"));
}
