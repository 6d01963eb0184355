import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  ScalingRules,
} from "../api/autoscaling-objects.ts";
import type { ResourceList } from "../api/meta.ts";
import type {
  ClusterRoleBinding,
  LimitRange,
  LimitRangeItem,
  Namespace,
  ResourceQuota,
  RoleBinding,
  Subject,
} from "../api/policy-objects.ts";
import type { PersistentVolume, StorageClass } from "../api/storage-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { setDefaultsResourceList } from "./defaults-container.ts";
import { setDefaultsVolume } from "./defaults-volume.ts";

/** It is labelled with its own name; pkg/apis/core/v1/defaults.go SetDefaults_Namespace. */
export function setDefaultsNamespace(namespace: Unchecked<Namespace>): Unchecked<Namespace> {
  const { metadata = {}, status } = namespace;
  const { name = "" } = metadata;
  const label = name === "" ? {} : { "kubernetes.io/metadata.name": name };
  const labels = { ...metadata.labels, ...label };
  return {
    ...namespace,
    metadata: { ...metadata, ...(name !== "" && { labels }) },
    status: { ...status, phase: status?.phase || "Active" },
  };
}

/** SetDefaults_LimitRangeItem: max is the default limit; that, or min, the default request. */
export function setDefaultsLimitRange(limitRange: Unchecked<LimitRange>): Unchecked<LimitRange> {
  const { spec = {} } = limitRange;
  const limits = spec.limits?.map(setDefaultsItem);
  return limits === undefined ? limitRange : { ...limitRange, spec: { ...spec, limits } };
}

function setDefaultsItem(item: Unchecked<LimitRangeItem>): Unchecked<LimitRangeItem> {
  const { max, min, default: given, defaultRequest: request, maxLimitRequestRatio: ratio } = item;
  const isContainer = item.type === "Container";
  const limit = isContainer ? { ...max, ...given } : given;
  const asked = isContainer ? { ...min, ...limit, ...request } : request;
  return {
    ...item,
    ...rounded("max", max),
    ...rounded("min", min),
    ...rounded("default", limit),
    ...rounded("defaultRequest", asked),
    ...rounded("maxLimitRequestRatio", ratio),
  };
}

function rounded<Name extends string>(
  name: Name,
  list: ResourceList | undefined,
): { readonly [Key in Name]?: ResourceList } | Record<never, never> {
  const isEmpty = Object.keys(list ?? {}).length === 0;
  return list === undefined || isEmpty ? {} : { [name]: setDefaultsResourceList(list) };
}

/** Amounts are rounded; SetObjectDefaults_ResourceQuota. */
export function setDefaultsResourceQuota(
  quota: Unchecked<ResourceQuota>,
): Unchecked<ResourceQuota> {
  const { spec, status } = quota;
  const { hard, used } = status ?? {};
  return {
    ...quota,
    ...(spec?.hard && { spec: { ...spec, hard: setDefaultsResourceList(spec.hard) } }),
    ...(status && {
      status: {
        ...status,
        ...(hard && { hard: setDefaultsResourceList(hard) }),
        ...(used && { used: setDefaultsResourceList(used) }),
      },
    }),
  };
}

/** pkg/apis/rbac/v1/defaults.go SetDefaults_RoleBinding and SetDefaults_Subject. */
export function setDefaultsBinding<Binding extends Unchecked<RoleBinding | ClusterRoleBinding>>(
  binding: Binding,
): Binding {
  const { roleRef = {}, subjects } = binding;
  return {
    ...binding,
    roleRef: { ...roleRef, apiGroup: roleRef.apiGroup || rbacGroup },
    ...(subjects && { subjects: subjects.map(setDefaultsSubject) }),
  };
}

const rbacGroup = "rbac.authorization.k8s.io";

function setDefaultsSubject(subject: Unchecked<Subject>): Unchecked<Subject> {
  const isPerson = subject.kind === "User" || subject.kind === "Group";
  return subject.apiGroup || !isPerson ? subject : { ...subject, apiGroup: rbacGroup };
}

/** SetDefaults_PersistentVolume; a volume plugin has the defaults that it has in a pod. */
export function setDefaultsPersistentVolume(
  volume: Unchecked<PersistentVolume>,
): Unchecked<PersistentVolume> {
  const { spec = {}, status } = volume;
  const { hostPath, rbd, iscsi, azureDisk, scaleIO, capacity } = spec;
  const plugins = {
    ...(hostPath && { hostPath }),
    ...(rbd && { rbd }),
    ...(azureDisk && { azureDisk }),
    ...(scaleIO && { scaleIO }),
  };
  const { emptyDir: _, ...defaulted } = setDefaultsVolume(plugins);
  return {
    ...volume,
    spec: {
      ...spec,
      ...defaulted,
      ...(iscsi && { iscsi: { ...iscsi, iscsiInterface: iscsi.iscsiInterface || "default" } }),
      ...(capacity && { capacity: setDefaultsResourceList(capacity) }),
      persistentVolumeReclaimPolicy: spec.persistentVolumeReclaimPolicy || "Retain",
      volumeMode: spec.volumeMode ?? "Filesystem",
    },
    status: { ...status, phase: status?.phase || "Pending" },
  };
}

/** pkg/apis/storage/v1/defaults.go SetDefaults_StorageClass. */
export function setDefaultsStorageClass(
  storageClass: Unchecked<StorageClass>,
): Unchecked<StorageClass> {
  return {
    ...storageClass,
    reclaimPolicy: storageClass.reclaimPolicy ?? "Delete",
    volumeBindingMode: storageClass.volumeBindingMode ?? "Immediate",
  };
}

/** pkg/apis/autoscaling/v2/defaults.go SetDefaults_HorizontalPodAutoscaler. */
export function setDefaultsAutoscaler(
  autoscaler: Unchecked<HorizontalPodAutoscaler>,
): Unchecked<HorizontalPodAutoscaler> {
  const { spec = {} } = autoscaler;
  const { behavior, metrics = [] } = spec;
  return {
    ...autoscaler,
    spec: {
      ...spec,
      minReplicas: spec.minReplicas ?? 1,
      metrics: metrics.length === 0 ? [defaultMetric] : metrics,
      ...(behavior && {
        behavior: {
          scaleUp: { ...scaleUpRules, ...behavior.scaleUp },
          scaleDown: { ...scaleDownRules, ...behavior.scaleDown },
        },
      }),
    },
  };
}

const defaultMetric: NonNullable<Unchecked<HorizontalPodAutoscalerSpec>["metrics"]>[number] = {
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
};

const scaleUpRules: Unchecked<ScalingRules> = {
  stabilizationWindowSeconds: 0,
  selectPolicy: "Max",
  policies: [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ],
};
const scaleDownRules: Unchecked<ScalingRules> = {
  selectPolicy: "Max",
  policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
};
