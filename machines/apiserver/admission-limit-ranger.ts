import type { ResourceList } from "../api/meta.ts";
import type { LimitRange, LimitRangeItem } from "../api/policy-objects.ts";
import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import type { Container, Pod } from "../api/pod.ts";
import { cmpQuantity, type Quantity, quantityMilliValue } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { podLimits, podRequests, quantities } from "../api/resources.ts";
import type { Unchecked } from "../api/unchecked.ts";

type AnyPod = Unchecked<Pod>;
type AnyContainer = Unchecked<Container>;

const annotation = "kubernetes.io/limit-ranger";

/**
 * Fills in what containers ask for and may have, where a namespace says so.
 * plugin/pkg/admission/limitranger/admission.go PodMutateLimitFunc
 */
export function admitLimits(pod: AnyPod, ranges: readonly LimitRange[]): AnyPod {
  return ranges.reduce(mutated, pod);
}

function mutated(pod: AnyPod, { spec }: LimitRange): AnyPod {
  const items = (spec?.limits ?? []).filter(({ type }) => type === "Container");
  const limits = Object.assign({}, ...items.map((item) => item.default));
  const requests = Object.assign({}, ...items.map((item) => item.defaultRequest));
  const notes: string[] = [];
  const fill = (what: string) => (container: AnyContainer) => {
    const own = { ...container.resources };
    const [newLimits, newRequests] = [missing(limits, own.limits), missing(requests, own.requests)];
    const name = `${what} ${container.name ?? ""}`;
    if (newRequests.length > 0) notes.push(`${newRequests.join(", ")} request for ${name}`);
    if (newLimits.length > 0) notes.push(`${newLimits.join(", ")} limit for ${name}`);
    if (newLimits.length + newRequests.length === 0) return container;
    const filled = {
      ...own,
      ...(newLimits.length > 0 && { limits: { ...limits, ...own.limits } }),
      ...(newRequests.length > 0 && { requests: { ...requests, ...own.requests } }),
    };
    return { ...container, resources: filled };
  };
  const containers = pod.spec?.containers?.map(fill("container"));
  const initContainers = pod.spec?.initContainers?.map(fill("init container"));
  if (notes.length === 0) return pod;
  const { annotations } = pod.metadata ?? {};
  const note = { [annotation]: `LimitRanger plugin set: ${notes.join("; ")}` };
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations: { ...annotations, ...note } },
    spec: {
      ...pod.spec,
      ...(containers && { containers }),
      ...(initContainers && { initContainers }),
    },
  };
}

function missing(defaults: ResourceList, own: ResourceList = {}): readonly string[] {
  return Object.keys(defaults)
    .filter((name) => own[name] === undefined)
    .toSorted();
}

/** Why a pod may not have what it asks for; undefined when it may. PodValidateLimitFunc */
export function limitRefusal(pod: Pod, ranges: readonly LimitRange[]): string | undefined {
  for (const { spec } of ranges) {
    const errors = (spec?.limits ?? []).flatMap((item) => itemErrors(item, pod));
    if (errors.length > 0) return aggregated(errors);
  }
  return undefined;
}

/** Why a claim may not ask for so much, or so little. PersistentVolumeClaimValidateLimitFunc */
export function claimLimitRefusal(
  { spec }: PersistentVolumeClaim,
  ranges: readonly LimitRange[],
): string | undefined {
  const requests = quantities(spec?.resources?.requests);
  for (const range of ranges) {
    const items = (range.spec?.limits ?? []).filter(({ type }) => type === "PersistentVolumeClaim");
    const errors = items.flatMap(({ type, min, max }) => [
      ...sorted(min).flatMap(([name, least]) => {
        return minError(type, name, least, { requests, limits: new Map() }) ?? [];
      }),
      ...sorted(max).flatMap(([name, most]) => maxRequestError(type, name, most, requests) ?? []),
    ]);
    if (errors.length > 0) return aggregated(errors);
  }
  return undefined;
}

