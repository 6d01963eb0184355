import { compareText } from "../api/compare-text.ts";
import type { KubeObject } from "../api/meta.ts";
import type { ResourceQuota } from "../api/policy-objects.ts";
import {
  addQuantity,
  cmpQuantity,
  isZero,
  newQuantity,
  quantitySign,
  subQuantity,
} from "../api/quantity.ts";
import { formatQuantity } from "../api/quantity-text.ts";
import { quantities, type Quantities, resourceList } from "../api/resources.ts";
import { evaluatorOf, type QuotaEvaluator } from "./quota-evaluators.ts";
import { scopesOf } from "./quota-scopes.ts";

/** A write that quotas may hold back. */
export interface QuotaRequest {
  readonly object: KubeObject;
  /** What it takes the place of. */
  readonly old?: KubeObject | undefined;
  readonly subresource?: string | undefined;
  /** ms since 1970 */
  readonly nowMs: number;
}

/** The quotas whose usage the write changes, or why it may not be. */
export type QuotaDecision =
  | { readonly charged: readonly ResourceQuota[] }
  /** After `is forbidden: `. */
  | { readonly refusal: string };

/**
 * Whether a write fits into the quotas of its namespace, by what their status says is used.
 * apiserver/pkg/admission/plugin/resourcequota/controller.go CheckRequest
 */
export function checkQuotas(
  quotas: readonly ResourceQuota[],
  request: QuotaRequest,
): QuotaDecision {
  const { object, old, subresource = "" } = request;
  const evaluator = evaluatorOf(object.kind);
  if (evaluator === undefined || !evaluator.handles(object, old, subresource)) return nothing;
  const pertinent: ResourceQuota[] = [];
  for (const quota of quotas) {
    if (!matches(quota, object, evaluator)) continue;
    const refusal = constraintRefusal(quota, object, evaluator);
    if (refusal !== undefined) return { refusal };
    pertinent.push(quota);
  }
  const usage = evaluator.usage(object, request.nowMs);
  const negative = [...usage].filter(([, amount]) => quantitySign(amount) < 0);
  if (negative.length > 0) {
    const names = negative.map(([name]) => name).toSorted(compareText);
    return { refusal: `quota usage is negative for resource(s): ${names.join(",")}` };
  }
  return charged(pertinent, request, usage, evaluator);
}

const nothing: QuotaDecision = { charged: [] };

/** Whether a quota counts the object. generic/evaluator.go Matches */
function matches(quota: ResourceQuota, object: KubeObject, evaluator: QuotaEvaluator): boolean {
  const counts = resourcesIn(quota, evaluator).length > 0;
  const scopes = scopesOf(quota.spec ?? {});
  return counts && scopes.every((scope) => evaluator.matchesScope(object, scope));
}

function resourcesIn({ status }: ResourceQuota, { isResource }: QuotaEvaluator): readonly string[] {
  return Object.keys(status?.hard ?? {}).filter(isResource);
}

function constraintRefusal(
  quota: ResourceQuota,
  object: KubeObject,
  evaluator: QuotaEvaluator,
): string | undefined {
  const { name } = quota.metadata;
  const resources = resourcesIn(quota, evaluator);
  const missing = evaluator.missing(object, resources);
  if (missing !== undefined) return `failed quota: ${name}: ${missing}`;
  const used = quota.status?.used ?? {};
  if (resources.every((one) => used[one] !== undefined)) return undefined;
  return `status unknown for quota: ${name}, resources: ${resources.toSorted().join(",")}`;
}

function charged(
  quotas: readonly ResourceQuota[],
  { old, nowMs, subresource }: QuotaRequest,
  usage: Quantities,
  evaluator: QuotaEvaluator,
): QuotaDecision {
  const changed: ResourceQuota[] = [];
  const before = old === undefined ? undefined : evaluator.usage(old, nowMs);
  for (const quota of quotas) {
    const wasCounted = old !== undefined && matches(quota, old, evaluator);
    const delta = wasCounted && before !== undefined ? lessThan(usage, before) : usage;
    const hard = quantities(quota.status?.hard);
    const requested = filtered(delta, (name, amount) => hard.has(name) && !isZero(amount));
    if (requested.size === 0) continue;
    const used = quantities(quota.status?.used);
    const exceeded = [...requested].filter(([name, amount]) => {
      const [limit, now] = [hard.get(name) ?? zero, used.get(name) ?? zero];
      return cmpQuantity(addQuantity(now, amount), limit) > 0;
    });
    if (exceeded.length > 0 && subresource !== "status") {
      const names = exceeded.map(([name]) => name);
      return { refusal: exceededText(quota, names, { requested, used, hard }) };
    }
    const sum = [...requested].map(([name, amount]) => {
      return [name, addQuantity(used.get(name) ?? zero, amount)] as const;
    });
    const status = { ...quota.status, used: resourceList(new Map([...used, ...sum])) };
    changed.push({ ...quota, status });
  }
  return { charged: changed };
}

const zero = newQuantity(0);

/** quota.SubtractWithNonNegativeResult */
function lessThan(usage: Quantities, before: Quantities): Quantities {
  const rest = [...usage].map(([name, amount]) => {
    const difference = subQuantity(amount, before.get(name) ?? zero);
    return [name, quantitySign(difference) < 0 ? zero : difference] as const;
  });
  return new Map(rest);
}

function filtered(
  amounts: Quantities,
  isKept: (name: string, amount: Parameters<typeof isZero>[0]) => boolean,
): Quantities {
  return new Map([...amounts].filter(([name, amount]) => isKept(name, amount)));
}

type Amounts = Readonly<Record<"requested" | "used" | "hard", Quantities>>;

function exceededText({ metadata }: ResourceQuota, names: readonly string[], all: Amounts): string {
  const shown = (amounts: Quantities) =>
    names
      .toSorted(compareText)
      .flatMap((name) => {
        const amount = amounts.get(name);
        return amount === undefined ? [] : [`${name}=${formatQuantity(amount)}`];
      })
      .join(",");
  const requested = `requested: ${shown(all.requested)}`;
  const told = `${requested}, used: ${shown(all.used)}, limited: ${shown(all.hard)}`;
  return `exceeded quota: ${metadata.name}, ${told}`;
}

/**
 * A quota's status as its controller would have it: the limits that it asks for, and how much the
 * objects of its namespace use of them.
 * pkg/controller/resourcequota/resource_quota_controller.go syncResourceQuota
 */
export function syncResourceQuota(
  quota: ResourceQuota,
  objectsOf: (kind: string) => readonly KubeObject[],
  { kinds, nowMs }: { readonly kinds: readonly string[]; readonly nowMs: number },
): ResourceQuota {
  const hard = quantities(quota.spec?.hard);
  const scopes = scopesOf(quota.spec ?? {});
  const used = new Map([...quantities(quota.status?.used)].filter(([name]) => hard.has(name)));
  for (const kind of kinds) {
    const evaluator = evaluatorOf(kind);
    const names = [...hard.keys()].filter((name) => evaluator?.isResource(name) === true);
    if (evaluator === undefined || names.length === 0) continue;
    const counted = objectsOf(kind).filter((object) => {
      return scopes.every((scope) => evaluator.matchesScope(object, scope));
    });
    const sum = counted.map((object) => evaluator.usage(object, nowMs));
    for (const name of names) {
      const amounts = sum.map((usage) => usage.get(name) ?? zero);
      used.set(
        name,
        amounts.reduce((total, amount) => addQuantity(total, amount), zero),
      );
    }
  }
  return { ...quota, status: { hard: resourceList(hard), used: resourceList(used) } };
}
