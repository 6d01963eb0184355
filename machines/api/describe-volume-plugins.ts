/** How `kubectl describe` shows a kind of volume: a sentence, then labels with fields. */
export interface PluginShape {
  /** The volume's field that says it is of this kind. */
  readonly source: string;
  readonly type: string;
  /** Label, field of the source, and what stands there when it is absent. */
  readonly rows: readonly (readonly [label: string, field: string, absent: string])[];
}

const fsType = ["FSType:", "fsType", ""] as const;
const readOnly = ["ReadOnly:", "readOnly", "false"] as const;
const optional = ["Optional:", "optional", "false"] as const;
const partition = ["Partition:", "partition", "0"] as const;
const secretRef = ["SecretRef:", "secretRef", "nil"] as const;

const iscsiDisk =
  "an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod";
const flexPlugin =
  "a generic volume resource that is provisioned/attached using an exec based plugin";

function row(label: string, field: string, absent = "") {
  return [label, field, absent] as const;
}

/** kubectl/pkg/describe printSecretVolumeSource, printNFSVolumeSource and the others like them. */
export const pluginShapes: readonly PluginShape[] = [
  {
    source: "hostPath",
    type: "HostPath (bare host directory volume)",
    rows: [row("Path:", "path"), row("HostPathType:", "type", "<none>")],
  },
  {
    source: "secret",
    type: "Secret (a volume populated by a Secret)",
    rows: [row("SecretName:", "secretName"), optional],
  },
  {
    source: "configMap",
    type: "ConfigMap (a volume populated by a ConfigMap)",
    rows: [row("Name:", "name"), optional],
  },
  {
    source: "persistentVolumeClaim",
    type: "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
    rows: [row("ClaimName:", "claimName"), readOnly],
  },
  {
    source: "image",
    type: "Image (a container image or OCI artifact)",
    rows: [row("Reference:", "reference"), row("PullPolicy:", "pullPolicy")],
  },
  {
    source: "csi",
    type: "CSI (a Container Storage Interface (CSI) volume source)",
    rows: [row("Driver:", "driver"), fsType, readOnly],
  },
  {
    source: "nfs",
    type: "NFS (an NFS mount that lasts the lifetime of a pod)",
    rows: [row("Server:", "server"), row("Path:", "path"), readOnly],
  },
  {
    source: "iscsi",
    type: `ISCSI (${iscsiDisk})`,
    rows: [
      row("TargetPortal:", "targetPortal"),
      row("IQN:", "iqn"),
      row("Lun:", "lun", "0"),
      row("ISCSIInterface", "iscsiInterface"),
      fsType,
      readOnly,
      row("Portals:", "portals", "[]"),
      row("DiscoveryCHAPAuth:", "chapAuthDiscovery", "false"),
      row("SessionCHAPAuth:", "chapAuthSession", "false"),
      secretRef,
      row("InitiatorName:", "initiatorName", "<none>"),
    ],
  },
  {
    source: "gcePersistentDisk",
    type: "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
    rows: [row("PDName:", "pdName"), fsType, partition, readOnly],
  },
  {
    source: "awsElasticBlockStore",
    type: "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
    rows: [row("VolumeID:", "volumeID"), fsType, partition, readOnly],
  },
  {
    source: "gitRepo",
    type: "GitRepo (a volume that is pulled from git when the pod is created)",
    rows: [row("Repository:", "repository"), row("Revision:", "revision")],
  },
  {
    source: "glusterfs",
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    rows: [row("EndpointsName:", "endpoints"), row("Path:", "path"), readOnly],
  },
  {
    source: "rbd",
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    rows: [
      row("CephMonitors:", "monitors", "[]"),
      row("RBDImage:", "image"),
      fsType,
      row("RBDPool:", "pool"),
      row("RadosUser:", "user"),
      row("Keyring:", "keyring"),
      secretRef,
      readOnly,
    ],
  },
  {
    source: "quobyte",
    type: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    rows: [row("Registry:", "registry"), row("Volume:", "volume"), readOnly],
  },
  {
    source: "azureDisk",
    type: "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
    rows: [
      row("DiskName:", "diskName"),
      row("DiskURI:", "diskURI"),
      row("Kind: ", "kind"),
      fsType,
      row("CachingMode:", "cachingMode"),
      readOnly,
    ],
  },
  {
    source: "vsphereVolume",
    type: "vSphereVolume (a Persistent Disk resource in vSphere)",
    rows: [
      row("VolumePath:", "volumePath"),
      fsType,
      row("StoragePolicyName:", "storagePolicyName"),
    ],
  },
  {
    source: "cinder",
    type: "Cinder (a Persistent Disk resource in OpenStack)",
    rows: [row("VolumeID:", "volumeID"), fsType, readOnly, secretRef],
  },
  {
    source: "photonPersistentDisk",
    type: "PhotonPersistentDisk (a Persistent Disk resource in photon platform)",
    rows: [row("PdID:", "pdID"), fsType],
  },
  {
    source: "portworxVolume",
    type: "PortworxVolume (a Portworx Volume resource)",
    rows: [row("VolumeID:", "volumeID")],
  },
  {
    source: "scaleIO",
    type: "ScaleIO (a persistent volume backed by a block device in ScaleIO)",
    rows: [
      row("Gateway:", "gateway"),
      row("System:", "system"),
      row("Protection Domain:", "protectionDomain"),
      row("Storage Pool:", "storagePool"),
      row("Storage Mode:", "storageMode"),
      row("VolumeName:", "volumeName"),
      fsType,
      readOnly,
    ],
  },
  {
    source: "cephfs",
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    rows: [
      row("Monitors:", "monitors", "[]"),
      row("Path:", "path"),
      row("User:", "user"),
      row("SecretFile:", "secretFile"),
      secretRef,
      readOnly,
    ],
  },
  {
    source: "storageos",
    type: "StorageOS (a StorageOS Persistent Disk resource)",
    rows: [
      row("VolumeName:", "volumeName"),
      row("VolumeNamespace:", "volumeNamespace"),
      fsType,
      readOnly,
    ],
  },
  {
    source: "fc",
    type: "FC (a Fibre Channel disk)",
    rows: [row("TargetWWNs:", "targetWWNs"), row("LUN:", "lun", "<none>"), fsType, readOnly],
  },
  {
    source: "azureFile",
    type: "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
    rows: [row("SecretName:", "secretName"), row("ShareName:", "shareName"), readOnly],
  },
  {
    source: "flexVolume",
    type: `FlexVolume (${flexPlugin})`,
    rows: [
      row("Driver:", "driver"),
      fsType,
      secretRef,
      readOnly,
      row("Options:", "options", "map[]"),
    ],
  },
  {
    source: "flocker",
    type: "Flocker (a Flocker volume mounted by the Flocker agent)",
    rows: [row("DatasetName:", "datasetName"), row("DatasetUUID:", "datasetUUID")],
  },
];
