import { isQualifiedName } from "../api/names.ts";
import { isExtendedResourceName } from "../api/resource-names.ts";
import { isSupportedPodLevelResource } from "../api/resources.ts";
import { type FieldError, invalid, invalids, notSupported } from "./field-error.ts";

/** What a container can ask for: cpu, memory, storage, huge pages, devices. */
export function validateContainerResourceName(name: string, path: string): FieldError[] {
  const errors = validateResourceName(name, path);
  const wrong = (detail: string): FieldError[] => [...errors, invalid(path, name, detail)];
  if (!name.includes("/")) {
    const isStandard = containerResources.has(name) || isHugePages(name);
    return isStandard ? errors : wrong("must be a standard resource for containers");
  }
  const isFine = isNative(name) || isExtendedResourceName(name);
  return isFine ? errors : wrong("doesn't follow extended resource name standard");
}

/** What can be asked for the pod as a whole. */
export function validatePodResourceName(name: string, path: string): FieldError[] {
  const errors = validateResourceName(name, path);
  if (errors.length > 0 || isSupportedPodLevelResource(name)) return errors;
  return [notSupported(path, name, ["cpu", hugePages, "memory"])];
}

/** What any part of the cluster may be asked for; validateResourceName. */
export function validateResourceName(name: string, path: string): FieldError[] {
  const errors = invalids(path, name, isQualifiedName(name));
  if (errors.length > 0 || name.includes("/")) return errors;
  const isStandard = standardResources.has(name) || /^(?:requests\.)?hugepages-/.test(name);
  const detail = "must be a standard resource type or fully qualified";
  return isStandard ? [] : [invalid(path, name, detail)];
}

/** Before the size of a page. */
export const hugePages = "hugepages-";

/** Memory in pages of one size, which cannot be shared out twice. */
export function isHugePages(name: string): boolean {
  return name.startsWith(hugePages);
}

/** Kubernetes' own: without a prefix or with its domain. */
function isNative(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

/** Whether more can be limited than is asked for. */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** Counted in whole numbers; IsIntegerResourceName. */
export function isIntegerResourceName(name: string): boolean {
  return countedResources.has(name) || isExtendedResourceName(name);
}

/** What a quota can count; IsStandardQuotaResourceName. */
export function isQuotaResourceName(name: string): boolean {
  const isStandard = standardResources.has(name) && name !== "storage";
  return isStandard || /^(?:requests\.)?hugepages-/.test(name);
}

const containerResources = new Set(["cpu", "memory", "ephemeral-storage"]);
const countedResources = new Set([
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
]);
const standardResources = new Set([
  ...containerResources,
  ...countedResources,
  ...["requests", "limits"].flatMap((kind) =>
    [...containerResources].map((one) => `${kind}.${one}`),
  ),
  "storage",
  "requests.storage",
]);
