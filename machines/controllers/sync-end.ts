/** How a sync ends: with an error, with another one due later, or with nothing left to do. */
export type SyncEnd = "failed" | "postponed" | "succeeded";
