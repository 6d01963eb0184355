import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const nodeTypes: StructTypes = {
  Node: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "NodeSpec!": "spec",
    "NodeStatus!": "status",
  },
  NodeSpec: {
    string: "podCIDR providerID externalID",
    "[]string": "podCIDRs",
    bool: "unschedulable",
    "[]Taint": "taints",
    NodeConfigSource: "configSource",
  },
  Taint: {
    "string!": "key effect",
    string: "value",
    Time: "timeAdded",
  },
  NodeConfigSource: {
    ConfigMapNodeConfigSource: "configMap",
  },
  ConfigMapNodeConfigSource: {
    "string!": "namespace name kubeletConfigKey",
    string: "uid resourceVersion",
  },
  NodeStatus: {
    "{}Quantity": "capacity allocatable",
    string: "phase",
    "[]NodeCondition": "conditions",
    "[]NodeAddress": "addresses",
    "NodeDaemonEndpoints!": "daemonEndpoints",
    "NodeSystemInfo!": "nodeInfo",
    "[]ContainerImage": "images",
    "[]string": "volumesInUse declaredFeatures",
    "[]AttachedVolume": "volumesAttached",
    NodeConfigStatus: "config",
    "[]NodeRuntimeHandler": "runtimeHandlers",
    NodeFeatures: "features",
  },
  NodeCondition: {
    "string!": "type status",
    Time: "lastHeartbeatTime lastTransitionTime",
    string: "reason message",
  },
  NodeAddress: {
    "string!": "type address",
  },
  NodeDaemonEndpoints: {
    "DaemonEndpoint!": "kubeletEndpoint",
  },
  DaemonEndpoint: {
    "int32!": "Port",
  },
  NodeSystemInfo: {
    "string!": `machineID systemUUID bootID kernelVersion osImage containerRuntimeVersion
      kubeletVersion kubeProxyVersion operatingSystem architecture`,
    NodeSwapStatus: "swap",
  },
  NodeSwapStatus: {
    "*int64": "capacity",
  },
  ContainerImage: {
    "[]string": "names",
    int64: "sizeBytes",
  },
  AttachedVolume: {
    "string!": "name devicePath",
  },
  NodeConfigStatus: {
    NodeConfigSource: "assigned active lastKnownGood",
    string: "error",
  },
  NodeRuntimeHandler: {
    "string!": "name",
    NodeRuntimeHandlerFeatures: "features",
  },
  NodeRuntimeHandlerFeatures: {
    "*bool": "recursiveReadOnlyMounts userNamespaces",
  },
  NodeFeatures: {
    "*bool": "supplementalGroupsPolicy",
  },
};
