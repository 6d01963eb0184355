import { isBuiltIn } from "../api/built-in-groups.ts";
import type { AnyObject, ObjectByKind } from "../api/objects.ts";
import type { Pod } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { setObjectDefaultsPod } from "./defaults-pod.ts";
import { prepareForCreate, prepareForUpdate, stored } from "./prepare-pod.ts";
import * as apps from "./strategies-apps.ts";
import * as batch from "./strategies-batch.ts";
import * as core from "./strategies-core.ts";
import * as policy from "./strategies-policy.ts";
import { customResourceDefinitions } from "./strategies-extensions.ts";
import { daemonSets, statefulSets } from "./strategies-sets.ts";
import { webhookConfigurations } from "./strategies-webhooks.ts";
import type { Strategy } from "./kind-strategy.ts";
import { validatePodCreate } from "./validation-pod-create.ts";
import { validatePodUpdate } from "./validation-pod-update.ts";
import { getWarningsForPod } from "./warnings-pod.ts";

/** pkg/registry/core/pod/strategy.go */
const pods: Strategy<Unchecked<Pod>> = {
  isNamespaced: true,
  setDefaults: setObjectDefaultsPod,
  convert: (pod) => ({ ...pod, spec: stored(pod.spec ?? {}) }),
  prepareForCreate,
  validate: validatePodCreate,
  warningsOnCreate: getWarningsForPod,
  prepareForUpdate,
  validateUpdate: validatePodUpdate,
};

const strategies: { readonly [Kind in keyof ObjectByKind]: Strategy } = {
  Pod: pods,
  Node: core.nodes,
  ConfigMap: core.configMaps,
  Secret: core.secrets,
  PersistentVolumeClaim: core.persistentVolumeClaims,
  RuntimeClass: core.runtimeClasses,
  PriorityClass: core.priorityClasses,
  Namespace: policy.namespaces,
  ServiceAccount: policy.serviceAccounts,
  Service: core.services,
  Endpoints: core.endpoints,
  EndpointSlice: core.endpointSlices,
  NetworkPolicy: core.networkPolicies,
  ReplicationController: apps.replicationControllers,
  ReplicaSet: apps.replicaSets,
  Deployment: apps.deployments,
  StatefulSet: statefulSets,
  DaemonSet: daemonSets,
  ControllerRevision: apps.controllerRevisions,
  Job: batch.jobs,
  CronJob: batch.cronJobs,
  HorizontalPodAutoscaler: policy.horizontalPodAutoscalers,
  PersistentVolume: policy.persistentVolumes,
  StorageClass: policy.storageClasses,
  PodDisruptionBudget: policy.podDisruptionBudgets,
  ResourceQuota: policy.resourceQuotas,
  LimitRange: policy.limitRanges,
  Role: policy.roles,
  RoleBinding: policy.roleBindings,
  ClusterRole: policy.clusterRoles,
  ClusterRoleBinding: policy.clusterRoleBindings,
  Lease: policy.leases,
  Event: policy.events,
  MutatingWebhookConfiguration: webhookConfigurations,
  ValidatingWebhookConfiguration: webhookConfigurations,
};

const byKind: ReadonlyMap<string, Strategy> = new Map([
  ...Object.entries(strategies),
  ["CustomResourceDefinition", customResourceDefinitions],
]);

/** What the API server does with objects of a kind; undefined of a kind that is not modelled. */
export function strategyOf(kind: string | undefined): Strategy | undefined {
  return byKind.get(kind ?? "");
}

/** The same of an object, whose group may have a kind of that word of its own. */
export function strategyFor({ apiVersion, kind }: AnyObject): Strategy | undefined {
  const isOwn = apiVersion === undefined || isBuiltIn(apiVersion);
  return isOwn || apiVersion.startsWith("apiextensions.k8s.io/") ? strategyOf(kind) : undefined;
}
