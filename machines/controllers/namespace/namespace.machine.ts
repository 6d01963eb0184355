import { namespaceChart } from "../../generated/namespace.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup, syncSamples } from "../sync-setup.ts";

/** What the deletion of a namespace wants to do next. */
export type NamespaceStep = "read" | "delete" | "list" | "status" | "finalize" | SyncEnd;

/** Deletes what is in a namespace, and lets the namespace go. */
export const namespaceMachine = postponingSyncSetup<NamespaceStep>().createMachine({
  ...namespaceChart,
  context: {},
});

export const namespaceSamples: Samples<typeof namespaceMachine> = syncSamples<NamespaceStep>(
  ["read", "delete", "list", "status", "finalize", "succeeded", "postponed", "failed"],
  16_000,
);
