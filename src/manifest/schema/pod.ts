import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const podTypes: StructTypes = {
  Pod: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "PodSpec!": "spec",
    "PodStatus!": "status",
  },
  PodSpec: {
    "[]Volume": "volumes",
    "[]Container": "initContainers containers",
    "[]EphemeralContainer": "ephemeralContainers",
    string: `restartPolicy dnsPolicy serviceAccountName serviceAccount nodeName hostname
      subdomain schedulerName priorityClassName`,
    "*int64": "terminationGracePeriodSeconds activeDeadlineSeconds",
    "{}string": "nodeSelector",
    "*bool": `automountServiceAccountToken shareProcessNamespace enableServiceLinks
      setHostnameAsFQDN hostUsers`,
    bool: "hostNetwork hostPID hostIPC",
    PodSecurityContext: "securityContext",
    "[]LocalObjectReference": "imagePullSecrets",
    Affinity: "affinity",
    "[]Toleration": "tolerations",
    "[]HostAlias": "hostAliases",
    "*int32": "priority",
    PodDNSConfig: "dnsConfig",
    "[]PodReadinessGate": "readinessGates",
    "*string": "runtimeClassName preemptionPolicy hostnameOverride",
    "{}Quantity": "overhead",
    "[]TopologySpreadConstraint": "topologySpreadConstraints",
    PodOS: "os",
    "[]PodSchedulingGate": "schedulingGates",
    "[]PodResourceClaim": "resourceClaims",
    ResourceRequirements: "resources",
    WorkloadReference: "workloadRef",
  },
  PodSecurityContext: {
    SELinuxOptions: "seLinuxOptions",
    WindowsSecurityContextOptions: "windowsOptions",
    "*int64": "runAsUser runAsGroup fsGroup",
    "*bool": "runAsNonRoot",
    "[]int64": "supplementalGroups",
    "*string": "supplementalGroupsPolicy fsGroupChangePolicy seLinuxChangePolicy",
    "[]Sysctl": "sysctls",
    SeccompProfile: "seccompProfile",
    AppArmorProfile: "appArmorProfile",
  },
  Sysctl: {
    "string!": "name value",
  },
  Affinity: {
    NodeAffinity: "nodeAffinity",
    PodAffinity: "podAffinity",
    PodAntiAffinity: "podAntiAffinity",
  },
  NodeAffinity: {
    NodeSelector: "requiredDuringSchedulingIgnoredDuringExecution",
    "[]PreferredSchedulingTerm": "preferredDuringSchedulingIgnoredDuringExecution",
  },
  NodeSelector: {
    "[]NodeSelectorTerm": "nodeSelectorTerms",
  },
  NodeSelectorTerm: {
    "[]NodeSelectorRequirement": "matchExpressions matchFields",
  },
  NodeSelectorRequirement: {
    "string!": "key operator",
    "[]string": "values",
  },
  PreferredSchedulingTerm: {
    "int32!": "weight",
    "NodeSelectorTerm!": "preference",
  },
  PodAffinity: {
    "[]PodAffinityTerm": "requiredDuringSchedulingIgnoredDuringExecution",
    "[]WeightedPodAffinityTerm": "preferredDuringSchedulingIgnoredDuringExecution",
  },
  PodAffinityTerm: {
    LabelSelector: "labelSelector namespaceSelector",
    "[]string": "namespaces matchLabelKeys mismatchLabelKeys",
    "string!": "topologyKey",
  },
  WeightedPodAffinityTerm: {
    "int32!": "weight",
    "PodAffinityTerm!": "podAffinityTerm",
  },
  PodAntiAffinity: {
    "[]PodAffinityTerm": "requiredDuringSchedulingIgnoredDuringExecution",
    "[]WeightedPodAffinityTerm": "preferredDuringSchedulingIgnoredDuringExecution",
  },
  Toleration: {
    string: "key operator value effect",
    "*int64": "tolerationSeconds",
  },
  HostAlias: {
    "string!": "ip",
    "[]string": "hostnames",
  },
  PodDNSConfig: {
    "[]string": "nameservers searches",
    "[]PodDNSConfigOption": "options",
  },
  PodDNSConfigOption: {
    string: "name",
    "*string": "value",
  },
  PodReadinessGate: {
    "string!": "conditionType",
  },
  TopologySpreadConstraint: {
    "int32!": "maxSkew",
    "string!": "topologyKey whenUnsatisfiable",
    LabelSelector: "labelSelector",
    "*int32": "minDomains",
    "*string": "nodeAffinityPolicy nodeTaintsPolicy",
    "[]string": "matchLabelKeys",
  },
  PodOS: {
    "string!": "name",
  },
  PodSchedulingGate: {
    "string!": "name",
  },
  PodResourceClaim: {
    "string!": "name",
    "*string": "resourceClaimName resourceClaimTemplateName",
  },
  WorkloadReference: {
    "string!": "name podGroup",
    string: "podGroupReplicaKey",
  },
  PodStatus: {
    int64: "observedGeneration",
    string: "phase message reason nominatedNodeName hostIP podIP qosClass resize",
    "[]PodCondition": "conditions",
    "[]HostIP": "hostIPs",
    "[]PodIP": "podIPs",
    Time: "startTime",
    "[]ContainerStatus": "initContainerStatuses containerStatuses ephemeralContainerStatuses",
    "[]PodResourceClaimStatus": "resourceClaimStatuses",
    PodExtendedResourceClaimStatus: "extendedResourceClaimStatus",
    "{}Quantity": "allocatedResources",
    ResourceRequirements: "resources",
  },
  PodCondition: {
    "string!": "type status",
    int64: "observedGeneration",
    Time: "lastProbeTime lastTransitionTime",
    string: "reason message",
  },
  HostIP: {
    "string!": "ip",
  },
  PodIP: {
    "string!": "ip",
  },
  ContainerStatus: {
    "string!": "name image imageID",
    "ContainerState!": "state lastState",
    "bool!": "ready",
    "int32!": "restartCount",
    string: "containerID",
    "*bool": "started",
    "{}Quantity": "allocatedResources",
    ResourceRequirements: "resources",
    "[]VolumeMountStatus": "volumeMounts",
    ContainerUser: "user",
    "[]ResourceStatus": "allocatedResourcesStatus",
    "*string": "stopSignal",
  },
  ContainerState: {
    ContainerStateWaiting: "waiting",
    ContainerStateRunning: "running",
    ContainerStateTerminated: "terminated",
  },
  ContainerStateWaiting: {
    string: "reason message",
  },
  ContainerStateRunning: {
    Time: "startedAt",
  },
  ContainerStateTerminated: {
    "int32!": "exitCode",
    int32: "signal",
    string: "reason message containerID",
    Time: "startedAt finishedAt",
  },
  VolumeMountStatus: {
    "string!": "name mountPath",
    bool: "readOnly",
    "*string": "recursiveReadOnly",
  },
  ContainerUser: {
    LinuxContainerUser: "linux",
  },
  LinuxContainerUser: {
    "int64!": "uid gid",
    "[]int64": "supplementalGroups",
  },
  ResourceStatus: {
    "string!": "name",
    "[]ResourceHealth": "resources",
  },
  ResourceHealth: {
    "string!": "resourceID",
    string: "health",
  },
  PodResourceClaimStatus: {
    "string!": "name",
    "*string": "resourceClaimName",
  },
  PodExtendedResourceClaimStatus: {
    "[]ContainerExtendedResourceRequest": "requestMappings",
    "string!": "resourceClaimName",
  },
  ContainerExtendedResourceRequest: {
    "string!": "containerName resourceName requestName",
  },
};
