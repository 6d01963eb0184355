import type { LabelSelector } from "./label-selector.ts";
import type { KubeObject, ResourceList } from "./meta.ts";
import type { ObjectReference } from "./network-objects.ts";
import type { IntOrString, WorkloadCondition } from "./workload-objects.ts";

export interface Namespace extends KubeObject {
  readonly kind: "Namespace";
  readonly spec?: { readonly finalizers?: readonly string[] };
  readonly status?: {
    readonly phase?: "Active" | "Terminating";
    readonly conditions?: readonly WorkloadCondition[];
  };
}

export interface ServiceAccount extends KubeObject {
  readonly kind: "ServiceAccount";
  readonly secrets?: readonly ObjectReference[];
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
  readonly automountServiceAccountToken?: boolean;
}

export interface ResourceQuota extends KubeObject {
  readonly kind: "ResourceQuota";
  readonly spec?: ResourceQuotaSpec;
  readonly status?: { readonly hard?: ResourceList; readonly used?: ResourceList };
}

export interface ResourceQuotaSpec {
  readonly hard?: ResourceList;
  readonly scopes?: readonly string[];
  readonly scopeSelector?: { readonly matchExpressions?: readonly ScopeRequirement[] };
}

export interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values?: readonly string[];
}

export interface LimitRange extends KubeObject {
  readonly kind: "LimitRange";
  readonly spec?: { readonly limits?: readonly LimitRangeItem[] };
}

export interface LimitRangeItem {
  readonly type: "Pod" | "Container" | "PersistentVolumeClaim";
  readonly max?: ResourceList;
  readonly min?: ResourceList;
  readonly default?: ResourceList;
  readonly defaultRequest?: ResourceList;
  readonly maxLimitRequestRatio?: ResourceList;
}

/** How many pods of a set may be disturbed at once. */
export interface PodDisruptionBudget extends KubeObject {
  readonly kind: "PodDisruptionBudget";
  readonly spec?: {
    readonly minAvailable?: IntOrString;
    readonly maxUnavailable?: IntOrString;
    readonly selector?: LabelSelector;
    readonly unhealthyPodEvictionPolicy?: "IfHealthyBudget" | "AlwaysAllow";
  };
  readonly status?: PodDisruptionBudgetStatus;
}

export interface PodDisruptionBudgetStatus {
  readonly observedGeneration?: number;
  readonly disruptionsAllowed?: number;
  readonly currentHealthy?: number;
  readonly desiredHealthy?: number;
  readonly expectedPods?: number;
  /** Evicted already, but not seen to be gone; by name. */
  readonly disruptedPods?: Readonly<Record<string, string>>;
  readonly conditions?: readonly object[];
}

/** Who may do what: of a namespace, or with `ClusterRole` of all. */
export interface Role extends KubeObject {
  readonly kind: "Role";
  readonly rules?: readonly PolicyRule[];
}

export interface ClusterRole extends KubeObject {
  readonly kind: "ClusterRole";
  readonly rules?: readonly PolicyRule[];
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
}

export interface PolicyRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

export interface RoleBinding extends KubeObject {
  readonly kind: "RoleBinding";
  readonly subjects?: readonly Subject[];
  readonly roleRef?: RoleRef;
}

export interface ClusterRoleBinding extends KubeObject {
  readonly kind: "ClusterRoleBinding";
  readonly subjects?: readonly Subject[];
  readonly roleRef?: RoleRef;
}

export interface Subject {
  readonly kind: "User" | "Group" | "ServiceAccount";
  readonly apiGroup?: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface RoleRef {
  readonly apiGroup: string;
  readonly kind: "Role" | "ClusterRole";
  readonly name: string;
}

export interface Lease extends KubeObject {
  readonly kind: "Lease";
  readonly spec?: {
    readonly holderIdentity?: string;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
    readonly leaseTransitions?: number;
    readonly strategy?: string;
    readonly preferredHolder?: string;
  };
}
