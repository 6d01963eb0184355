import { isQualifiedName } from "./names.ts";

/** A resource that some device plugin offers. pkg/apis/core/v1/helper IsExtendedResourceName */
export function isExtendedResourceName(name: string): boolean {
  if (isNativeResource(name) || name.startsWith(requestsPrefix)) return false;
  return isQualifiedName(`${requestsPrefix}${name}`).length === 0;
}

/** Counted apart from cpu, memory, pods and storage. pkg/scheduler/util IsScalarResourceName */
export function isScalarResourceName(name: string): boolean {
  return (
    isExtendedResourceName(name) ||
    name.startsWith("hugepages-") ||
    name.startsWith("attachable-volumes-") ||
    isPrefixedNativeResource(name)
  );
}

const requestsPrefix = "requests.";

function isNativeResource(name: string): boolean {
  return !name.includes("/") || isPrefixedNativeResource(name);
}

function isPrefixedNativeResource(name: string): boolean {
  return name.includes("kubernetes.io/");
}
