import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const schedulerTypes: StructTypes = {
  KubeSchedulerConfiguration: {
    string: "kind apiVersion",
    "*bool": "enableProfiling enableContentionProfiling",
    "*int32": "parallelism percentageOfNodesToScore",
    "LeaderElectionConfiguration!": "leaderElection",
    "ClientConnectionConfiguration!": "clientConnection",
    "*int64": "podInitialBackoffSeconds podMaxBackoffSeconds",
    "[]KubeSchedulerProfile": "profiles",
    "[]Extender": "extenders",
    bool: "delayCacheUntilActive",
  },
  LeaderElectionConfiguration: {
    "*bool": "leaderElect",
    "Duration!": "leaseDuration renewDeadline retryPeriod",
    "string!": "resourceLock resourceName resourceNamespace",
  },
  ClientConnectionConfiguration: {
    "string!": "kubeconfig acceptContentTypes contentType",
    "float32!": "qps",
    "int32!": "burst",
  },
  KubeSchedulerProfile: {
    "*string": "schedulerName",
    "*int32": "percentageOfNodesToScore",
    Plugins: "plugins",
    "[]PluginConfig": "pluginConfig",
  },
  Plugins: {
    "PluginSet!": `preEnqueue queueSort preFilter filter postFilter preScore score reserve permit
      preBind bind postBind multiPoint`,
  },
  PluginSet: {
    "[]Plugin": "enabled disabled",
  },
  Plugin: {
    "string!": "name",
    "*int32": "weight",
  },
  PluginConfig: {
    "string!": "name",
    any: "args",
  },
  Extender: {
    "string!": "urlPrefix",
    string: "filterVerb preemptVerb prioritizeVerb bindVerb",
    int64: "weight",
    bool: "enableHTTPS nodeCacheCapable ignorable",
    ExtenderTLSConfig: "tlsConfig",
    Duration: "httpTimeout",
    "[]ExtenderManagedResource": "managedResources",
  },
  ExtenderTLSConfig: {
    bool: "insecure",
    string: "serverName certFile keyFile caFile",
    bytes: "certData keyData caData",
  },
  ExtenderManagedResource: {
    "string!": "name",
    bool: "ignoredByScheduler",
  },
  DefaultPreemptionArgs: {
    string: "kind apiVersion",
    "*int32": "minCandidateNodesPercentage minCandidateNodesAbsolute",
  },
  DynamicResourcesArgs: {
    string: "kind apiVersion",
    "*Duration": "filterTimeout bindingTimeout",
  },
  InterPodAffinityArgs: {
    string: "kind apiVersion",
    "*int32": "hardPodAffinityWeight",
    "bool!": "ignorePreferredTermsOfExistingPods",
  },
  NodeAffinityArgs: {
    string: "kind apiVersion",
    NodeAffinity: "addedAffinity",
  },
  NodeResourcesBalancedAllocationArgs: {
    string: "kind apiVersion",
    "[]ResourceSpec": "resources",
  },
  ResourceSpec: {
    "string!": "name",
    int64: "weight",
  },
  NodeResourcesFitArgs: {
    string: "kind apiVersion",
    "[]string": "ignoredResources ignoredResourceGroups",
    ScoringStrategy: "scoringStrategy",
  },
  ScoringStrategy: {
    string: "type",
    "[]ResourceSpec": "resources",
    RequestedToCapacityRatioParam: "requestedToCapacityRatio",
  },
  RequestedToCapacityRatioParam: {
    "[]UtilizationShapePoint": "shape",
  },
  UtilizationShapePoint: {
    "int32!": "utilization score",
  },
  PodTopologySpreadArgs: {
    string: "kind apiVersion defaultingType",
    "[]TopologySpreadConstraint": "defaultConstraints",
  },
  VolumeBindingArgs: {
    string: "kind apiVersion",
    "*int64": "bindTimeoutSeconds",
    "[]UtilizationShapePoint": "shape",
  },
};
