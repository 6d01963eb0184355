import { isQualifiedName } from "../api/names.ts";
import type { ObjectFieldSelector, ResourceFieldSelector } from "../api/projection.ts";
import { isZero } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, invalids, notSupported, required } from "./field-error.ts";

/** A field of the pod for the container; validateObjectFieldSelector. */
export function validateObjectFieldSelector(
  { apiVersion = "", fieldPath = "" }: Unchecked<ObjectFieldSelector>,
  supported: readonly string[],
  path: string,
): FieldError[] {
  if (apiVersion === "") return [required(`${path}.apiVersion`)];
  if (fieldPath === "") return [required(`${path}.fieldPath`)];
  const { field, subscript } = splitMaybeSubscriptedPath(fieldPath);
  const problem = conversionProblem(apiVersion, fieldPath, field, subscript);
  if (problem !== undefined) {
    return [invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${problem}`)];
  }
  const known = field === "spec.host" ? "spec.nodeName" : field;
  if (subscript === undefined) {
    const isSupported = supported.includes(known);
    return isSupported ? [] : [notSupported(`${path}.fieldPath`, known, supported)];
  }
  const key = field === "metadata.annotations" ? subscript.toLowerCase() : subscript;
  return invalids(path, key, isQualifiedName(key));
}

/** `metadata.labels['app']`; pkg/fieldpath SplitMaybeSubscriptedPath. */
function splitMaybeSubscriptedPath(fieldPath: string): {
  readonly field: string;
  readonly subscript?: string;
} {
  const match = /^([^]*)\['([^]*)'\]$/.exec(fieldPath);
  const at = fieldPath.indexOf("['");
  if (match === null || at <= 0) return { field: fieldPath };
  return { field: fieldPath.slice(0, at), subscript: fieldPath.slice(at + 2, -2) };
}

/** pkg/apis/core/pods ConvertDownwardAPIFieldLabel. */
function conversionProblem(
  apiVersion: string,
  fieldPath: string,
  field: string,
  subscript: string | undefined,
): string | undefined {
  if (apiVersion !== "v1") return `unsupported pod version: ${apiVersion}`;
  if (subscript === undefined) {
    return fieldLabels.has(field) ? undefined : `field label not supported: ${fieldPath}`;
  }
  const isMap = field === "metadata.annotations" || field === "metadata.labels";
  return isMap ? undefined : `field label does not support subscript: ${fieldPath}`;
}

const fieldLabels = new Set([
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.restartPolicy",
  "spec.serviceAccountName",
  "spec.schedulerName",
  "spec.host",
  "status.phase",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
]);

/** In a volume it has to say whose; validateContainerResourceFieldSelector. */
export function validateContainerResourceFieldSelector(
  { containerName = "", resource = "", divisor = "0" }: Unchecked<ResourceFieldSelector>,
  path: string,
  isInVolume = false,
): FieldError[] {
  const isKnown = resourceFields.includes(resource) || isHugePagesField(resource);
  const problem =
    isInVolume && containerName === ""
      ? [required(`${path}.containerName`)]
      : resource === ""
        ? [required(`${path}.resource`)]
        : isKnown
          ? []
          : [notSupported(`${path}.resource`, resource, resourceFields)];
  return [...problem, ...validateContainerResourceDivisor(resource, divisor, path)];
}

const resourceFields: readonly string[] = ["limits", "requests"].flatMap((kind) => {
  return ["cpu", "ephemeral-storage", "memory"].map((name) => `${kind}.${name}`);
});

function isHugePagesField(resource: string): boolean {
  return /^(?:requests|limits)\.hugepages-/.test(resource);
}

function validateContainerResourceDivisor(
  resource: string,
  divisor: string | number,
  path: string,
): FieldError[] {
  const amount = mustParse(divisor);
  const rule = divisorRule(resource);
  if (isZero(amount) || rule === undefined || rule.units.includes(formatQuantity(amount)))
    return [];
  const detail = `only divisor's values ${rule.words} are supported with the ${rule.what} resource`;
  return [invalid(`${path}.divisor`, resource, detail)];
}

const byteUnits = "1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei".split(" ");

function divisorRule(
  resource: string,
):
  | { readonly units: readonly string[]; readonly words: string; readonly what: string }
  | undefined {
  const words = byteUnits.join(", ");
  if (isHugePagesField(resource)) return { units: byteUnits, words, what: "hugepages" };
  switch (resource.replace(/^(?:limits|requests)\./, "")) {
    case "cpu":
      return { units: ["1m", "1"], words: "1m and 1", what: "cpu" };
    case "memory":
      return { units: byteUnits, words, what: "memory" };
    case "ephemeral-storage":
      return { units: byteUnits, words, what: "local ephemeral storage" };
    default:
      return undefined;
  }
}
