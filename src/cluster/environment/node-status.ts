import { reportPressure, taintForPressure } from "../../system/projections/node-pressure.ts";
import type { Handler } from "../../system/composition.ts";
import type { KubeWorld } from "../../system/world.ts";

/** The node's status is due: the kubelet posts it, and the control plane draws its conclusions. */
export const nodeStatus: Handler<KubeWorld> = ({ world, self, now }) => {
  const { node = "" } = self.subject;
  if (!world.node(node).isWatching) return;
  reportPressure(world, node, now);
  taintForPressure(world, node, now);
};
