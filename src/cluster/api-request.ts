import type { KubeObject } from "../../machines/api/meta.ts";
import type { Fields } from "../../machines/apiserver/patch-value.ts";
import type { PatchType } from "../../machines/apiserver/patch.ts";

/** What a user or a component asks of the API; it travels as the message's detail. */
export interface ApiRequest {
  /** Create or apply. */
  readonly object?: KubeObject;
  /** Apply: the object as its author wrote it. */
  readonly manifest?: Fields;
  /** Delete. */
  readonly kind?: string;
  readonly key?: string;
  /** Instead of a key: all of the kind in the namespace that the selectors' texts find. */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly namespace?: string;
  readonly gracePeriodSeconds?: number | null;
  readonly patch?: unknown;
  /** Of a binding. */
  readonly uid?: string;
  readonly nodeName?: string;
  /** A JSON merge patch unless given. */
  readonly patchType?: PatchType;
  /** What of the object is patched; its spec and metadata unless given. */
  readonly subresource?: "status" | "resize";
  /** Apply: whether what others changed meanwhile is changed back, as usual. */
  readonly overwrite?: boolean;
  /** In whose name an object's fields are written. */
  readonly fieldManager?: string;
  /** The API server merges what is applied; `force`: also what others have. */
  readonly serverSide?: { readonly force: boolean };
  /** The file that kubectl read the object from. */
  readonly source?: string;
}

/** The name in `namespace/name`. */
export function nameIn(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
