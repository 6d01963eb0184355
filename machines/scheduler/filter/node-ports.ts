import { getHostPorts } from "../../api/host-ports.ts";
import { checkConflict } from "../framework/host-port-info.ts";
import type { FilterPlugin } from "../framework/plugin.ts";
import { skip, unschedulable } from "../framework/status.ts";

/** plugins/nodeports/node_ports.go */
export const nodePorts: FilterPlugin = {
  name: "NodePorts",
  hasPreFilter: true,
  preFilter: ({ pod: { spec } }) => {
    const wanted = getHostPorts(spec);
    if (wanted.length === 0) return skip;
    return {
      filter: ({ usedPorts }) =>
        wanted.some((port) => checkConflict(usedPorts, port)) ? refusal : undefined,
      signature: JSON.stringify(wanted),
    };
  },
};

const refusal = unschedulable("node(s) didn't have free ports for the requested pod ports");
