/** How a strategic merge patch treats one field of a struct. */
export interface PatchMetadata {
  /** The struct of the field, its elements or its values, where some field of it is special. */
  readonly struct?: string;
  /** `merge`: lists are merged element by element; `replace`: maps are not merged. */
  readonly strategy?: "merge" | "replace";
  /** What tells the elements of a merged list apart; scalars have none. */
  readonly mergeKey?: string;
  /** A patch of a map names all of the fields that are to stay: they are alternatives. */
  readonly retainsKeys?: true;
}

/** By kind or struct: the fields that are not simply merged (maps) or replaced (all else). */
type Structs = Readonly<Record<string, Readonly<Record<string, PatchMetadata>>>>;

/** LookupPatchMetadataForStruct, for the struct that an object of that kind is. */
export function patchMetadataOf(struct: string, field: string): PatchMetadata {
  if (field === "metadata") return { struct: "ObjectMeta" };
  return structs[struct]?.[field] ?? {};
}

const by = (mergeKey: string, struct?: string): PatchMetadata => ({
  strategy: "merge",
  mergeKey,
  ...(struct !== undefined && { struct }),
});
const alternatives = (mergeKey: string, struct?: string): PatchMetadata => ({
  ...by(mergeKey, struct),
  retainsKeys: true,
});
const template: PatchMetadata = { struct: "PodTemplateSpec" };
const conditions: PatchMetadata = by("type");

const workload = (spec: string): Structs[string] => ({
  spec: { struct: spec },
  status: { struct: "Conditions" },
});

const containerFields: Structs[string] = {
  env: by("name"),
  ports: by("containerPort"),
  volumeDevices: by("devicePath"),
  volumeMounts: by("mountPath"),
};

/** `patchStrategy` and `patchMergeKey` of staging/src/k8s.io/api, v1.35.4. */
const structs: Structs = {
  Conditions: { conditions },
  Container: containerFields,
  CronJob: { spec: { struct: "CronJobSpec" } },
  CronJobSpec: { jobTemplate: { struct: "JobTemplateSpec" } },
  DaemonSet: workload("PodTemplateOwner"),
  Deployment: workload("DeploymentSpec"),
  DeploymentSpec: { strategy: { retainsKeys: true }, template },
  EphemeralVolumeSource: { volumeClaimTemplate: { struct: "PersistentVolumeClaimTemplate" } },
  HorizontalPodAutoscaler: workload("HorizontalPodAutoscalerSpec"),
  Job: workload("PodTemplateOwner"),
  JobTemplateSpec: { spec: { struct: "PodTemplateOwner" } },
  Namespace: workload("NamespaceSpec"),
  Node: { spec: { struct: "NodeSpec" }, status: { struct: "NodeStatus" } },
  NodeSpec: { podCIDRs: { strategy: "merge" } },
  NodeStatus: { addresses: by("type"), conditions },
  ObjectMeta: { finalizers: { strategy: "merge" }, ownerReferences: by("uid") },
  PersistentVolumeClaim: workload("PersistentVolumeClaimSpec"),
  Pod: { spec: { struct: "PodSpec" }, status: { struct: "PodStatus" } },
  PodDisruptionBudget: workload("PodDisruptionBudgetSpec"),
  PodDisruptionBudgetSpec: { selector: { strategy: "replace" } },
  PodSpec: {
    containers: by("name", "Container"),
    ephemeralContainers: by("name", "Container"),
    hostAliases: by("ip"),
    imagePullSecrets: by("name"),
    initContainers: by("name", "Container"),
    resourceClaims: alternatives("name"),
    schedulingGates: by("name"),
    topologySpreadConstraints: by("topologyKey"),
    volumes: alternatives("name", "Volume"),
  },
  PodStatus: {
    conditions,
    hostIPs: by("ip"),
    podIPs: by("ip"),
    resourceClaimStatuses: alternatives("name"),
  },
  PodTemplate: { template },
  PodTemplateOwner: { template },
  PodTemplateSpec: { spec: { struct: "PodSpec" } },
  ReplicaSet: workload("PodTemplateOwner"),
  ReplicationController: workload("PodTemplateOwner"),
  Service: { spec: { struct: "ServiceSpec" }, status: { struct: "Conditions" } },
  ServiceAccount: { secrets: by("name") },
  ServiceSpec: { ports: by("port") },
  StatefulSet: workload("PodTemplateOwner"),
  Volume: { ephemeral: { struct: "EphemeralVolumeSource" } },
};
