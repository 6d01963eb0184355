import { podGcChart } from "../../generated/pod-gc.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup, syncSamples } from "../sync-setup.ts";

/** What a pass wants to do next. */
export type PodGcStep = "read" | "mark" | "delete" | SyncEnd;

/** Looks for pods that nobody else would delete, and deletes them. */
export const podGcMachine = postponingSyncSetup<PodGcStep>().createMachine({
  ...podGcChart,
  context: {},
});

export const podGcSamples: Samples<typeof podGcMachine> = syncSamples<PodGcStep>(
  ["read", "mark", "delete", "succeeded", "postponed", "failed"],
  40_000,
);
