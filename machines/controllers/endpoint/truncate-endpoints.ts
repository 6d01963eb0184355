import type { EndpointAddress, EndpointSubset } from "../../api/network-objects.ts";

export const overCapacity = "endpoints.kubernetes.io/over-capacity";

/** More than an object should hold. */
export function isOverCapacity(subsets: readonly EndpointSubset[]): boolean {
  return count(subsets, "addresses") + count(subsets, "notReadyAddresses") > maxCapacity;
}

/**
 * At most a thousand addresses, each subset in its proportion, those that are ready before others;
 * undefined when there are no more. Source: endpoints_controller.go truncateEndpoints.
 */
export function truncateEndpoints(
  subsets: readonly EndpointSubset[],
): readonly EndpointSubset[] | undefined {
  if (!isOverCapacity(subsets)) return undefined;
  const readyCount = count(subsets, "addresses");
  const truncatesReady = readyCount > maxCapacity;
  const kind = truncatesReady ? "addresses" : "notReadyAddresses";
  const max = truncatesReady ? maxCapacity : maxCapacity - readyCount;
  const total = count(subsets, kind);
  let canBeAdded = max;
  return subsets.map((subset) => {
    const own = subset[kind] ?? [];
    const kept = own.slice(0, Math.min(Math.ceil((own.length / total) * max), canBeAdded));
    canBeAdded -= kept.length;
    const { ports, addresses: ready = [] } = subset;
    return {
      ...some("addresses", truncatesReady ? kept : ready),
      ...(!truncatesReady && some("notReadyAddresses", kept)),
      ...(ports && { ports }),
    };
  });
}

function some(kind: "addresses" | "notReadyAddresses", list: readonly EndpointAddress[]) {
  return list.length > 0 ? { [kind]: list } : {};
}

function count(
  subsets: readonly EndpointSubset[],
  kind: "addresses" | "notReadyAddresses",
): number {
  return subsets.reduce((sum, subset) => sum + (subset[kind]?.length ?? 0), 0);
}

const maxCapacity = 1_000;
