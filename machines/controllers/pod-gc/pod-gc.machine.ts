import { podGcChart } from "../../generated/pod-gc.ts";
import type { Samples } from "../../samples.ts";
import type { PassEnd } from "../sync-end.ts";
import { passSetup, syncSamples } from "../sync-setup.ts";

/** What a pass wants to do next. */
export type PodGcStep = "read" | "mark" | "delete" | PassEnd;

/** Looks for pods that nobody else would delete, and deletes them. */
export const podGcMachine = passSetup<PodGcStep>().createMachine({
  ...podGcChart,
  context: {},
});

export const podGcSamples: Samples<typeof podGcMachine> = syncSamples<PodGcStep>(
  ["read", "mark", "delete", "succeeded", "postponed"],
  40_000,
);
