/** The kind that a word of kubectl stands for: `po`, `pods` and `Pod` are all Pod. */
export function kindOfResource(word: string): string | undefined {
  return kinds.get(word) ?? kinds.get(word.toLowerCase());
}

/** Every word that kubectl takes for a kind, for what was meant instead. */
export function resourceWords(): Iterable<string> {
  return kinds.keys();
}

/** Kind, plural and short names as `kubectl api-resources` lists them. */
const resources = `
  Pod pods po
  Node nodes no
  Namespace namespaces ns
  ConfigMap configmaps cm
  Secret secrets
  ServiceAccount serviceaccounts sa
  PersistentVolume persistentvolumes pv
  PersistentVolumeClaim persistentvolumeclaims pvc
  Service services svc
  Endpoints endpoints ep
  EndpointSlice endpointslices
  Event events ev
  ResourceQuota resourcequotas quota
  LimitRange limitranges limits
  ReplicaSet replicasets rs
  Deployment deployments deploy
  StatefulSet statefulsets sts
  DaemonSet daemonsets ds
  Job jobs
  CronJob cronjobs cj
  PodDisruptionBudget poddisruptionbudgets pdb
  PriorityClass priorityclasses pc
  RuntimeClass runtimeclasses
  StorageClass storageclasses sc
  CSIDriver csidrivers
  CSINode csinodes
  CSIStorageCapacity csistoragecapacities
  VolumeAttachment volumeattachments
  Lease leases
  ReplicationController replicationcontrollers rc
  ControllerRevision controllerrevisions
  HorizontalPodAutoscaler horizontalpodautoscalers hpa
  NetworkPolicy networkpolicies netpol
  Role roles
  RoleBinding rolebindings
  ClusterRole clusterroles
  ClusterRoleBinding clusterrolebindings
  CSINode csinodes
  CustomResourceDefinition customresourcedefinitions crd crds
  MutatingWebhookConfiguration mutatingwebhookconfigurations
  ValidatingWebhookConfiguration validatingwebhookconfigurations
`;

const kinds: ReadonlyMap<string, string> = new Map(
  resources
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" "))
    .flatMap(([kind = "", ...words]) =>
      [kind.toLowerCase(), ...words].map((word) => [word, kind] as const),
    ),
);
