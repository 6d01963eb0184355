import { isInRange, isQualifiedName, nameIsDnsSubdomain } from "../api/names.ts";
import type { Pod, PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  forbidden,
  invalids,
  required,
  validateRequiredChoice,
} from "./field-error.ts";
import { validateAffinity } from "./validation-affinity.ts";
import type { PodValidationOptions } from "./validation-container-restart.ts";
import { type PodOfContainers, validateContainers } from "./validation-containers.ts";
import {
  validateContainerOnlyForPod,
  validateEphemeralContainers,
  validateInitContainers,
} from "./validation-init-containers.ts";
import { validateLabels } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { preemptionPolicies } from "./validation-objects.ts";
import {
  validateHostAliases,
  validateHostname,
  validatePodDnsConfig,
  validatePodHostName,
  validatePodHostNetworkDeps,
} from "./validation-network.ts";
import { validatePodSpecificAnnotations } from "./validation-pod-annotations.ts";
import {
  validateFileKeyRefVolumes,
  validateHostUsers,
  validatePodResourceClaims,
  validatePodResources,
} from "./validation-pod-resources.ts";
import { validateResourceRequirements } from "./validation-resources.ts";
import { validatePodSecurityContext } from "./validation-security.ts";
import { validateTolerations } from "./validation-tolerations.ts";
import { validateTopologySpreadConstraints } from "./validation-topology-spread.ts";
import { validateVolumes } from "./validation-volumes.ts";
import { validateOs, validateWindowsHostProcessPod } from "./validation-windows.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** What a pod must obey whenever it is written. */
export function validatePodMetadataAndSpec(
  { metadata = {}, spec = {} }: Unchecked<Pod>,
  options: PodValidationOptions = {},
): FieldError[] {
  const annotations = metadata.annotations ?? {};
  return [
    ...validateObjectMeta(metadata, { isNamespaced: true, validateName: nameIsDnsSubdomain }),
    ...validatePodSpecificAnnotations(annotations, spec, "metadata.annotations"),
    ...validatePodSpec(spec, metadata.name ?? "", options),
    ...validateOnlyForPod(spec),
  ];
}

/** What only pods must obey, not templates. */
function validateOnlyForPod(spec: AnyPodSpec): FieldError[] {
  const detail = "must not be specified when serviceAccountName is not set";
  const tokens = (spec.volumes ?? []).flatMap(({ projected }, volume) => {
    return (projected?.sources ?? []).flatMap(({ serviceAccountToken }, source) => {
      const at = `spec.volumes[${volume}].projected.sources[${source}].serviceAccountToken`;
      return serviceAccountToken === undefined ? [] : [forbidden(at, detail)];
    });
  });
  return [
    ...(spec.serviceAccountName ? [] : tokens),
    ...(["containers", "initContainers"] as const).flatMap((kind) => {
      return (spec[kind] ?? []).flatMap((container, index) => {
        return validateContainerOnlyForPod(container, `spec.${kind}[${index}]`);
      });
    }),
  ];
}

