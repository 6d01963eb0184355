import { isDns1123Label, nameIsDnsSubdomain } from "../api/names.ts";
import type { PodSpec } from "../api/pod.ts";
import { cmpQuantity } from "../api/quantity.ts";
import { formatQuantity } from "../api/quantity-text.ts";
import { type Quantities, quantities } from "../api/resources.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { aggregateContainerLimits, aggregateContainerRequests } from "./defaults-pod.ts";
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notFound,
  required,
} from "./field-error.ts";
import { isHugePages, validatePodResourceName } from "./validation-resource-names.ts";
import { validateResourceRequirements } from "./validation-resources.ts";
import { containersOf } from "./visit-containers.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** Of the pod as a whole; pkg/apis/core/validation/validation.go validatePodResources. */
export function validatePodResources(
  spec: AnyPodSpec,
  claimNames: ReadonlySet<string>,
  specPath: string,
): FieldError[] {
  const { resources } = spec;
  const path = `${specPath}.resources`;
  if (resources === undefined) return [];
  if (spec.os?.name === "windows") return [forbidden(path, "may not be set for a windows pod")];
  const noClaims = "claims may not be set for Resources at pod-level";
  return [
    ...(resources.claims === undefined ? [] : [forbidden(`${path}.claims`, noClaims)]),
    ...validateResourceRequirements(resources, claimNames, path, validatePodResourceName),
    ...validatePodResourceConsistency(spec, path),
  ];
}

/** The containers together ask for no more than the pod, and none is limited to more. */
function validatePodResourceConsistency(spec: AnyPodSpec, path: string): FieldError[] {
  const requests = quantities(spec.resources?.requests);
  const limits = quantities(spec.resources?.limits);
  const hugePages = new Map(
    [...aggregateContainerLimits(spec)].filter(([name]) => isHugePages(name)),
  );
  const ofContainer = (spec.containers ?? []).flatMap(({ resources }, index) => {
    return exceeding(quantities(resources?.limits), limits).map(([name, own, ofPod]) => {
      const at = `${path}.containers[${index}][${name}].limits`;
      return invalid(at, own, `must be less than or equal to pod limits of ${ofPod}`);
    });
  });
  return [
    ...tooLittle(aggregateContainerRequests(spec), requests, "requests", path),
    ...tooLittle(hugePages, limits, "limits", path),
    ...ofContainer,
  ];
}

function tooLittle(
  ofContainers: Quantities,
  ofPod: Quantities,
  kind: "requests" | "limits",
  path: string,
): FieldError[] {
  return exceeding(ofContainers, ofPod).map(([name, sum, own]) => {
    const detail = `must be greater than or equal to aggregate container ${kind} of ${sum}`;
    return invalid(`${path}.${kind}[${name}]`, own, detail);
  });
}

function exceeding(
  amounts: Quantities,
  bounds: Quantities,
): readonly (readonly [name: string, amount: string, bound: string])[] {
  return [...amounts].toSorted().flatMap(([name, amount]) => {
    const bound = bounds.get(name);
    const isMore = bound !== undefined && cmpQuantity(amount, bound) > 0;
    return isMore ? [[name, formatQuantity(amount), formatQuantity(bound)] as const] : [];
  });
}

/** Claims of devices; validatePodResourceClaims. */
export function validatePodResourceClaims(
  claims: NonNullable<AnyPodSpec["resourceClaims"]>,
  path: string,
): FieldError[] {
  const used = new Set<string>();
  return claims.flatMap((claim, index) => {
    const { name = "", resourceClaimName, resourceClaimTemplateName } = claim;
    const at = `${path}[${index}]`;
    const isSecond = used.has(name);
    if (name !== "") used.add(name);
    const sources = { resourceClaimName, resourceClaimTemplateName };
    return [
      ...(name === "" ? [required(`${at}.name`)] : []),
      ...(isSecond ? [duplicate(`${at}.name`, name)] : []),
      ...(name === "" || isSecond ? [] : invalids(`${at}.name`, name, isDns1123Label(name))),
      ...validateClaimSource(claim, at),
      ...Object.entries(sources).flatMap(([field, source]) => {
        return source === undefined
          ? []
          : invalids(`${at}.${field}`, source, nameIsDnsSubdomain(source));
      }),
    ];
  });
}

function validateClaimSource(
  claim: NonNullable<AnyPodSpec["resourceClaims"]>[number],
  path: string,
): FieldError[] {
  const { name = "", resourceClaimName = null, resourceClaimTemplateName = null } = claim;
  const shown = {
    Name: name,
    ResourceClaimName: resourceClaimName,
    ResourceClaimTemplateName: resourceClaimTemplateName,
  };
  const [first, second] = ["`resourceClaimName`", "`resourceClaimTemplateName`"];
  const hasNone = resourceClaimName === null && resourceClaimTemplateName === null;
  const hasBoth = resourceClaimName !== null && resourceClaimTemplateName !== null;
  return [
    ...(hasBoth
      ? [invalid(path, shown, `at most one of ${first} or ${second} may be specified`)]
      : []),
    ...(hasNone ? [invalid(path, shown, `must specify one of: ${first}, ${second}`)] : []),
  ];
}

/** A pod with users of its own shares no other namespace with the host; validateHostUsers. */
export function validateHostUsers(spec: AnyPodSpec, path: string): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const detail = "when `hostUsers` is false";
  const devices = containersOf(spec, path).filter(({ container }) => {
    return (container.volumeDevices ?? []).length > 0;
  });
  return [
    ...(spec.hostNetwork === true ? [forbidden(`${path}.hostNetwork`, detail)] : []),
    ...(spec.hostPID === true ? [forbidden(`${path}.HostPID`, detail)] : []),
    ...(spec.hostIPC === true ? [forbidden(`${path}.HostIPC`, detail)] : []),
    ...devices.map(({ path: at }) => forbidden(`${at}.volumeDevices`, detail)),
  ];
}

/** The file that a variable comes from lies in an emptyDir; validateFileKeyRefVolumes. */
export function validateFileKeyRefVolumes(spec: AnyPodSpec, path: string): FieldError[] {
  const volumes = new Map((spec.volumes ?? []).map((volume) => [volume.name, volume]));
  return containersOf(spec, path).flatMap(({ container, path: at }) => {
    return (container.env ?? []).flatMap(({ valueFrom }, index) => {
      if (valueFrom?.fileKeyRef === undefined) return [];
      const { volumeName = "" } = valueFrom.fileKeyRef;
      const namePath = `${at}.env[${index}].valueFrom.fileKeyRef.volumeName`;
      const volume = volumes.get(volumeName);
      if (volume === undefined) return [notFound(namePath, volumeName)];
      const detail = "referenced volume must be of type emptyDir";
      return volume.emptyDir === undefined ? [invalid(namePath, volumeName, detail)] : [];
    });
  });
}
