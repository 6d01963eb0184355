import type { EndpointSlice, Endpoints } from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { warningsForIP } from "./validation-ip.ts";

/** v1 has no topology any more; pkg/registry/discovery/endpointslice/strategy.go */
export function withoutTopology(slice: Unchecked<EndpointSlice>): Unchecked<EndpointSlice> {
  const endpoints = slice.endpoints?.map((endpoint) => {
    const { deprecatedTopology: _, ...kept } = endpoint;
    return kept;
  });
  return endpoints === undefined ? slice : { ...slice, endpoints };
}

/** warnOnDeprecatedAddressType, warnOnBadIPs. */
export function endpointSliceWarnings(slice: Unchecked<EndpointSlice>): readonly string[] {
  const { addressType, endpoints = [], metadata } = slice;
  if (addressType === "FQDN") return [deprecatedType];
  const isOwn = controllers.includes(metadata?.labels?.[managedBy] ?? "");
  return (isOwn ? [] : endpoints).flatMap(({ addresses = [] }, index) => {
    return addresses.flatMap((address, at) => {
      return warningsForIP(`endpoints[${index}].addresses[${at}]`, address);
    });
  });
}

const managedBy = "endpointslice.kubernetes.io/managed-by";
const controllers = ["endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io"];
const deprecatedType = "spec.addressType: FQDN endpoints are deprecated";

/** pkg/registry/core/endpoint/strategy.go endpointsWarnings; not of the controller's own. */
export function endpointsWarnings(endpoints: Unchecked<Endpoints>): readonly string[] {
  const { metadata, subsets = [] } = endpoints;
  const label = "endpoints.kubernetes.io/managed-by";
  if (metadata?.labels?.[label] === "endpoint-controller") return [];
  return subsets.flatMap((subset, index) => {
    return (["addresses", "notReadyAddresses"] as const).flatMap((list) => {
      return (subset[list] ?? []).flatMap(({ ip = "" }, at) => {
        return warningsForIP(`subsets[${index}].${list}[${at}].ip`, ip);
      });
    });
  });
}
