import { goJson } from "../../api/go-json.ts";
import type { KubeObject } from "../../api/meta.ts";
import type { ResourceQuota } from "../../api/policy-objects.ts";
import { apiResources } from "../../apiserver/api-resources.ts";
import { syncResourceQuota } from "../../apiserver/admission-resource-quota.ts";
import { send, type Sync, type SyncError } from "../sync.ts";

/** What the controller's caches hold of a quota and its namespace. */
export interface ResourceQuotaView {
  readonly quota: ResourceQuota;
  /** All objects of the namespace that a quota may count. */
  readonly objects: readonly KubeObject[];
  readonly nowMs: number;
}

/** pkg/controller/resourcequota/resource_quota_controller.go syncResourceQuota */
export function* syncQuota(view: ResourceQuotaView): Sync<SyncError | undefined> {
  const { quota, objects, nowMs } = view;
  const objectsOf = (kind: string) => objects.filter((object) => object.kind === kind);
  const synced = syncResourceQuota(quota, objectsOf, { kinds, nowMs });
  if (goJson(synced.status ?? {}) === goJson(quota.status ?? {})) return undefined;
  const { namespace = "", name } = quota.metadata;
  const request = { verb: "update", resource: "resourcequotas", subresource: "status" } as const;
  const { error } = yield* send({ ...request, namespace, name, object: synced });
  return error;
}

const kinds = apiResources.filter(({ isNamespaced }) => isNamespaced).map(({ kind }) => kind);
