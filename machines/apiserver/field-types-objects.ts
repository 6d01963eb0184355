/** The other objects of Kubernetes 1.35.4's OpenAPI as field-type.ts reads it. */
export const objectTypes = `
AttachedVolume devicePath:s name:s
ClientIPConfig timeoutSeconds:n
Condition lastTransitionTime:u message:s observedGeneration:n reason:s status:s type:s
ConfigMap apiVersion:s binaryData:{}s data:{}s immutable:b kind:s metadata:ObjectMeta
ConfigMapNodeConfigSource kubeletConfigKey:s name:s namespace:s resourceVersion:s uid:s
ContainerImage names:[]s sizeBytes:n
DaemonEndpoint Port:n
!DiscoveryEndpointPort appProtocol:s name:s port:n protocol:s
Endpoint addresses:[=]s conditions:EndpointConditions deprecatedTopology:{}s hints:EndpointHints
  hostname:s nodeName:s targetRef:ObjectReference zone:s
!EndpointAddress hostname:s ip:s nodeName:s targetRef:ObjectReference
EndpointConditions ready:b serving:b terminating:b
EndpointHints forNodes:[]ForNode forZones:[]ForZone
!EndpointPort appProtocol:s name:s port:n protocol:s
EndpointSlice addressType:s apiVersion:s endpoints:[]Endpoint kind:s metadata:ObjectMeta
  ports:[]DiscoveryEndpointPort
EndpointSubset addresses:[]EndpointAddress notReadyAddresses:[]EndpointAddress
  ports:[]EndpointPort
Endpoints apiVersion:s kind:s metadata:ObjectMeta subsets:[]EndpointSubset
Event action:s apiVersion:s count:n eventTime:u firstTimestamp:u involvedObject:ObjectReference
  kind:s lastTimestamp:u message:s metadata:ObjectMeta reason:s related:ObjectReference
  reportingComponent:s reportingInstance:s series:EventSeries source:EventSource type:s
EventSeries count:n lastObservedTime:u
EventSource component:s host:s
ForNode name:s
ForZone name:s
!LabelSelector matchExpressions:[]LabelSelectorRequirement matchLabels:{}s
LabelSelectorRequirement key:s operator:s values:[]s
Lease apiVersion:s kind:s metadata:ObjectMeta spec:LeaseSpec
LeaseSpec acquireTime:u holderIdentity:s leaseDurationSeconds:n leaseTransitions:n
  preferredHolder:s renewTime:u strategy:s
LimitRange apiVersion:s kind:s metadata:ObjectMeta spec:LimitRangeSpec
LimitRangeItem default:{}u defaultRequest:{}u max:{}u maxLimitRequestRatio:{}u min:{}u type:s
LimitRangeSpec limits:[]LimitRangeItem
LoadBalancerIngress hostname:s ip:s ipMode:s ports:[]PortStatus
LoadBalancerStatus ingress:[]LoadBalancerIngress
!LocalObjectReference name:s
ManagedFieldsEntry apiVersion:s fieldsType:s fieldsV1:{}? manager:s operation:s subresource:s
  time:u
ModifyVolumeStatus status:s targetVolumeAttributesClassName:s
Namespace apiVersion:s kind:s metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus
NamespaceCondition lastTransitionTime:u message:s reason:s status:s type:s
NamespaceSpec finalizers:[]s
NamespaceStatus conditions:[type=""]NamespaceCondition phase:s
Node apiVersion:s kind:s metadata:ObjectMeta spec:NodeSpec status:NodeStatus
NodeAddress address:s type:s
NodeCondition lastHeartbeatTime:u lastTransitionTime:u message:s reason:s status:s type:s
NodeConfigSource configMap:ConfigMapNodeConfigSource
NodeConfigStatus active:NodeConfigSource assigned:NodeConfigSource error:s
  lastKnownGood:NodeConfigSource
NodeDaemonEndpoints kubeletEndpoint:DaemonEndpoint
NodeFeatures supplementalGroupsPolicy:b
NodeRuntimeHandler features:NodeRuntimeHandlerFeatures name:s
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:b userNamespaces:b
NodeSpec configSource:NodeConfigSource externalID:s podCIDR:s podCIDRs:[=]s providerID:s
  taints:[]Taint unschedulable:b
NodeStatus addresses:[type=""]NodeAddress allocatable:{}u capacity:{}u
  conditions:[type=""]NodeCondition config:NodeConfigStatus daemonEndpoints:NodeDaemonEndpoints
  declaredFeatures:[]s features:NodeFeatures images:[]ContainerImage nodeInfo:NodeSystemInfo
  phase:s runtimeHandlers:[]NodeRuntimeHandler volumesAttached:[]AttachedVolume volumesInUse:[]s
NodeSwapStatus capacity:n
NodeSystemInfo architecture:s bootID:s containerRuntimeVersion:s kernelVersion:s
  kubeProxyVersion:s kubeletVersion:s machineID:s operatingSystem:s osImage:s swap:NodeSwapStatus
  systemUUID:s
ObjectMeta annotations:{}s creationTimestamp:u deletionGracePeriodSeconds:n deletionTimestamp:u
  finalizers:[=]s generateName:s generation:n labels:{}s managedFields:[]ManagedFieldsEntry name:s
  namespace:s ownerReferences:[uid=""]OwnerReference resourceVersion:s selfLink:s uid:s
!ObjectReference apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
!OwnerReference apiVersion:s blockOwnerDeletion:b controller:b kind:s name:s uid:s
PersistentVolume apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeSpec
  status:PersistentVolumeStatus
PersistentVolumeClaim apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeClaimSpec
  status:PersistentVolumeClaimStatus
PersistentVolumeClaimCondition lastProbeTime:u lastTransitionTime:u message:s reason:s status:s
  type:s
PersistentVolumeClaimStatus accessModes:[]s allocatedResourceStatuses:{}s allocatedResources:{}u
  capacity:{}u conditions:[type=""]PersistentVolumeClaimCondition
  currentVolumeAttributesClassName:s modifyVolumeStatus:ModifyVolumeStatus phase:s
PersistentVolumeStatus lastPhaseTransitionTime:u message:s phase:s reason:s
PortStatus error:s port:n protocol:s
PriorityClass apiVersion:s description:s globalDefault:b kind:s metadata:ObjectMeta
  preemptionPolicy:s value:n
ResourceQuota apiVersion:s kind:s metadata:ObjectMeta spec:ResourceQuotaSpec
  status:ResourceQuotaStatus
ResourceQuotaSpec hard:{}u scopeSelector:ScopeSelector scopes:[]s
ResourceQuotaStatus hard:{}u used:{}u
!ScopeSelector matchExpressions:[]ScopedResourceSelectorRequirement
ScopedResourceSelectorRequirement operator:s scopeName:s values:[]s
Secret apiVersion:s data:{}s immutable:b kind:s metadata:ObjectMeta stringData:{}s type:s
!SecretReference name:s namespace:s
Service apiVersion:s kind:s metadata:ObjectMeta spec:ServiceSpec status:ServiceStatus
ServiceAccount apiVersion:s automountServiceAccountToken:b imagePullSecrets:[]LocalObjectReference
  kind:s metadata:ObjectMeta secrets:[name]ObjectReference
ServicePort appProtocol:s name:s nodePort:n port:n protocol:s targetPort:?
ServiceSpec allocateLoadBalancerNodePorts:b clusterIP:s clusterIPs:[]s externalIPs:[]s
  externalName:s externalTrafficPolicy:s healthCheckNodePort:n internalTrafficPolicy:s
  ipFamilies:[]s ipFamilyPolicy:s loadBalancerClass:s loadBalancerIP:s
  loadBalancerSourceRanges:[]s ports:[port=0,protocol="TCP"]ServicePort publishNotReadyAddresses:b
  selector:{!}s sessionAffinity:s sessionAffinityConfig:SessionAffinityConfig
  trafficDistribution:s type:s
ServiceStatus conditions:[type=""]Condition loadBalancer:LoadBalancerStatus
SessionAffinityConfig clientIP:ClientIPConfig
StorageClass allowVolumeExpansion:b allowedTopologies:[]TopologySelectorTerm apiVersion:s kind:s
  metadata:ObjectMeta mountOptions:[]s parameters:{}s provisioner:s reclaimPolicy:s
  volumeBindingMode:s
Taint effect:s key:s timeAdded:u value:s
TopologySelectorLabelRequirement key:s values:[]s
!TopologySelectorTerm matchLabelExpressions:[]TopologySelectorLabelRequirement
!TypedLocalObjectReference apiGroup:s kind:s name:s
TypedObjectReference apiGroup:s kind:s name:s namespace:s
`;
