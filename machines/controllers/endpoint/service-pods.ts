import { canonicalIP, isIPv6 } from "../../api/ip-address.ts";
import type { ObjectReference, Service, ServicePort } from "../../api/network-objects.ts";
import type { Container, Pod } from "../../api/pod.ts";
import { isPodPhaseTerminal } from "../../api/pod-status.ts";
import { selectorFromSet, selectorMatches } from "../../api/selector.ts";

/**
 * The pods that a service selects; undefined when somebody else fills in its endpoints. Source:
 * endpointslice_controller.go syncService.
 */
export function podsOfService({ metadata, spec }: Service, pods: readonly Pod[]) {
  if (spec?.type === "ExternalName" || spec?.selector === undefined) return undefined;
  const selector = selectorFromSet(spec.selector);
  return pods.filter((pod) => {
    const isNear = pod.metadata.namespace === metadata.namespace;
    return isNear && selectorMatches(selector, pod.metadata.labels);
  });
}

/** endpointslice util/controller_utils.go ShouldPodBeInEndpoints */
export function shouldPodBeInEndpoints(
  { metadata, status }: Pod,
  includeTerminating: boolean,
): boolean {
  if (isPodPhaseTerminal(status?.phase)) return false;
  if ((status?.podIP ?? "") === "" && (status?.podIPs ?? []).length === 0) return false;
  return includeTerminating || metadata.deletionTimestamp === undefined;
}

/** endpointslice util/controller_utils.go ShouldSetHostname */
export function shouldSetHostname({ metadata, spec }: Pod, service: Service): boolean {
  return (
    (spec.hostname ?? "") !== "" &&
    spec.subdomain === service.metadata.name &&
    service.metadata.namespace === metadata.namespace
  );
}

/** Undefined when no container has a port of that name; endpointslice utils.go FindPort. */
export function findPort({ spec }: Pod, { port, protocol, ...named }: ServicePort) {
  const target = named.targetPort ?? port;
  if (typeof target === "number") return target;
  const sidecars = spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === "Always");
  const containers: readonly Container[] = [...spec.containers, ...(sidecars ?? [])];
  const ports = containers.flatMap((container) => container.ports ?? []);
  return ports.find((one) => one.name === target && one.protocol === protocol)?.containerPort;
}

/** A pod's addresses of one family, as Go writes them. */
export function podAddresses({ status }: Pod, wantsIPv6: boolean): readonly string[] {
  const addresses = (status?.podIPs ?? []).flatMap(({ ip }) => canonicalIP(ip) ?? []);
  return addresses.filter((address) => isIPv6(address) === wantsIPv6);
}

export function podReference({ metadata }: Pod): ObjectReference {
  const { namespace = "", name, uid = "" } = metadata;
  return { kind: "Pod", namespace, name, uid };
}

/** pkg/apis/core/v1/helper IsServiceIPSet */
export function isServiceIPSet({ spec }: Service): boolean {
  return spec?.clusterIP !== "None" && (spec?.clusterIP ?? "") !== "";
}

/** What endpoints of a headless service are marked with. */
export const isHeadlessService = "service.kubernetes.io/headless";
/** When what changed them did. */
export const lastChangeTriggerTime = "endpoints.kubernetes.io/last-change-trigger-time";
