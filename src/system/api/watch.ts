import type { KubeObject } from "../../../machines/api/meta.ts";
import {
  type ApiStatus,
  newExpired,
  newTooLargeVersion,
} from "../../../machines/apiserver/api-status.ts";
import type { StoreChange } from "../../store/change.ts";
import { isSelected } from "../../store/selection.ts";
import {
  type ApiCall,
  type ApiContext,
  apiVersionOf,
  refuse,
  type Refused,
  storeKindOf,
} from "./call.ts";
import { type Wanted, wantedBy } from "./read.ts";

/** What a watch is told; of a bookmark only the resourceVersion says something. */
export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  readonly object: KubeObject;
}

/** A watch that has begun: what it is told first, and from where it goes on. */
export interface OpenedWatch {
  readonly events: readonly WatchEvent[];
  readonly revision: number;
  readonly wanted: Wanted;
}

/**
 * GET with `watch=true`: without a resourceVersion all that is there comes first, with one all that
 * has changed since then, or it is too old. apiserver/pkg/storage/cacher Watch
 */
export function openWatch(context: ApiContext, call: ApiCall): OpenedWatch | Refused {
  const wanted = wantedBy(call);
  if ("code" in wanted) return refuse(wanted, "reading");
  const { store } = context;
  const { resourceVersion = "" } = call.options ?? {};
  const kind = storeKindOf(call.resource);
  if (resourceVersion === "" || resourceVersion === "0") {
    const objects = store.select(kind, wanted).filter(wanted.matches);
    const events = objects.map((object) => ({ type: "ADDED", object }) as const);
    return { events, revision: store.revision, wanted };
  }
  const since = revisionOf(resourceVersion, store.revision);
  if (typeof since !== "number") return refuse(since, "reading");
  const changes = store.since(kind, since);
  if ("compacted" in changes) {
    const why = `too old resource version: ${since} (${changes.compacted})`;
    return refuse(newExpired(why), "reading");
  }
  const events = [...changes].flatMap((change) => eventOf(change, wanted) ?? []);
  return { events, revision: store.revision, wanted };
}

function revisionOf(text: string, now: number): number | ApiStatus {
  if (!/^\d{1,15}$/.test(text)) {
    const shown = JSON.stringify(text);
    const why = `strconv.ParseUint: parsing ${shown}: invalid syntax`;
    return { code: 500, message: `resourceVersion: Invalid value: ${shown}: ${why}` };
  }
  return Number(text) > now ? newTooLargeVersion(Number(text), now) : Number(text);
}

/** What a change is to a watch: an object that begins to be meant is new, one that ceases gone. */
export function eventOf(change: StoreChange, wanted: Wanted): WatchEvent | undefined {
  const { type, object, previous } = change;
  const isMeant = type !== "DELETED" && isWanted(object, wanted);
  const wasMeant = previous !== undefined && isWanted(previous, wanted);
  if (isMeant) return { type: wasMeant ? "MODIFIED" : "ADDED", object };
  if (!wasMeant || previous === undefined) return undefined;
  const { resourceVersion = "" } = object.metadata;
  return { type: "DELETED", object: withVersion(previous, resourceVersion) };
}

function isWanted(object: KubeObject, wanted: Wanted): boolean {
  return isSelected(wanted, object) && wanted.matches(object);
}

function withVersion(object: KubeObject, resourceVersion: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}

/** Up to where a watch has been told everything. */
export function bookmark({ resource }: ApiCall, revision: number): WatchEvent {
  const metadata = { name: "", resourceVersion: String(revision) };
  return {
    type: "BOOKMARK",
    object: { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata },
  };
}
