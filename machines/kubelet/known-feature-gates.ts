/** How far a feature has come; Alpha and Beta ones can be switched all at once. */
export type FeatureStage = "Alpha" | "Beta" | "GA" | "Deprecated";

/** A feature gate as v1.35.4 registers it. */
export interface KnownGate {
  readonly stage: FeatureStage;
  /** Unless somebody says otherwise. */
  readonly isOn: boolean;
  /** Nobody may say otherwise. */
  readonly isLocked: boolean;
}

interface GateGroup extends KnownGate {
  readonly names: string;
}

/**
 * Every gate that a v1.35.4 kubelet knows: pkg/features/kube_features.go, and the features.go of
 * apiserver, client-go and component-base.
 */
const groups: readonly GateGroup[] = [
  {
    stage: "Alpha",
    isOn: false,
    isLocked: false,
    names: `
      APIServingWithRoutine AllowUnsafeMalformedObjectDeletion CBORServingAndStorage
      CPUManagerPolicyAlphaOptions CSIVolumeHealth ClientsAllowCBOR ClientsPreferCBOR
      CloudControllerManagerWatchBasedRoutesReconciliation CloudControllerManagerWebhook
      ComponentFlagz ComponentStatusz ConstrainedImpersonation ContainerStopSignals
      CrossNamespaceVolumeDataSource CustomCPUCFSQuotaPeriod DRAConsumableCapacity
      DRADeviceBindingConditions DRADeviceTaintRules DRADeviceTaints DRAExtendedResource
      DRAPartitionableDevices EventedPLEG GangScheduling GenericWorkload HPAScaleToZero
      InPlacePodLevelResourcesVerticalScaling InPlacePodVerticalScalingExclusiveCPUs
      InPlacePodVerticalScalingExclusiveMemory InTreePluginPortworxUnregister
      KubeletInUserNamespace LoggingAlphaOptions MemoryQoS MutablePVNodeAffinity
      MutablePodResourcesForSuspendedJobs MutableSchedulingDirectivesForSuspendedJobs
      NodeDeclaredFeatures PodAndContainerStatsFromCRI PodLogsQuerySplitStreams QOSReserved
      ReduceDefaultCrashLoopBackOffDecay RelaxedServiceNameValidation ResourceHealthStatus
      RestartAllContainersOnContainerExits RuntimeClassInImageCriApi StorageCapacityScoring
      StorageVersionAPI StrictIPCIDRValidation TaintTolerationComparisonOperators
      TopologyManagerPolicyAlphaOptions UnknownVersionInteroperabilityProxy
      UserNamespacesHostNetworkSupport VolumeLimitScaling WindowsCPUAndMemoryAffinity`,
  },
  {
    stage: "Beta",
    isOn: false,
    isLocked: false,
    names: `
      CRDObservedGenerationTracking ClusterTrustBundle ClusterTrustBundleProjection
      ConcurrentWatchObjectDecode CoordinatedLeaderElection DeclarativeValidationTakeover
      LocalStorageCapacityIsolationFSQuotaMonitoring MaxUnavailableStatefulSet
      MutatingAdmissionPolicy NodeLogQuery PodCertificateRequest SELinuxMount
      SchedulerAsyncAPICalls StorageVersionMigrator WatchCacheInitializationPostStartHook`,
  },
  {
    stage: "Beta",
    isOn: true,
    isLocked: false,
    names: `
      APIResponseCompression APIServerIdentity AllowParsingUserUIDFromCertAuth
      AuthorizePodWebsocketUpgradeCreatePermission CPUManagerPolicyBetaOptions
      CSIServiceAccountTokenSecrets ClearingNominatedNodeNameAfterBinding ContainerCheckpoint
      ContainerRestartRules ContextualLogging DRAAdminAccess DRAPrioritizedList
      DRAResourceClaimDeviceStatus DRASchedulerFilterTimeout DeclarativeValidation
      DeploymentReplicaSetTerminatingReplicas DetectCacheInconsistency
      DisableCPUQuotaWithExclusiveCPUs EnvFiles ExternalServiceAccountTokenSigner
      GracefulNodeShutdown GracefulNodeShutdownBasedOnPodPriority HPAConfigurableTolerance
      HostnameOverride ImageVolume InOrderInformers InOrderInformersBatchProcess
      KubeletCrashLoopBackOffMax KubeletEnsureSecretPulledImages KubeletFineGrainedAuthz
      KubeletPSI KubeletPodResourcesDynamicResources KubeletPodResourcesGet
      KubeletSeparateDiskGC KubeletServiceAccountTokenForCredentialProviders
      ListFromCacheSnapshot LoggingBetaOptions MatchLabelKeysInPodTopologySpread
      MatchLabelKeysInPodTopologySpreadSelectorMerge MutableCSINodeAllocatableCount
      NominatedNodeNameForExpectation OpenAPIEnums OpportunisticBatching PodDeletionCost
      PodLevelResources PodReadyToStartContainersCondition PodTopologyLabelsAdmission
      PortForwardWebsockets PreventStaticPodAPIReferences ProcMountType
      ReloadKubeletServerCertificateFile RemoteRequestHeaderUID RotateKubeletServerCertificate
      SELinuxChangePolicy SELinuxMountReadWriteOncePod SchedulerAsyncPreemption
      SchedulerPopFromBackoffQ ServiceAccountNodeAudienceRestriction SizeBasedListCostEstimate
      StatefulSetSemanticRevisionComparison StorageVersionHash
      StructuredAuthenticationConfigurationEgressSelector
      StructuredAuthenticationConfigurationJWKSMetrics TokenRequestServiceAccountUIDValidation
      TopologyManagerPolicyBetaOptions TranslateStreamCloseWebsocketRequests
      UnauthenticatedHTTP2DOSMitigation UserNamespacesSupport WatchList WatchListClient
      WindowsGracefulNodeShutdown`,
  },
  {
    stage: "GA",
    isOn: true,
    isLocked: false,
    names: `
      InformerResourceVersion TopologyManagerPolicyOptions VolumeAttributesClass`,
  },
  {
    stage: "GA",
    isOn: true,
    isLocked: true,
    names: `
      APIServerTracing AnonymousAuthConfigurableEndpoints AnyVolumeDataSource
      AuthorizeNodeWithSelectors AuthorizeWithSelectors BtreeWatchCache CPUManagerPolicyOptions
      CRDValidationRatcheting CSIMigrationPortworx ConsistentListFromCache
      CustomResourceFieldSelectors DisableAllocatorDualWrite DynamicResourceAllocation
      ExecProbeTimeout HonorPVReclaimPolicy ImageMaximumGCAge InPlacePodVerticalScaling
      JobBackoffLimitPerIndex JobManagedBy JobPodReplacementPolicy JobSuccessPolicy
      KubeletCgroupDriverFromCRI KubeletTracing LogarithmicScaleDown MatchLabelKeysInPodAffinity
      MemoryManager MultiCIDRServiceAllocator NFTablesProxyMode
      NodeInclusionPolicyInPodTopologySpread NodeSwap OrderedNamespaceDeletion
      PodLifecycleSleepAction PodLifecycleSleepActionAllowZero PodObservedGenerationTracking
      PodSchedulingReadiness PreferSameTrafficDistribution RecoverVolumeExpansionFailure
      RecursiveReadOnlyMounts RelaxedDNSSearchValidation RelaxedEnvironmentVariableValidation
      ResilientWatchCacheInitialization RetryGenerateName SchedulerQueueingHints
      SeparateTaintEvictionController ServiceAccountTokenJTI ServiceAccountTokenNodeBinding
      ServiceAccountTokenNodeBindingValidation ServiceAccountTokenPodNodeInfo
      ServiceTrafficDistribution SidecarContainers StreamingCollectionEncodingToJSON
      StreamingCollectionEncodingToProtobuf StructuredAuthenticationConfiguration
      StructuredAuthorizationConfiguration SupplementalGroupsPolicy SystemdWatchdog
      TopologyAwareHints WinDSR WinOverlay`,
  },
  {
    stage: "Deprecated",
    isOn: false,
    isLocked: false,
    names: `
      AllowDNSOnlyNodeCSR AllowInsecureKubeletCertificateSigningRequests
      ChangeContainerStatusOnKubeletRestart GitRepoVolumeDriver
      InPlacePodVerticalScalingAllocatedStatus KMSv1 KubeletRegistrationGetOnExistsOnly
      SeparateCacheWatchRPC WindowsHostNetwork`,
  },
  {
    stage: "Deprecated",
    isOn: false,
    isLocked: true,
    names: `
      AllowOverwriteTerminationGracePeriodSeconds WatchFromStorageWithoutResourceVersion`,
  },
  {
    stage: "Deprecated",
    isOn: true,
    isLocked: false,
    names: `
      DisableNodeKubeProxyVersion KubeletPodResourcesListUseActivePods StorageNamespaceIndex`,
  },
  {
    stage: "Deprecated",
    isOn: true,
    isLocked: true,
    names: `
      AggregatedDiscoveryRemoveBetaType`,
  },
];