/** ValidatePodSpec, in upstream's order; a template's pods have no name yet. */
export function validatePodSpec(
  spec: AnyPodSpec,
  podName = "",
  options: PodValidationOptions = {},
  path = "spec",
): FieldError[] {
  const { volumes, errors } = validateVolumes(spec, podName, `${path}.volumes`);
  const claimNames = claimNamesIn(spec);
  const pod: PodOfContainers = { spec, volumes, claimNames, options };
  return [
    ...(spec.terminationGracePeriodSeconds === undefined
      ? [required(`${path}.terminationGracePeriodSeconds`)]
      : []),
    ...errors,
    ...validatePodResourceClaims(spec.resourceClaims ?? [], `${path}.resourceClaims`),
    ...validateContainers(pod, `${path}.containers`),
    ...validateInitContainers(pod, `${path}.initContainers`),
    ...validateEphemeralContainers(pod, `${path}.ephemeralContainers`),
    ...validatePodResources(spec, claimNames, path),
    ...validatePodHostNetworkDeps(spec, path),
    ...validateRequiredChoice(spec.restartPolicy ?? "", restartPolicies, `${path}.restartPolicy`),
    ...validateRequiredChoice(spec.dnsPolicy ?? "", dnsPolicies, `${path}.dnsPolicy`),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validatePodSecurityContext(spec, `${path}.securityContext`),
    ...validateAffinity(spec.affinity, `${path}.affinity`),
    ...validatePodDnsConfig(spec, `${path}.dnsConfig`),
    ...validateGates(spec, path),
    ...validateTopologySpreadConstraints(
      spec.topologySpreadConstraints ?? [],
      `${path}.topologySpreadConstraints`,
    ),
    ...validateWindowsHostProcessPod(spec, path),
    ...validateHostUsers(spec, path),
    ...validatePodHostName(spec, path),
    ...validateReferences(spec, path),
    ...validateRest(spec, path),
    ...validateOs(spec, path),
    ...validateFileKeyRefVolumes(spec, path),
  ];
}

function claimNamesIn({ resourceClaims = [] }: AnyPodSpec): ReadonlySet<string> {
  return new Set(resourceClaims.flatMap(({ name = "" }) => (name === "" ? [] : [name])));
}

const dnsPolicies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"] as const;
const restartPolicies = ["Always", "OnFailure", "Never"] as const;

function validateGates(spec: AnyPodSpec, path: string): FieldError[] {
  const used = new Set<string>();
  return [
    ...(spec.readinessGates ?? []).flatMap(({ conditionType = "" }, index) => {
      const at = `${path}.readinessGates[${index}].conditionType`;
      return invalids(at, conditionType, isQualifiedName(conditionType));
    }),
    ...(spec.schedulingGates ?? []).flatMap(({ name = "" }, index) => {
      const at = `${path}.schedulingGates[${index}]`;
      const isSecond = used.has(name);
      used.add(name);
      return [
        ...invalids(at, name, isQualifiedName(name)),
        ...(isSecond ? [duplicate(at, name)] : []),
      ];
    }),
  ];
}

function validateReferences(spec: AnyPodSpec, path: string): FieldError[] {
  const names = ["serviceAccountName", "nodeName"] as const;
  return names.flatMap((field) => {
    const name = spec[field] ?? "";
    return name === "" ? [] : invalids(`${path}.${field}`, name, nameIsDnsSubdomain(name));
  });
}

function validateRest(spec: AnyPodSpec, path: string): FieldError[] {
  const { activeDeadlineSeconds: deadline, priorityClassName = "", runtimeClassName } = spec;
  const range = deadline === undefined ? [] : isInRange(deadline, 1, 2 ** 31 - 1);
  return [
    ...invalids(`${path}.activeDeadlineSeconds`, deadline, range),
    ...validateHostname(spec.hostname ?? "", `${path}.hostname`),
    ...validateHostname(spec.subdomain ?? "", `${path}.subdomain`),
    ...validateTolerations(spec.tolerations ?? [], `${path}.tolerations`),
    ...validateHostAliases(spec.hostAliases ?? [], `${path}.hostAliases`),
    ...(priorityClassName === ""
      ? []
      : invalids(
          `${path}.priorityClassName`,
          priorityClassName,
          nameIsDnsSubdomain(priorityClassName),
        )),
    ...(runtimeClassName === undefined
      ? []
      : invalids(
          `${path}.runtimeClassName`,
          runtimeClassName,
          nameIsDnsSubdomain(runtimeClassName),
        )),
    ...(spec.preemptionPolicy === undefined
      ? []
      : validateRequiredChoice(
          spec.preemptionPolicy,
          preemptionPolicies,
          `${path}.preemptionPolicy`,
        )),
    ...(spec.overhead === undefined
      ? []
      : validateResourceRequirements({ limits: spec.overhead }, new Set(), `${path}.overhead`)),
  ];
}
