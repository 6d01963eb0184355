import type { FilterPlugin } from "../framework/plugin.ts";
import { unresolvable } from "../framework/status.ts";

/** plugins/nodename/node_name.go: a pod that names its node runs there or nowhere. */
export const nodeName: FilterPlugin = {
  name: "NodeName",
  hasPreFilter: false,
  preFilter: ({ pod: { spec } }) => {
    const { nodeName: wanted = "" } = spec;
    return {
      filter: ({ name }) => (wanted === "" || wanted === name ? undefined : refusal),
      signature: wanted === "" ? "" : JSON.stringify(wanted),
    };
  },
};

const refusal = unresolvable("node(s) didn't match the requested node name");
