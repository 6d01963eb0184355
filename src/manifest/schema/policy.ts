import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const policyTypes: StructTypes = {
  Namespace: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "NamespaceSpec!": "spec",
    "NamespaceStatus!": "status",
  },
  NamespaceSpec: {
    "[]string": "finalizers",
  },
  NamespaceStatus: {
    string: "phase",
    "[]NamespaceCondition": "conditions",
  },
  NamespaceCondition: {
    "string!": "type status",
    Time: "lastTransitionTime",
    string: "reason message",
  },
  ServiceAccount: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "[]ObjectReference": "secrets",
    "[]LocalObjectReference": "imagePullSecrets",
    "*bool": "automountServiceAccountToken",
  },
  ResourceQuota: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "ResourceQuotaSpec!": "spec",
    "ResourceQuotaStatus!": "status",
  },
  ResourceQuotaSpec: {
    "{}Quantity": "hard",
    "[]string": "scopes",
    ScopeSelector: "scopeSelector",
  },
  ScopeSelector: {
    "[]ScopedResourceSelectorRequirement": "matchExpressions",
  },
  ScopedResourceSelectorRequirement: {
    "string!": "scopeName operator",
    "[]string": "values",
  },
  ResourceQuotaStatus: {
    "{}Quantity": "hard used",
  },
  LimitRange: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "LimitRangeSpec!": "spec",
  },
  LimitRangeSpec: {
    "[]LimitRangeItem": "limits",
  },
  LimitRangeItem: {
    "string!": "type",
    "{}Quantity": "max min default defaultRequest maxLimitRequestRatio",
  },
  PodDisruptionBudget: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "PodDisruptionBudgetSpec!": "spec",
    "PodDisruptionBudgetStatus!": "status",
  },
  PodDisruptionBudgetSpec: {
    IntOrString: "minAvailable maxUnavailable",
    LabelSelector: "selector",
    "*string": "unhealthyPodEvictionPolicy",
  },
  PodDisruptionBudgetStatus: {
    int64: "observedGeneration",
    "{}Time": "disruptedPods",
    "int32!": "disruptionsAllowed currentHealthy desiredHealthy expectedPods",
    "[]Condition": "conditions",
  },
  Role: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "[]PolicyRule": "rules",
  },
  PolicyRule: {
    "[]string": "verbs apiGroups resources resourceNames nonResourceURLs",
  },
  RoleBinding: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "[]Subject": "subjects",
    "RoleRef!": "roleRef",
  },
  Subject: {
    "string!": "kind name",
    string: "apiGroup namespace",
  },
  RoleRef: {
    "string!": "apiGroup kind name",
  },
  ClusterRole: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "[]PolicyRule": "rules",
    AggregationRule: "aggregationRule",
  },
  AggregationRule: {
    "[]LabelSelector": "clusterRoleSelectors",
  },
  ClusterRoleBinding: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "[]Subject": "subjects",
    "RoleRef!": "roleRef",
  },
  Lease: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "LeaseSpec!": "spec",
  },
  LeaseSpec: {
    "*string": "holderIdentity strategy preferredHolder",
    "*int32": "leaseDurationSeconds leaseTransitions",
    Time: "acquireTime renewTime",
  },
  Event: {
    string: "kind apiVersion reason message type action",
    "ObjectMeta!": "metadata",
    "ObjectReference!": "involvedObject",
    "EventSource!": "source",
    Time: "firstTimestamp lastTimestamp eventTime",
    int32: "count",
    EventSeries: "series",
    ObjectReference: "related",
    "string!": "reportingComponent reportingInstance",
  },
  EventSource: {
    string: "component host",
  },
  EventSeries: {
    int32: "count",
    Time: "lastObservedTime",
  },
};
