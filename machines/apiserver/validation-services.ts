import {
  isDns1035Label,
  isDns1123Subdomain,
  isQualifiedName,
  isValidPortNum,
  type Messages,
} from "../api/names.ts";
import type { Service, ServiceSpec } from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
  validateChoice,
  validateRequiredChoice,
} from "./field-error.ts";
import { isExternallyAccessible } from "./defaults-network.ts";
import { isValidIPForLegacyField } from "./validation-ip.ts";
import { validateLabels } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import {
  onlyBalanced,
  validateSessionAffinity,
  validateSourceRanges,
} from "./validation-service-clients.ts";
import { validateServicePorts, validateSharedPorts } from "./validation-service-ports.ts";
import {
  isHeadless,
  validateClusterIPs,
  validateEndpointIP,
} from "./validation-service-addresses.ts";

type AnyService = Unchecked<Service>;
type Spec = Unchecked<ServiceSpec>;

/** pkg/apis/core/validation/validation.go ValidateServiceCreate. */
export function validateServiceCreate(service: AnyService): FieldError[] {
  return [
    ...validateObjectMeta(service.metadata ?? {}, {
      isNamespaced: true,
      validateName: validateServiceName,
    }),
    ...validateService(service),
  ];
}

/** The gate RelaxedServiceNameValidation is off. */
function validateServiceName(name: string, isPrefix: boolean): Messages {
  return isDns1035Label(isPrefix && name.endsWith("-") ? `${name.slice(0, -2)}a` : name);
}

/** What an update of it must obey as well; validateService. */
export function validateService(service: AnyService, old?: AnyService): FieldError[] {
  const { spec = {} } = service;
  return [
    ...validateTopologyAnnotations(service.metadata?.annotations ?? {}),
    ...validateTypeFields(spec),
    ...validateServicePorts(spec),
    ...validateLabels(spec.selector, "spec.selector"),
    ...validateSessionAffinity(spec),
    ...validateClusterIPs(spec, old?.spec),
    ...(spec.externalIPs ?? []).flatMap((ip, index) => {
      const path = `spec.externalIPs[${index}]`;
      const errors = isValidIPForLegacyField(path, ip, old?.spec?.externalIPs);
      return errors.length > 0 ? errors : validateEndpointIP(ip, path);
    }),
    ...validateRequiredChoice(spec.type ?? "", types, "spec.type"),
    ...validateNodePorts(spec),
    ...validateSharedPorts(spec),
    ...validateSourceRanges(service, old),
    ...validateLoadBalancer(spec),
    ...validateExternalTraffic(spec),
    ...validateInternalTraffic(spec),
    ...validateChoice(spec.trafficDistribution, distributions, "spec.trafficDistribution"),
  ];
}

const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const distributions = ["PreferClose", "PreferSameZone", "PreferSameNode"];

function validateTopologyAnnotations(annotations: Readonly<Record<string, string>>): FieldError[] {
  const [hintsKey, modeKey] = ["topology-aware-hints", "topology-mode"].map((name) => {
    return `service.kubernetes.io/${name}`;
  });
  const [hints, mode] = [annotations[hintsKey ?? ""], annotations[modeKey ?? ""]];
  if (hints === undefined || mode === undefined || hints === mode) return [];
  const detail = `must match annotations[${hintsKey}] when both are specified`;
  return [invalid(`metadata.annotations[${modeKey}]`, mode, detail)];
}

function validateTypeFields(spec: Spec): FieldError[] {
  const { type = "", ports = [] } = spec;
  const isNone = isHeadless(spec);
  const mustHavePorts = ports.length === 0 && !isNone && type !== "ExternalName";
  const detail = `may not be set to 'None' for ${type} services`;
  const isRefused = isNone && (type === "LoadBalancer" || type === "NodePort");
  return [
    ...(mustHavePorts ? [required("spec.ports")] : []),
    ...(isRefused ? [invalid("spec.clusterIPs[0]", "None", detail)] : []),
    ...(type === "ExternalName" ? validateExternalName(spec) : []),
  ];
}

function notOfName(field: string): FieldError {
  return forbidden(field, "may not be set for ExternalName services");
}

function validateExternalName(spec: Spec): FieldError[] {
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy, externalName = "" } = spec;
  const name = externalName.replace(/\.$/, "");
  return [
    ...(clusterIPs.length > 0 ? [notOfName("spec.clusterIPs")] : []),
    ...(ipFamilies.length > 0 ? [notOfName("spec.ipFamilies")] : []),
    ...(ipFamilyPolicy === undefined ? [] : [notOfName("spec.ipFamilyPolicy")]),
    ...(name === ""
      ? [required("spec.externalName")]
      : invalids("spec.externalName", name, isDns1123Subdomain(name))),
  ];
}

function validateNodePorts({ type, ports = [] }: Spec): FieldError[] {
  if (type !== "ClusterIP") return [];
  return ports.flatMap(({ nodePort = 0 }, index) => {
    const detail = "may not be used when `type` is 'ClusterIP'";
    return nodePort === 0 ? [] : [forbidden(`spec.ports[${index}].nodePort`, detail)];
  });
}

function validateLoadBalancer(spec: Spec): FieldError[] {
  const { allocateLoadBalancerNodePorts: allocates, type } = spec;
  const isBalanced = type === "LoadBalancer";
  return [
    ...(allocates !== undefined && !isBalanced
      ? [forbidden("spec.allocateLoadBalancerNodePorts", onlyBalanced)]
      : []),
    ...(allocates === undefined && isBalanced ? [required("allocateLoadBalancerNodePorts")] : []),
    ...validateLoadBalancerClass(spec),
  ];
}

/** validateLoadBalancerClassField. */
export function validateLoadBalancerClass({ type, loadBalancerClass: name }: Spec): FieldError[] {
  if (name === undefined) return [];
  const path = "spec.loadBalancerClass";
  if (type !== "LoadBalancer") return [forbidden(path, onlyBalanced)];
  return invalids(path, name, isQualifiedName(name));
}

/** Only a load balancer that keeps traffic on its node asks whether the node has any pod. */
export function needsHealthCheck({ type, externalTrafficPolicy }: Spec): boolean {
  return type === "LoadBalancer" && externalTrafficPolicy === "Local";
}

function validateExternalTraffic(spec: Spec): FieldError[] {
  const { externalTrafficPolicy: policy = "", healthCheckNodePort: port = 0, type = "" } = spec;
  const [at, portAt] = ["spec.externalTrafficPolicy", "spec.healthCheckNodePort"];
  const onlyAccessible = "may only be set for externally-accessible services";
  const onlyLocal =
    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  const unexpected = policy === "" ? [] : [invalid(at, policy, onlyAccessible)];
  return [
    ...(isExternallyAccessible(spec, type)
      ? validateRequiredChoice(policy, ["Cluster", "Local"], at)
      : unexpected),
    ...(!needsHealthCheck(spec) && port !== 0 ? [invalid(portAt, port, onlyLocal)] : []),
    ...(needsHealthCheck(spec) && port === 0 ? [required(portAt)] : []),
    ...(needsHealthCheck(spec) && port !== 0 ? invalids(portAt, port, isValidPortNum(port)) : []),
  ];
}

function validateInternalTraffic({ internalTrafficPolicy: policy, type = "" }: Spec): FieldError[] {
  const at = "spec.internalTrafficPolicy";
  const known = ["Cluster", "Local"];
  const isNeeded = ["NodePort", "LoadBalancer", "ClusterIP"].includes(type);
  if (policy === undefined) return isNeeded ? [required(at)] : [];
  return known.includes(policy) ? [] : [notSupported(at, policy, known)];
}
