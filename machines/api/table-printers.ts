import type { Cell, KindPrinter } from "./kind-printer.ts";
import type { KubeObject } from "./meta.ts";
import { nodeColumns, printNode } from "./node-printer.ts";
import type { Node } from "./node.ts";
import type { ObjectByKind } from "./objects.ts";
import type { Pod } from "./pod.ts";
import { horizontalPodAutoscalers } from "./printers-autoscaler.ts";
import * as network from "./printers-network.ts";
import * as objects from "./printers-objects.ts";
import * as storage from "./printers-storage.ts";
import * as workloads from "./printers-workloads.ts";
import { podColumns, printPod } from "./printers.ts";

const pods: KindPrinter<Pod> = {
  columns: [...podColumns.always, ...podColumns.wide],
  wide: podColumns.wide,
  cells: (pod, nowMs) => {
    const row = printPod(pod, nowMs);
    return [...podColumns.always, ...podColumns.wide].map((name) => row[name]);
  },
};

const nodes: KindPrinter<Node> = {
  columns: [...nodeColumns.always, ...nodeColumns.wide],
  wide: nodeColumns.wide,
  cells: (node, nowMs) => {
    const row = printNode(node, nowMs);
    return [...nodeColumns.always, ...nodeColumns.wide].map((name) => row[name]);
  },
};

type Printers = { readonly [Kind in keyof ObjectByKind]: KindPrinter<ObjectByKind[Kind]> };

const printers: Printers = {
  Pod: pods,
  Node: nodes,
  ConfigMap: objects.configMaps,
  Secret: objects.secrets,
  PersistentVolumeClaim: storage.persistentVolumeClaims,
  RuntimeClass: objects.runtimeClasses,
  PriorityClass: objects.priorityClasses,
  Namespace: objects.namespaces,
  ServiceAccount: objects.serviceAccounts,
  Service: network.services,
  Endpoints: network.endpoints,
  EndpointSlice: network.endpointSlices,
  NetworkPolicy: network.networkPolicies,
  ReplicationController: workloads.replicationControllers,
  ReplicaSet: workloads.replicaSets,
  Deployment: workloads.deployments,
  StatefulSet: workloads.statefulSets,
  DaemonSet: workloads.daemonSets,
  ControllerRevision: workloads.controllerRevisions,
  Job: workloads.jobs,
  CronJob: workloads.cronJobs,
  HorizontalPodAutoscaler: horizontalPodAutoscalers,
  PersistentVolume: storage.persistentVolumes,
  StorageClass: storage.storageClasses,
  PodDisruptionBudget: objects.podDisruptionBudgets,
  ResourceQuota: objects.resourceQuotas,
  LimitRange: objects.others,
  Role: objects.others,
  RoleBinding: objects.bindings,
  ClusterRole: objects.others,
  ClusterRoleBinding: objects.bindings,
  Lease: objects.leases,
  Event: objects.events,
  MutatingWebhookConfiguration: objects.webhookConfigurations,
  ValidatingWebhookConfiguration: objects.webhookConfigurations,
};

/** Trusts that an object of that name of a kind is one. */
const byKind: ReadonlyMap<string, KindPrinter<KubeObject>> = new Map(Object.entries(printers));

/** How objects of a kind are shown; one without columns of its own has a name and a time. */
export function printerOf(kind: string): KindPrinter<KubeObject> {
  return byKind.get(kind) ?? objects.others;
}

/** The row of an object, as `kubectl get` shows it, by column. */
export function printRow(object: KubeObject, nowMs: number): Readonly<Record<string, Cell>> {
  const { columns, cells } = printerOf(object.kind);
  const row = cells(object, nowMs);
  return Object.fromEntries(columns.map((name, index) => [name, row[index] ?? ""]));
}
