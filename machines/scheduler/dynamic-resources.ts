import type { FilterPlugin, ScorePlugin } from "./framework/plugin.ts";
import { skip } from "./framework/status.ts";

/** plugins/dynamicresources/dynamicresources.go, as a pod without claims meets it. */
export const dynamicResources: FilterPlugin & ScorePlugin = {
  name: "DynamicResources",
  hasPreFilter: true,
  preFilter: () => skip,
  hasPreScore: false,
  preScore: () => ({ score: () => 0, signature: "" }),
};
