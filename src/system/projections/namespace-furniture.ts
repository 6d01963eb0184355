import { isWhole } from "../../../machines/api/objects.ts";
import {
  type ResourceQuotaView,
  syncQuota,
} from "../../../machines/controllers/resource-quota/sync-resource-quota.ts";
import type { ResourceQuotaStep } from "../../../machines/controllers/resource-quota/resource-quota.machine.ts";
import {
  publishRootCa,
  type RootCaView,
  rootCACertConfigMapName,
} from "../../../machines/controllers/root-ca-cert-publisher/publish-root-ca.ts";
import type { RootCaCertPublisherStep } from "../../../machines/controllers/root-ca-cert-publisher/root-ca-cert-publisher.machine.ts";
import {
  type ServiceAccountView,
  syncServiceAccounts,
} from "../../../machines/controllers/service-account/sync-namespace.ts";
import type { ServiceAccountStep } from "../../../machines/controllers/service-account/service-account.machine.ts";
import type { Caches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { type ControllerSync, ended } from "./sync-ended.ts";

type CachesOf<Of extends Caches["controller"]> = Extract<Caches, { controller: Of }>;

/** What a namespace has of accounts. */
export function seenAccounts({ store }: KubeWorld, name: string): CachesOf<"serviceAccount"> {
  const found = store.get("Namespace", name);
  const namespace = isWhole(found, "Namespace") ? found : undefined;
  const accounts = store.select("ServiceAccount", { namespace: name });
  return {
    controller: "serviceAccount",
    namespace,
    accounts: accounts.map(({ metadata }) => metadata.name),
  };
}

export function* syncOfAccounts(view: ServiceAccountView): ControllerSync {
  const error = yield* syncServiceAccounts(view);
  return ended(error === undefined ? {} : { error });
}

export function serviceAccountStep({ asks, end = {} }: SyncUnderWay): ServiceAccountStep {
  if (asks.length > 0) return "create";
  return end.error === undefined ? "succeeded" : "failed";
}

export function seenRootCa({ store }: KubeWorld, name: string): CachesOf<"rootCaCertPublisher"> {
  const found = store.get("ConfigMap", `${name}/${rootCACertConfigMapName}`);
  const configMap = isWhole(found, "ConfigMap") ? found : undefined;
  return { controller: "rootCaCertPublisher", namespace: name, configMap, rootCA };
}

/** Nobody can verify anything by it; kube-controller-manager --root-ca-file */
const rootCA = "-----BEGIN CERTIFICATE-----\na3ViZXJuZXRlcw==\n-----END CERTIFICATE-----\n";

export function* syncOfRootCa(view: RootCaView): ControllerSync {
  const error = yield* publishRootCa(view);
  return ended(error === undefined ? {} : { error });
}

export function rootCaCertPublisherStep({ asks, end = {} }: SyncUnderWay): RootCaCertPublisherStep {
  const [request] = asks;
  if (request !== undefined) return request.verb === "create" ? "create" : "update";
  return end.error === undefined ? "succeeded" : "failed";
}

/** Of a quota that is gone nothing is counted. */
export function seenQuota(
  { store }: KubeWorld,
  key: string,
): CachesOf<"resourceQuota"> | undefined {
  const quota = store.get("ResourceQuota", key);
  if (!isWhole(quota, "ResourceQuota")) return undefined;
  const { namespace = "" } = quota.metadata;
  const kinds = store.kindNames().filter((kind) => kind !== "Event");
  const objects = kinds.flatMap((kind) => store.select(kind, { namespace }));
  return { controller: "resourceQuota", quota, objects };
}

export function* syncOfQuota(view: ResourceQuotaView): ControllerSync {
  const error = yield* syncQuota(view);
  return ended(error === undefined ? {} : { error });
}

export function resourceQuotaStep({ asks, end = {} }: SyncUnderWay): ResourceQuotaStep {
  if (asks.length > 0) return "status";
  return end.error === undefined ? "succeeded" : "failed";
}
