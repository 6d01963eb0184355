import type { Node, NodeCondition } from "../../api/node.ts";

/** How much of a zone is not ready; node_lifecycle_controller.go ZoneState. */
export type ZoneState = "Initial" | "Normal" | "FullDisruption" | "PartialDisruption";

/** Periods and rates of the controller manager. */
export interface NodeLifecycleSettings {
  readonly nodeMonitorGracePeriodMs: number;
  readonly nodeStartupGracePeriodMs: number;
  /** Nodes a second. */
  readonly nodeEvictionRate: number;
  readonly secondaryNodeEvictionRate: number;
  readonly largeClusterSizeThreshold: number;
  readonly unhealthyZoneThreshold: number;
}

/** A node without a Ready condition is not ready. */
export function computeZoneState(
  readyConditions: readonly (NodeCondition | undefined)[],
  unhealthyZoneThreshold: number,
): { readonly notReady: number; readonly state: ZoneState } {
  const ready = readyConditions.filter((one) => one?.status === "True").length;
  const notReady = readyConditions.length - ready;
  if (ready === 0 && notReady > 0) return { notReady, state: "FullDisruption" };
  const share = Math.fround(notReady / readyConditions.length);
  const isPartial = notReady > 2 && share >= Math.fround(unhealthyZoneThreshold);
  return { notReady, state: isPartial ? "PartialDisruption" : "Normal" };
}

/** How fast nodes of a zone are tainted; setLimiterInZone. */
export function evictionRate(
  state: ZoneState,
  zoneSize: number,
  settings: NodeLifecycleSettings,
): number {
  return state === "PartialDisruption"
    ? reducedQPSFunc(zoneSize, settings)
    : healthyQPSFunc(settings);
}

/** In a small cluster nothing is evicted while much of it is lost. */
export function reducedQPSFunc(
  zoneSize: number,
  settings: Pick<NodeLifecycleSettings, "largeClusterSizeThreshold" | "secondaryNodeEvictionRate">,
): number {
  const { largeClusterSizeThreshold, secondaryNodeEvictionRate } = settings;
  return zoneSize > largeClusterSizeThreshold ? secondaryNodeEvictionRate : 0;
}

export function healthyQPSFunc({
  nodeEvictionRate,
}: Pick<NodeLifecycleSettings, "nodeEvictionRate">): number {
  return nodeEvictionRate;
}

/** component-helpers node/topology GetZoneKey; empty without region and zone. */
export function getZoneKey({ metadata }: Node): string {
  const region = metadata.labels?.["topology.kubernetes.io/region"] ?? "";
  const zone = metadata.labels?.["topology.kubernetes.io/zone"] ?? "";
  return region === "" && zone === "" ? "" : `${region}:\0:${zone}`;
}
