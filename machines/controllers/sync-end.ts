/** How a sync ends: with an error, with another one due later, or with nothing left to do. */
export type SyncEnd = "failed" | PassEnd;

/** How a pass over all objects ends: what is refused on the way is left to the next one. */
export type PassEnd = "postponed" | "succeeded";
