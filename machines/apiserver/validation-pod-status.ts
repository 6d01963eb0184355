import { canonicalIP } from "../api/ip-address.ts";
import { isQualifiedName, nameIsDnsSubdomain } from "../api/names.ts";
import type { Container, Pod, PodSpec } from "../api/pod.ts";
import type { ContainerStatus, PodStatus } from "../api/pod-status.ts";
import { allContainersCouldRestart, containerShouldRestart } from "../kubelet/restart-policy.ts";
import { type FieldError, forbidden, invalid, invalids } from "./field-error.ts";
import { validateObjectMetaUpdate } from "./validation-metadata-update.ts";
import { validatePodSpecificAnnotationUpdates } from "./validation-pod-annotations.ts";

/** How a pod's status may change; pkg/apis/core/validation ValidatePodStatusUpdate. */
export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldError[] {
  const [status, before] = [pod.status ?? {}, old.status ?? {}];
  const { nodeName } = old.spec;
  return [
    ...validateObjectMetaUpdate(pod.metadata, old.metadata),
    ...validatePodSpecificAnnotationUpdates(
      pod.metadata.annotations ?? {},
      old.metadata.annotations ?? {},
    ),
    ...validatePodConditions(status),
    ...(pod.spec.nodeName === nodeName
      ? []
      : [forbidden("status.nodeName", "may not be changed directly")]),
    ...validateNominatedNodeName(status, before, nodeName),
    ...validateQosClass(status, before),
    ...validateContainerStateTransitions(status, before, old.spec),
    ...validateAddresses(status, before),
  ];
}

const systemConditions = ["PodScheduled", "Ready", "Initialized"];

function validatePodConditions({ conditions = [] }: PodStatus): FieldError[] {
  return conditions.flatMap(({ type }, index) => {
    if (systemConditions.includes(type)) return [];
    return invalids(`status.conditions[${index}].Type`, type, isQualifiedName(type));
  });
}

function validateNominatedNodeName(
  { nominatedNodeName = "" }: PodStatus,
  { nominatedNodeName: before = "" }: PodStatus,
  nodeName: string | undefined,
): FieldError[] {
  if (nominatedNodeName === before || nominatedNodeName === "") return [];
  const path = "status.nominatedNodeName";
  const wrong = invalids(path, nominatedNodeName, nameIsDnsSubdomain(nominatedNodeName));
  if (nodeName === undefined) return wrong;
  return [...wrong, forbidden(path, "may not be set on pods that are already bound to a node")];
}

function validateQosClass({ qosClass }: PodStatus, { qosClass: before }: PodStatus): FieldError[] {
  if (qosClass === before) return [];
  return [invalid("status.qosClass", qosClass ?? "", "field is immutable")];
}

/** What may not be restarted stays ended. */
function validateContainerStateTransitions(
  status: PodStatus,
  before: PodStatus,
  spec: PodSpec,
): FieldError[] {
  if (allContainersCouldRestart(spec)) return [];
  const transitions = (
    field: "containerStatuses" | "initContainerStatuses",
    containers: readonly Container[] = [],
  ) => validateStateTransition(status[field], before[field], containers, spec, `status.${field}`);
  return [
    ...transitions("containerStatuses", spec.containers),
    ...transitions("initContainerStatuses", spec.initContainers),
  ];
}

/** ValidateContainerStateTransition and ValidateInitContainerStateTransition */
function validateStateTransition(
  statuses: readonly ContainerStatus[] = [],
  before: readonly ContainerStatus[] = [],
  containers: readonly Container[],
  spec: PodSpec,
  path: string,
): FieldError[] {
  return before.flatMap(({ name, state }, index) => {
    const exitCode = state?.terminated?.exitCode;
    const now = statuses.find((status) => status.name === name);
    if (exitCode === undefined || now === undefined) return [];
    const container = containers.find((one) => one.name === name);
    const mayRestart = container !== undefined && containerShouldRestart(container, spec, exitCode);
    if (now.state?.terminated !== undefined || mayRestart) return [];
    const detail = "may not be transitioned to non-terminated state";
    return [forbidden(`${path}[${index}].state`, detail)];
  });
}

function validateAddresses(status: PodStatus, before: PodStatus): FieldError[] {
  const { hostIP, hostIPs = [] } = status;
  const [first] = hostIPs;
  const isOther = first !== undefined && first.ip !== hostIP;
  return [
    ...validateIps(status.podIPs, before.podIPs, "status.podIPs"),
    ...(isOther
      ? [invalid("status.hostIPs[0].ip", first.ip ?? "", "must be equal to `hostIP`")]
      : []),
    ...validateIps(hostIPs, before.hostIPs, "status.hostIPs"),
  ];
}

type Ips = readonly { readonly ip?: string }[];

/** One of each family; those that were there already may be wrong. */
function validateIps(ips: Ips = [], before: Ips = [], path: string): FieldError[] {
  const texts = ips.map(({ ip = "" }) => ip);
  const wrong = texts.flatMap((ip, index) => {
    const isKnown = before.some((one) => one.ip === ip);
    const detail = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    return isKnown || canonicalIP(ip) !== undefined
      ? []
      : [invalid(`${path}[${index}]`, ip, detail)];
  });
  const isDual = texts.length === 2 && new Set(texts.map((ip) => ip.includes(":"))).size === 2;
  if (texts.length < 2 || isDual) return wrong;
  return [...wrong, invalid(path, ips, "may specify no more than one IP for each IP family")];
}
