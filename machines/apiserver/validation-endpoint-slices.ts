import { canonicalIP, isIPv6 } from "../api/ip-address.ts";
import type { Endpoint, EndpointSlice } from "../api/network-objects.ts";
import {
  isDns1123Label,
  isQualifiedName,
  isValidLabelValue,
  nameIsDnsSubdomain,
} from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  invalid,
  invalids,
  required,
  tooMany,
  validateRequiredChoice,
} from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { isFullyQualifiedDomainName } from "./validation-domains.ts";
import { isValidIP, isValidIPForLegacyField } from "./validation-ip.ts";
import { validateLabels } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { validateImmutableField } from "./validation-numbers.ts";
import { validateEndpointIP } from "./validation-service-addresses.ts";
import { protocols } from "./validation-service-ports.ts";

type AnySlice = Unchecked<EndpointSlice>;

const most = { topologyLabels: 16, addresses: 100, ports: 20_000, endpoints: 1000, hints: 8 };

/** pkg/apis/discovery/validation/validation.go ValidateEndpointSlice. */
export function validateEndpointSlice(slice: AnySlice, old?: AnySlice): FieldError[] {
  const { metadata = {}, addressType = "", endpoints = [] } = slice;
  const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };
  const types = ["FQDN", "IPv4", "IPv6"];
  const isSame = old !== undefined && semanticDeepEqual(endpoints, old.endpoints);
  return [
    ...validateObjectMeta(metadata, rules),
    ...validateRequiredChoice(addressType, types, "addressType"),
    ...validatePorts(slice),
    ...(isSame ? [] : validateEndpoints(endpoints, addressType)),
  ];
}

/** ValidateEndpointSliceUpdate. */
export function validateEndpointSliceUpdate(slice: AnySlice, old: AnySlice): FieldError[] {
  return [
    ...validateEndpointSlice(slice, old),
    ...validateImmutableField(slice.addressType, old.addressType, "addressType"),
  ];
}

function validatePorts({ ports = [] }: AnySlice): FieldError[] {
  if (ports.length > most.ports) return [tooMany("ports", ports.length, most.ports)];
  const names = ports.map(({ name = "" }) => name);
  return ports.flatMap(({ name = "", protocol = "", appProtocol }, index) => {
    const path = `ports[${index}]`;
    const isSecond = names.indexOf(name) < index;
    return [
      ...(name === "" ? [] : invalids(`${path}.name`, name, isDns1123Label(name))),
      ...(isSecond ? [duplicate(`${path}.name`, name)] : []),
      ...validateRequiredChoice(protocol, protocols, `${path}.protocol`),
      ...(appProtocol === undefined
        ? []
        : invalids(`${path}.appProtocol`, appProtocol, isQualifiedName(appProtocol))),
    ];
  });
}

function validateEndpoints(endpoints: readonly Unchecked<Endpoint>[], type: string): FieldError[] {
  if (endpoints.length > most.endpoints) {
    return [tooMany("endpoints", endpoints.length, most.endpoints)];
  }
  return endpoints.flatMap((endpoint, index) => {
    return validateEndpoint(endpoint, type, `endpoints[${index}]`);
  });
}

function validateEndpoint(endpoint: Unchecked<Endpoint>, type: string, path: string): FieldError[] {
  const { addresses = [], nodeName, hostname, deprecatedTopology = {} } = endpoint;
  const at = `${path}.addresses`;
  const labels = Object.keys(deprecatedTopology).length;
  const topology = `${path}.deprecatedTopology`;
  return [
    ...(addresses.length === 0 ? [required(at, "must contain at least 1 address")] : []),
    ...(addresses.length > most.addresses ? [tooMany(at, addresses.length, most.addresses)] : []),
    ...addresses.flatMap((address, index) => validateAddress(address, type, at, index)),
    ...(nodeName === undefined
      ? []
      : invalids(`${path}.nodeName`, nodeName, nameIsDnsSubdomain(nodeName))),
    ...(labels > most.topologyLabels ? [tooMany(topology, labels, most.topologyLabels)] : []),
    ...validateLabels(deprecatedTopology, topology),
    ...(hostname === undefined
      ? []
      : invalids(`${path}.hostname`, hostname, isDns1123Label(hostname))),
    ...validateHints(endpoint.hints ?? {}, `${path}.hints`),
  ];
}

function validateAddress(address: string, type: string, path: string, index: number): FieldError[] {
  const at = `${path}[${index}]`;
  if (type === "FQDN") return isFullyQualifiedDomainName(at, address);
  if (type !== "IPv4" && type !== "IPv6") return [];
  const errors = type === "IPv4" ? isValidIPForLegacyField(at, address) : isValidIP(at, address);
  if (errors.length > 0) return errors;
  const family = isIPv6(canonicalIP(address) ?? "") ? "IPv6" : "IPv4";
  const other = family === type ? [] : [invalid(path, address, `must be an ${type} address`)];
  return [...other, ...validateEndpointIP(address, at)];
}

function validateHints(
  { forZones = [], forNodes = [] }: NonNullable<Unchecked<Endpoint>["hints"]>,
  path: string,
): FieldError[] {
  if (forZones.length > most.hints) {
    return [tooMany(`${path}.forZones`, forZones.length, most.hints)];
  }
  const zones = ofEach(forZones, `${path}.forZones`, isValidLabelValue);
  if (forNodes.length > most.hints) {
    return [...zones, tooMany(`${path}.forNodes`, forNodes.length, most.hints)];
  }
  return [...zones, ...ofEach(forNodes, `${path}.forNodes`, (name) => nameIsDnsSubdomain(name))];
}

function ofEach(
  all: readonly { readonly name?: string }[],
  path: string,
  messagesOf: (name: string) => readonly string[],
): FieldError[] {
  const names = all.map(({ name = "" }) => name);
  return names.flatMap((name, index) => {
    const at = `${path}[${index}].name`;
    const isSecond = names.indexOf(name) < index;
    return [...(isSecond ? [duplicate(at, name)] : []), ...invalids(at, name, messagesOf(name))];
  });
}
