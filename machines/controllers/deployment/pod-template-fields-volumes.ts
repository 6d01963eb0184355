/** Its volumes, as in Go v1.35.4; written by test/support/go-fields-from-go.ts. */
export const volumeFields = `
Volume name:string +VolumeSource
VolumeSource hostPath:*HostPathVolumeSource emptyDir:*EmptyDirVolumeSource
  GCEPersistentDisk=gcePersistentDisk:*GCEPersistentDiskVolumeSource
  AWSElasticBlockStore=awsElasticBlockStore:*AWSElasticBlockStoreVolumeSource
  gitRepo:*GitRepoVolumeSource secret:*SecretVolumeSource NFS=nfs:*NFSVolumeSource
  ISCSI=iscsi:*ISCSIVolumeSource glusterfs:*GlusterfsVolumeSource
  persistentVolumeClaim:*PersistentVolumeClaimVolumeSource RBD=rbd:*RBDVolumeSource
  flexVolume:*FlexVolumeSource cinder:*CinderVolumeSource CephFS=cephfs:*CephFSVolumeSource
  flocker:*FlockerVolumeSource downwardAPI:*DownwardAPIVolumeSource FC=fc:*FCVolumeSource
  azureFile:*AzureFileVolumeSource configMap:*ConfigMapVolumeSource
  vsphereVolume:*VsphereVirtualDiskVolumeSource quobyte:*QuobyteVolumeSource
  azureDisk:*AzureDiskVolumeSource photonPersistentDisk:*PhotonPersistentDiskVolumeSource
  projected:*ProjectedVolumeSource portworxVolume:*PortworxVolumeSource
  scaleIO:*ScaleIOVolumeSource StorageOS=storageos:*StorageOSVolumeSource CSI=csi:*CSIVolumeSource
  ephemeral:*EphemeralVolumeSource image:*ImageVolumeSource
HostPathVolumeSource path:string type:*HostPathType
EmptyDirVolumeSource medium:StorageMedium sizeLimit:*resource.Quantity
GCEPersistentDiskVolumeSource PDName=pdName:string FSType=fsType:string partition:int32
  readOnly:bool
AWSElasticBlockStoreVolumeSource volumeID:string FSType=fsType:string partition:int32 readOnly:bool
GitRepoVolumeSource repository:string revision:string directory:string
SecretVolumeSource secretName:string items:[]KeyToPath defaultMode:*int32 optional:*bool
KeyToPath key:string path:string mode:*int32
NFSVolumeSource server:string path:string readOnly:bool
ISCSIVolumeSource targetPortal:string IQN=iqn:string lun:int32 ISCSIInterface=iscsiInterface:string
  FSType=fsType:string readOnly:bool portals:[]string DiscoveryCHAPAuth=chapAuthDiscovery:bool
  SessionCHAPAuth=chapAuthSession:bool secretRef:*LocalObjectReference initiatorName:*string
LocalObjectReference name:string
GlusterfsVolumeSource EndpointsName=endpoints:string path:string readOnly:bool
PersistentVolumeClaimVolumeSource claimName:string readOnly:bool
RBDVolumeSource CephMonitors=monitors:[]string RBDImage=image:string FSType=fsType:string
  RBDPool=pool:string RadosUser=user:string keyring:string secretRef:*LocalObjectReference
  readOnly:bool
FlexVolumeSource driver:string FSType=fsType:string secretRef:*LocalObjectReference readOnly:bool
  options:map[string]string
CinderVolumeSource volumeID:string FSType=fsType:string readOnly:bool
  secretRef:*LocalObjectReference
CephFSVolumeSource monitors:[]string path:string user:string secretFile:string
  secretRef:*LocalObjectReference readOnly:bool
FlockerVolumeSource datasetName:string datasetUUID:string
DownwardAPIVolumeSource items:[]DownwardAPIVolumeFile defaultMode:*int32
DownwardAPIVolumeFile path:string fieldRef:*ObjectFieldSelector
  resourceFieldRef:*ResourceFieldSelector mode:*int32
ObjectFieldSelector APIVersion=apiVersion:string fieldPath:string
ResourceFieldSelector containerName:string resource:string divisor:resource.Quantity
FCVolumeSource targetWWNs:[]string lun:*int32 FSType=fsType:string readOnly:bool
  WWIDs=wwids:[]string
AzureFileVolumeSource secretName:string shareName:string readOnly:bool
ConfigMapVolumeSource +LocalObjectReference items:[]KeyToPath defaultMode:*int32 optional:*bool
VsphereVirtualDiskVolumeSource volumePath:string FSType=fsType:string storagePolicyName:string
  storagePolicyID:string
QuobyteVolumeSource registry:string volume:string readOnly:bool user:string group:string
  tenant:string
AzureDiskVolumeSource diskName:string DataDiskURI=diskURI:string
  cachingMode:*AzureDataDiskCachingMode FSType=fsType:*string readOnly:*bool
  kind:*AzureDataDiskKind
PhotonPersistentDiskVolumeSource pdID:string FSType=fsType:string
ProjectedVolumeSource sources:[]VolumeProjection defaultMode:*int32
VolumeProjection secret:*SecretProjection downwardAPI:*DownwardAPIProjection
  configMap:*ConfigMapProjection serviceAccountToken:*ServiceAccountTokenProjection
  clusterTrustBundle:*ClusterTrustBundleProjection podCertificate:*PodCertificateProjection
SecretProjection +LocalObjectReference items:[]KeyToPath optional:*bool
DownwardAPIProjection items:[]DownwardAPIVolumeFile
ConfigMapProjection +LocalObjectReference items:[]KeyToPath optional:*bool
ServiceAccountTokenProjection audience:string expirationSeconds:*int64 path:string
ClusterTrustBundleProjection name:*string signerName:*string labelSelector:*LabelSelector
  optional:*bool path:string
LabelSelector matchLabels:map[string]string matchExpressions:[]LabelSelectorRequirement
LabelSelectorRequirement key:string operator:LabelSelectorOperator values:[]string
PodCertificateProjection signerName:string keyType:string maxExpirationSeconds:*int32
  credentialBundlePath:string keyPath:string certificateChainPath:string
  userAnnotations:map[string]string
PortworxVolumeSource volumeID:string FSType=fsType:string readOnly:bool
ScaleIOVolumeSource gateway:string system:string secretRef:*LocalObjectReference
  SSLEnabled=sslEnabled:bool protectionDomain:string storagePool:string storageMode:string
  volumeName:string FSType=fsType:string readOnly:bool
StorageOSVolumeSource volumeName:string volumeNamespace:string FSType=fsType:string readOnly:bool
  secretRef:*LocalObjectReference
CSIVolumeSource driver:string readOnly:*bool FSType=fsType:*string
  volumeAttributes:map[string]string nodePublishSecretRef:*LocalObjectReference
EphemeralVolumeSource volumeClaimTemplate:*PersistentVolumeClaimTemplate
PersistentVolumeClaimTemplate ObjectMeta=metadata:ObjectMeta spec:PersistentVolumeClaimSpec
ObjectMeta name:string generateName:string namespace:string selfLink:string UID=uid:types.UID
  resourceVersion:string generation:int64 creationTimestamp:Time deletionTimestamp:*Time
  deletionGracePeriodSeconds:*int64 labels:map[string]string annotations:map[string]string
  ownerReferences:[]OwnerReference finalizers:[]string managedFields:[]ManagedFieldsEntry
OwnerReference APIVersion=apiVersion:string kind:string name:string UID=uid:types.UID
  controller:*bool blockOwnerDeletion:*bool
ManagedFieldsEntry manager:string operation:ManagedFieldsOperationType APIVersion=apiVersion:string
  time:*Time fieldsType:string fieldsV1:*FieldsV1 subresource:string
PersistentVolumeClaimSpec accessModes:[]PersistentVolumeAccessMode selector:*LabelSelector
  resources:VolumeResourceRequirements volumeName:string storageClassName:*string
  volumeMode:*PersistentVolumeMode dataSource:*TypedLocalObjectReference
  dataSourceRef:*TypedObjectReference volumeAttributesClassName:*string
VolumeResourceRequirements limits:ResourceList requests:ResourceList
TypedLocalObjectReference APIGroup=apiGroup:*string kind:string name:string
TypedObjectReference APIGroup=apiGroup:*string kind:string name:string namespace:*string
ImageVolumeSource reference:string pullPolicy:PullPolicy
`;
