import type { EndpointSlice, Service } from "../../api/network-objects.ts";
import { hasStatusCause, send, type Sync, type SyncError } from "../sync.ts";
import type { SliceChanges } from "./slices.ts";

/** endpointslice utils.go ownedBy */
export function ownedBy({ metadata }: EndpointSlice, service: Service): boolean {
  return (metadata.ownerReferences ?? []).some(({ uid, kind, apiVersion }) => {
    return uid === service.metadata.uid && kind === "Service" && apiVersion === "v1";
  });
}

/**
 * The writes, the first error of which ends them. What would be deleted becomes what would be
 * created, so that names live on. Source: endpointslice reconciler.go finalize.
 */
export function* finalize(service: Service, changes: SliceChanges): Sync<SyncError | undefined> {
  const { toCreate, toUpdate, toDelete } = recycled(service, changes);
  const { namespace = "", name } = service.metadata;
  const of = `EndpointSlice for Service ${namespace}/${name}`;
  const place = { resource: "endpointslices", namespace };
  if (service.metadata.deletionTimestamp === undefined) {
    for (const object of toCreate) {
      const { error } = yield* send({ verb: "create", ...place, object });
      if (hasStatusCause(error, "NamespaceTerminating")) return undefined;
      if (error !== undefined) return { message: `failed to create ${of}: ${error.message}` };
    }
  }
  for (const object of toUpdate) {
    const { name: slice } = object.metadata;
    const { error } = yield* send({ verb: "update", ...place, name: slice, object });
    if (error !== undefined)
      return { message: `failed to update ${slice} ${of}: ${error.message}` };
  }
  for (const { metadata } of toDelete) {
    const { error } = yield* send({ verb: "delete", ...place, name: metadata.name });
    if (error !== undefined) {
      return { message: `failed to delete ${metadata.name} ${of}: ${error.message}` };
    }
  }
  return undefined;
}

function recycled(service: Service, changes: SliceChanges): SliceChanges {
  const toCreate = [...changes.toCreate];
  const toUpdate = [...changes.toUpdate];
  const toDelete = changes.toDelete.filter((old) => {
    const next = toCreate.at(-1);
    if (next === undefined || old.addressType !== next.addressType || !ownedBy(old, service)) {
      return true;
    }
    toCreate.pop();
    toUpdate.push({ ...next, metadata: { ...next.metadata, name: old.metadata.name } });
    return false;
  });
  return { toCreate, toUpdate, toDelete };
}
