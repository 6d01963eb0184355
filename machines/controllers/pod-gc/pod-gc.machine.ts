import { podGcChart } from "../../generated/pod-gc.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup } from "../sync-setup.ts";

/** What a pass wants to do next. */
export type PodGcStep = "read" | "mark" | "delete" | SyncEnd;

/** Looks for pods that nobody else would delete, and deletes them. */
export const podGcMachine = postponingSyncSetup<PodGcStep>().createMachine({
  ...podGcChart,
  context: {},
});

export const podGcSamples: Samples<typeof podGcMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.asked" },
    { type: "step.found", step: "read", afterMs: 0 },
    { type: "step.found", step: "mark", afterMs: 0 },
    { type: "step.found", step: "delete", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "postponed", afterMs: 40_000 },
    { type: "step.found", step: "failed", afterMs: 0 },
    { type: "calls.answered" },
  ],
};
