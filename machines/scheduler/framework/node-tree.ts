import type { Node } from "../../api/node.ts";

/**
 * The order in which nodes are tried: the first of each zone, then the second of each, and so on.
 * pkg/scheduler/backend/cache/node_tree.go list
 */
export function nodeTreeOrder<NodeOfZone extends { readonly node: Pick<Node, "metadata"> }>(
  nodes: readonly NodeOfZone[],
): readonly NodeOfZone[] {
  const tree = new Map<string, NodeOfZone[]>();
  for (const node of nodes) {
    const zone = getZoneKey(node.node);
    const present = tree.get(zone);
    if (present === undefined) tree.set(zone, [node]);
    else present.push(node);
  }
  const zones = [...tree.values()];
  const longest = zones.reduce((most, zone) => Math.max(most, zone.length), 0);
  const order: NodeOfZone[] = [];
  for (let index = 0; index < longest; index++) {
    for (const zone of zones) {
      const node = zone[index];
      if (node !== undefined) order.push(node);
    }
  }
  return order;
}

/** component-helpers node/topology/helpers.go GetZoneKey */
function getZoneKey({ metadata: { labels = {} } }: Pick<Node, "metadata">): string {
  const zone = labels["failure-domain.beta.kubernetes.io/zone"] ?? labels[zoneLabel] ?? "";
  const region = labels["failure-domain.beta.kubernetes.io/region"] ?? labels[regionLabel] ?? "";
  return region === "" && zone === "" ? "" : `${region}:\u0000:${zone}`;
}

const zoneLabel = "topology.kubernetes.io/zone";
const regionLabel = "topology.kubernetes.io/region";
