import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const kubeletTypes: StructTypes = {
  KubeletConfiguration: {
    string: `kind apiVersion staticPodPath podLogsDir staticPodURL address tlsCertFile
      tlsPrivateKeyFile tlsMinVersion imagePullCredentialsVerificationPolicy
      healthzBindAddress clusterDomain kubeletCgroups systemCgroups cgroupRoot
      cgroupDriver cpuManagerPolicy memoryManagerPolicy topologyManagerPolicy
      topologyManagerScope hairpinMode podCIDR contentType containerLogMaxSize
      configMapAndSecretChangeDetectionStrategy reservedSystemCPUs
      showHiddenMetricsForVersion systemReservedCgroup kubeReservedCgroup
      volumePluginDir providerID imageServiceEndpoint`,
    "*bool": `enableServer enableDebuggingHandlers cgroupsPerQOS singleProcessOOMKill
      cpuCFSQuota serializeImagePulls mergeDefaultEvictionSettings
      enableControllerAttachDetach makeIPTablesUtilChains failSwapOn
      enableSystemLogHandler enableSystemLogQuery enableProfilingHandler
      enableDebugFlagsHandler seccompDefault registerNode
      localStorageCapacityIsolation failCgroupV1`,
    Duration: `syncFrequency fileCheckFrequency httpCheckFrequency
      streamingConnectionIdleTimeout nodeStatusUpdateFrequency
      nodeStatusReportFrequency imageMinimumGCAge imageMaximumGCAge
      volumeStatsAggPeriod cpuManagerReconcilePeriod runtimeRequestTimeout
      evictionPressureTransitionPeriod shutdownGracePeriod
      shutdownGracePeriodCriticalPods`,
    "{}[]string": "staticPodURLHeader",
    int32: `port readOnlyPort registryBurst eventBurst nodeLeaseDurationSeconds maxPods
      kubeAPIBurst evictionMaxPodGracePeriod podsPerCore`,
    "[]string": `tlsCipherSuites preloadedImagesVerificationAllowlist clusterDNS
      enforceNodeAllocatable allowedUnsafeSysctls`,
    bool: `rotateCertificates serverTLSBootstrap enableContentionProfiling runOnce
      protectKernelDefaults kernelMemcgNotification`,
    "KubeletAuthentication!": "authentication",
    "KubeletAuthorization!": "authorization",
    "*int32": `registryPullQPS eventRecordQPS healthzPort oomScoreAdj
      imageGCHighThresholdPercent imageGCLowThresholdPercent nodeStatusMaxImages
      kubeAPIQPS maxParallelImagePulls iptablesMasqueradeBit iptablesDropBit
      containerLogMaxFiles containerLogMaxWorkers`,
    "{}string": `cpuManagerPolicyOptions topologyManagerPolicyOptions qosReserved evictionHard
      evictionSoft evictionSoftGracePeriod evictionMinimumReclaim systemReserved
      kubeReserved`,
    "*int64": "podPidsLimit",
    "*string": "resolvConf",
    "*Duration": "cpuCFSQuotaPeriod containerLogMonitorInterval",
    int64: "maxOpenFiles",
    "{}bool": "featureGates",
    "MemorySwapConfiguration!": "memorySwap",
    "LoggingConfiguration!": "logging",
    "[]ShutdownGracePeriodByPodPriority": "shutdownGracePeriodByPodPriority",
    "CrashLoopBackOffConfig!": "crashLoopBackOff",
    "[]MemoryReservation": "reservedMemory",
    "*float64": "memoryThrottlingFactor",
    "[]Taint": "registerWithTaints",
    TracingConfiguration: "tracing",
    "string!": "containerRuntimeEndpoint",
    UserNamespaces: "userNamespaces",
  },
  KubeletAuthentication: {
    "KubeletX509Authentication!": "x509",
    "KubeletWebhookAuthentication!": "webhook",
    "KubeletAnonymousAuthentication!": "anonymous",
  },
  KubeletX509Authentication: {
    string: "clientCAFile",
  },
  KubeletWebhookAuthentication: {
    "*bool": "enabled",
    Duration: "cacheTTL",
  },
  KubeletAnonymousAuthentication: {
    "*bool": "enabled",
  },
  KubeletAuthorization: {
    string: "mode",
    "KubeletWebhookAuthorization!": "webhook",
  },
  KubeletWebhookAuthorization: {
    Duration: "cacheAuthorizedTTL cacheUnauthorizedTTL",
  },
  MemorySwapConfiguration: {
    string: "swapBehavior",
  },
  LoggingConfiguration: {
    string: "format",
    any: "flushFrequency vmodule",
    "uint32!": "verbosity",
    "FormatOptions!": "options",
  },
  FormatOptions: {
    "TextOptions!": "text",
    "JSONOptions!": "json",
  },
  TextOptions: {
    bool: "splitStream",
    "Quantity!": "infoBufferSize",
  },
  JSONOptions: {
    bool: "splitStream",
    "Quantity!": "infoBufferSize",
  },
  ShutdownGracePeriodByPodPriority: {
    "int32!": "priority",
    "int64!": "shutdownGracePeriodSeconds",
  },
  CrashLoopBackOffConfig: {
    "*Duration": "maxContainerRestartPeriod",
  },
  MemoryReservation: {
    "int32!": "numaNode",
    "{}Quantity": "limits",
  },
  TracingConfiguration: {
    "*string": "endpoint",
    "*int32": "samplingRatePerMillion",
  },
  UserNamespaces: {
    "*int64": "idsPerPod",
  },
};
