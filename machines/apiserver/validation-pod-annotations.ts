import type { ObjectMeta } from "../api/meta.ts";
import type { PodSpec } from "../api/pod.ts";
import { quote } from "../api/quote.ts";
import type { SecurityProfile } from "../api/security-context.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid } from "./field-error.ts";
import { validateLocalDescendingPath } from "./validation-paths.ts";
import { containersOf } from "./visit-containers.ts";

type AnyPodSpec = Unchecked<PodSpec>;
type Annotations = NonNullable<ObjectMeta["annotations"]>;

/** pkg/apis/core/validation/validation.go ValidatePodSpecificAnnotations. */
export function validatePodSpecificAnnotations(
  annotations: Annotations,
  spec: AnyPodSpec,
  path: string,
): FieldError[] {
  const mirror = annotations[mirrorKey];
  const mustBeBound = "must set spec.nodeName if mirror pod annotation is set";
  return [
    ...(mirror !== undefined && !spec.nodeName
      ? [invalid(`${path}[${mirrorKey}]`, mirror, mustBeBound)]
      : []),
    ...validateDeletionCost(annotations[deletionCostKey], `${path}[${deletionCostKey}]`),
    ...validateSeccompAnnotations(annotations, path),
    ...validateAppArmorAnnotations(annotations, spec, path),
  ];
}

const mirrorKey = "kubernetes.io/config.mirror";
const deletionCostKey = "controller.kubernetes.io/pod-deletion-cost";
const seccompPodKey = "seccomp.security.alpha.kubernetes.io/pod";
const seccompContainerPrefix = "container.seccomp.security.alpha.kubernetes.io/";
const appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";

/**
 * What a pod's update may not do to its annotations; those that are gone or changed come first.
 * pkg/apis/core/validation/validation.go ValidatePodSpecificAnnotationUpdates
 */
export function validatePodSpecificAnnotationUpdates(
  annotations: Annotations,
  old: Annotations,
  path = "metadata.annotations",
): FieldError[] {
  const added = Object.keys(annotations).filter((key) => !Object.hasOwn(old, key));
  const changed = Object.keys(old).filter((key) => annotations[key] !== old[key]);
  const refused = (keys: readonly string[], verb: string) =>
    keys.toSorted().flatMap((key) => {
      return fixedKinds(key).map((kind) => forbidden(`${path}[${key}]`, `may not ${verb} ${kind}`));
    });
  return [...refused(changed, "remove or update"), ...refused(added, "add")];
}

/** Annotations that a pod keeps as it was created with them. */
function fixedKinds(key: string): readonly string[] {
  const appArmor = key.startsWith(appArmorPrefix) ? ["AppArmor annotations"] : [];
  return key === mirrorKey ? [...appArmor, "mirror pod annotation"] : appArmor;
}

/** 32 bits that begin with a minus or no zero; GetDeletionCostFromPodAnnotations. */
function validateDeletionCost(cost: string | undefined, path: string): FieldError[] {
  if (cost === undefined) return [];
  const isCost = /^(?:0|-\d+|[1-9]\d*)$/.test(cost) && Number(cost) === (Number(cost) | 0);
  return isCost ? [] : [invalid(path, cost, "must be a 32bit integer")];
}

function validateSeccompAnnotations(annotations: Annotations, path: string): FieldError[] {
  const profiles = Object.entries(annotations).filter(([key]) => {
    return key === seccompPodKey || key.startsWith(seccompContainerPrefix);
  });
  return profiles.flatMap(([key, profile]) => {
    const at = `${path}.${key}`;
    if (seccompProfiles.includes(profile)) return [];
    return profile.startsWith("localhost/")
      ? validateLocalDescendingPath(profile.slice("localhost/".length), at)
      : [invalid(at, profile, "must be a valid seccomp profile")];
  });
}

const seccompProfiles: readonly string[] = ["runtime/default", "docker/default", "unconfined"];

function validateAppArmorAnnotations(
  annotations: Annotations,
  spec: AnyPodSpec,
  path: string,
): FieldError[] {
  const names = new Set(containersOf(spec, path).map(({ container }) => container.name));
  return Object.entries(annotations).flatMap(([key, profile]) => {
    if (!key.startsWith(appArmorPrefix)) return [];
    const at = `${path}[${key}]`;
    const container = key.slice(appArmorPrefix.length);
    const isProfile =
      ["", "runtime/default", "unconfined"].includes(profile) || profile.startsWith("localhost/");
    return [
      ...(names.has(container) ? [] : [invalid(at, container, "container not found")]),
      ...(isProfile
        ? []
        : [invalid(at, profile, `invalid AppArmor profile name: ${quote(profile)}`)]),
    ];
  });
}

/** Annotation and field say the same; validateSeccompAnnotationsAndFields and AppArmor's. */
export function validateProfileAnnotationsMatch(
  annotations: Annotations,
  spec: AnyPodSpec,
  path: string,
): FieldError[] {
  const ofPod = spec.securityContext;
  const containers = containersOf(spec, path).map(({ container, path: at }) => {
    const { name = "", securityContext } = container;
    return { name, context: securityContext, at: `${at}.securityContext` };
  });
  const seccomp = "seccomp";
  const seccompOfPod = ofPod?.seccompProfile;
  const podPath = `${path}.securityContext.seccompProfile`;
  return [
    ...matchProfile(annotations[seccompPodKey], seccompOfPod, podPath, seccomp),
    ...containers.flatMap(({ name, context, at }) => {
      const annotation = annotations[`${seccompContainerPrefix}${name}`];
      return matchProfile(annotation, context?.seccompProfile, `${at}.seccompProfile`, seccomp);
    }),
    ...(spec.os?.name === "windows" ? [] : containers).flatMap(({ name, context, at }) => {
      const profile = context?.appArmorProfile ?? ofPod?.appArmorProfile;
      const annotation = annotations[`${appArmorPrefix}${name}`];
      return matchProfile(annotation, profile, `${at}.appArmorProfile`, "apparmor");
    }),
  ];
}

function matchProfile(
  annotation: string | undefined,
  profile: Unchecked<SecurityProfile> | undefined,
  path: string,
  what: "seccomp" | "apparmor",
): FieldError[] {
  if (annotation === undefined || profile === undefined) return [];
  const wrongType = [forbidden(`${path}.type`, `${what} type in annotation and field must match`)];
  const wrongProfile = `${what} profile in annotation and field must match`;
  const isDocker = what === "seccomp" && annotation === "docker/default";
  switch (profile.type) {
    case "Unconfined":
      return annotation === "unconfined" ? [] : wrongType;
    case "RuntimeDefault":
      return annotation === "runtime/default" || isDocker ? [] : wrongType;
    case "Localhost":
      if (!annotation.startsWith("localhost/")) return wrongType;
      return annotation.slice("localhost/".length) === profile.localhostProfile
        ? []
        : [forbidden(`${path}.localhostProfile`, wrongProfile)];
    default:
      return [];
  }
}