/** As for what knows no limits. maxRequestConstraint */
function maxRequestError(
  type: string,
  name: string,
  most: Quantity,
  requests: Amounts["requests"],
) {
  const told = `maximum ${name} usage per ${type} is ${formatQuantity(most)}`;
  const request = requests.get(name);
  if (request === undefined) return `${told}.  No request is specified`;
  if (cmpQuantity(request, most) <= 0) return undefined;
  return `${told}, but request is ${formatQuantity(request)}`;
}

function aggregated(errors: readonly string[]): string {
  const [first = "", ...others] = new Set(errors);
  return others.length === 0 ? first : `[${[first, ...others].join(", ")}]`;
}

interface Amounts {
  readonly requests: ReadonlyMap<string, Quantity>;
  readonly limits: ReadonlyMap<string, Quantity>;
}

function itemErrors(item: LimitRangeItem, pod: Pod): readonly string[] {
  if (item.type === "Container") {
    const all = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
    return all.flatMap(({ resources = {} }) => {
      const amounts = {
        requests: quantities(resources.requests),
        limits: quantities(resources.limits),
      };
      return errorsOf(item, amounts);
    });
  }
  if (item.type !== "Pod") return [];
  return errorsOf(item, { requests: podRequests(pod), limits: podLimits(pod) });
}

function errorsOf(item: LimitRangeItem, amounts: Amounts): readonly string[] {
  const { type, min, max, maxLimitRequestRatio } = item;
  return [
    ...sorted(min).flatMap(([name, least]) => minError(type, name, least, amounts) ?? []),
    ...sorted(max).flatMap(([name, most]) => maxError(type, name, most, amounts) ?? []),
    ...sorted(maxLimitRequestRatio).flatMap(([name, ratio]) => {
      return ratioError(type, name, ratio, amounts) ?? [];
    }),
  ];
}

/** In order of name, where Go's maps have none. */
function sorted(list: ResourceList = {}): readonly (readonly [string, Quantity])[] {
  const entries = Object.entries(list).map(([name, text]) => [name, mustParse(text)] as const);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function minError(type: string, name: string, least: Quantity, { requests, limits }: Amounts) {
  const told = `minimum ${name} usage per ${type} is ${formatQuantity(least)}`;
  const [request, limit] = [requests.get(name), limits.get(name)];
  if (request === undefined) return `${told}.  No request is specified`;
  if (cmpQuantity(request, least) < 0) return `${told}, but request is ${formatQuantity(request)}`;
  if (limit === undefined || cmpQuantity(limit, least) >= 0) return undefined;
  return `${told}, but limit is ${formatQuantity(limit)}`;
}

function maxError(type: string, name: string, most: Quantity, { requests, limits }: Amounts) {
  const told = `maximum ${name} usage per ${type} is ${formatQuantity(most)}`;
  const [request, limit] = [requests.get(name), limits.get(name)];
  if (limit === undefined) return `${told}.  No limit is specified`;
  if (cmpQuantity(limit, most) > 0) return `${told}, but limit is ${formatQuantity(limit)}`;
  if (request === undefined || cmpQuantity(request, most) <= 0) return undefined;
  return `${told}, but request is ${formatQuantity(request)}`;
}

function ratioError(type: string, name: string, ratio: Quantity, { requests, limits }: Amounts) {
  const told = `${name} max limit to request ratio per ${type} is ${formatQuantity(ratio)}`;
  const request = milliOf(requests.get(name));
  const limit = milliOf(limits.get(name));
  if (request === 0) return `${told}, but no request is specified or request is 0`;
  if (limit === 0) return `${told}, but no limit is specified or limit is 0`;
  const observed = limit / request;
  if (observed * 1_000 <= quantityMilliValue(ratio)) return undefined;
  return `${told}, but provided ratio is ${observed.toFixed(6)}`;
}

function milliOf(amount: Quantity | undefined): number {
  return amount === undefined ? 0 : quantityMilliValue(amount);
}
