import type { Container, Pod, PodSpec } from "../api/pod.ts";
import type { SecurityProfile } from "../api/security-context.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { containersOf } from "./visit-containers.ts";

type AnyPodSpec = Unchecked<PodSpec>;
type AnyContainer = Unchecked<Container>;
type Annotations = Readonly<Record<string, string>>;

const prefix = "container.apparmor.security.beta.kubernetes.io/";

/**
 * What an annotation of the old kind says of a container becomes its field, unless it has one.
 * Source: pkg/registry/core/pod/strategy.go applyAppArmorVersionSkew.
 */
export function applyAppArmorVersionSkew(spec: AnyPodSpec, annotations: Annotations): AnyPodSpec {
  if (spec.os?.name === "windows") return spec;
  const apply = (container: AnyContainer): AnyContainer => {
    const appArmorProfile = profileToCopy(container, spec, annotations);
    if (appArmorProfile === undefined) return container;
    return { ...container, securityContext: { ...container.securityContext, appArmorProfile } };
  };
  const { initContainers, containers, ephemeralContainers } = spec;
  return {
    ...spec,
    ...(initContainers && { initContainers: initContainers.map(apply) }),
    ...(containers && { containers: containers.map(apply) }),
    ...(ephemeralContainers && { ephemeralContainers: ephemeralContainers.map(apply) }),
  };
}

/** Of a pod as it was sent: annotations that become a field, or that no field can be made of. */
export function appArmorWarnings({ spec = {}, metadata }: Unchecked<Pod>): readonly string[] {
  const annotations = metadata?.annotations ?? {};
  if (spec.os?.name === "windows") return [];
  return containersOf(spec, "spec").flatMap(({ container }) => {
    const annotation = annotationOf(container, annotations);
    const hasOwn = container.securityContext?.appArmorProfile !== undefined;
    if (annotation === undefined || hasOwn) return [];
    const made = profileOf(annotation);
    const isOfPod = made !== undefined && isSame(spec.securityContext?.appArmorProfile, made);
    const key = `${prefix}${container.name ?? ""}`;
    const text = 'deprecated since v1.30; use the "appArmorProfile" field instead';
    return isOfPod ? [] : [`metadata.annotations[${key}]: ${text}`];
  });
}

function annotationOf({ name = "" }: AnyContainer, annotations: Annotations): string | undefined {
  return annotations[`${prefix}${name}`];
}

function profileToCopy(
  container: AnyContainer,
  spec: AnyPodSpec,
  annotations: Annotations,
): SecurityProfile | undefined {
  const annotation = annotationOf(container, annotations);
  if (annotation === undefined || container.securityContext?.appArmorProfile !== undefined) {
    return undefined;
  }
  const made = profileOf(annotation);
  return isSame(spec.securityContext?.appArmorProfile, made) ? undefined : made;
}

/** Only a profile that is valid; pkg/api/pod/util.go ApparmorFieldForAnnotation. */
function profileOf(annotation: string): SecurityProfile | undefined {
  if (annotation === "unconfined") return { type: "Unconfined" };
  if (annotation === "runtime/default") return { type: "RuntimeDefault" };
  const localhostProfile = /^localhost\/([^]+)$/.exec(annotation)?.[1];
  const isValid = localhostProfile !== undefined && localhostProfile === localhostProfile.trim();
  return isValid ? { type: "Localhost", localhostProfile } : undefined;
}

function isSame(
  a: Unchecked<SecurityProfile> | undefined,
  b: SecurityProfile | undefined,
): boolean {
  return a?.type === b?.type && a?.localhostProfile === b?.localhostProfile;
}