/** By name. */
export const knownGates: ReadonlyMap<string, KnownGate> = new Map(
  groups.flatMap(({ names, ...gate }) => {
    const each = names.trim().split(/\s+/);
    return each.map((name): readonly [string, KnownGate] => [name, gate]);
  }),
);

/** What else must be on for a gate to be on; the same files. */
export const gateDependencies: Readonly<Record<string, readonly string[]>> = {
  AuthorizeNodeWithSelectors: ["AuthorizeWithSelectors"],
  ClusterTrustBundleProjection: ["ClusterTrustBundle"],
  DRAAdminAccess: ["DynamicResourceAllocation"],
  DRAConsumableCapacity: ["DynamicResourceAllocation"],
  DRADeviceBindingConditions: ["DRAResourceClaimDeviceStatus", "DynamicResourceAllocation"],
  DRADeviceTaintRules: ["DRADeviceTaints"],
  DRADeviceTaints: ["DynamicResourceAllocation"],
  DRAExtendedResource: ["DynamicResourceAllocation"],
  DRAPartitionableDevices: ["DynamicResourceAllocation"],
  DRAPrioritizedList: ["DynamicResourceAllocation"],
  DRASchedulerFilterTimeout: ["DynamicResourceAllocation"],
  DeclarativeValidationTakeover: ["DeclarativeValidation"],
  DisableAllocatorDualWrite: ["MultiCIDRServiceAllocator"],
  GangScheduling: ["GenericWorkload"],
  GracefulNodeShutdownBasedOnPodPriority: ["GracefulNodeShutdown"],
  InPlacePodLevelResourcesVerticalScaling: [
    "InPlacePodVerticalScaling",
    "NodeDeclaredFeatures",
    "PodLevelResources",
  ],
  InPlacePodVerticalScalingAllocatedStatus: ["InPlacePodVerticalScaling"],
  InPlacePodVerticalScalingExclusiveCPUs: ["InPlacePodVerticalScaling"],
  InPlacePodVerticalScalingExclusiveMemory: ["InPlacePodVerticalScaling", "MemoryManager"],
  MatchLabelKeysInPodTopologySpreadSelectorMerge: ["MatchLabelKeysInPodTopologySpread"],
  PodCertificateRequest: ["AuthorizeNodeWithSelectors"],
  PodLifecycleSleepActionAllowZero: ["PodLifecycleSleepAction"],
  ProcMountType: ["UserNamespacesSupport"],
  ResourceHealthStatus: ["DynamicResourceAllocation"],
  RestartAllContainersOnContainerExits: ["ContainerRestartRules", "NodeDeclaredFeatures"],
  ServiceAccountTokenNodeBinding: ["ServiceAccountTokenNodeBindingValidation"],
  StorageVersionAPI: ["APIServerIdentity"],
  StructuredAuthenticationConfigurationEgressSelector: ["StructuredAuthenticationConfiguration"],
  StructuredAuthenticationConfigurationJWKSMetrics: ["StructuredAuthenticationConfiguration"],
  UnknownVersionInteroperabilityProxy: ["APIServerIdentity"],
  UserNamespacesHostNetworkSupport: ["UserNamespacesSupport"],
  WindowsCPUAndMemoryAffinity: ["MemoryManager"],
  WindowsGracefulNodeShutdown: ["GracefulNodeShutdown"],
};
