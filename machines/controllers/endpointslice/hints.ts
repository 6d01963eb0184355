import type { Endpoint, EndpointSlice, Service } from "../../api/network-objects.ts";

/** `PreferClose` is the old name of `PreferSameZone`. */
const closeDistributions = ["PreferClose", "PreferSameZone", "PreferSameNode"];

/** Whether a slice that nothing else changes has to be written for its hints. */
export function needsHints({ spec }: Service, slice: EndpointSlice): boolean {
  const before = slice.endpoints ?? [];
  const isClose = closeDistributions.includes(spec?.trafficDistribution ?? "");
  return before.some((endpoint) => {
    if (!isClose) return endpoint.hints !== undefined;
    if (endpoint.conditions?.ready !== true) return false;
    const wanted = hintsOf(endpoint, spec?.trafficDistribution === "PreferSameNode");
    return JSON.stringify(hintNames(wanted)) !== JSON.stringify(hintNames(endpoint.hints));
  });
}

/**
 * Who should be sent to each ready endpoint: whoever is in its zone, or on its node. Source:
 * endpointslice trafficdist/trafficdist.go ReconcileHints.
 */
export function withHints({ spec }: Service, slice: EndpointSlice): EndpointSlice {
  const isClose = closeDistributions.includes(spec?.trafficDistribution ?? "");
  const endpoints = slice.endpoints?.map((endpoint): Endpoint => {
    if (isClose && endpoint.conditions?.ready !== true) return endpoint;
    const { hints: _, ...rest } = endpoint;
    const hints = isClose
      ? hintsOf(endpoint, spec?.trafficDistribution === "PreferSameNode")
      : undefined;
    return hints === undefined ? rest : { ...rest, hints };
  });
  return endpoints === undefined ? slice : { ...slice, endpoints };
}

function hintsOf({ zone, nodeName }: Endpoint, isSameNode: boolean): Endpoint["hints"] {
  const forNodes = isSameNode && nodeName !== undefined ? [{ name: nodeName }] : undefined;
  const forZones = zone !== undefined ? [{ name: zone }] : undefined;
  if (forNodes === undefined && forZones === undefined) return undefined;
  return { ...(forZones && { forZones }), ...(forNodes && { forNodes }) };
}

function hintNames(hints: Endpoint["hints"]): unknown {
  return [hints?.forZones ?? [], hints?.forNodes ?? []].map((list) => list.map(({ name }) => name));
}
