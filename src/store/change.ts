import type { KubeObject } from "../../machines/api/meta.ts";

/** One write, as a watch would report it. */
export interface StoreChange {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  /** With the revision of the write; of a deletion the last form. */
  readonly object: KubeObject;
  /** The object before the write. */
  readonly previous?: KubeObject;
}

/** The revision that a write made. */
export function revisionOf({ object }: Pick<StoreChange, "object">): number {
  return Number(object.metadata.resourceVersion);
}
