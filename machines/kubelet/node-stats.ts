/** The summary API's node, staging k8s.io/kubelet/pkg/apis/stats/v1alpha1/types.go. */
export interface NodeStats {
  readonly memory?: MemoryStats;
  readonly fs?: FsStats;
  readonly runtime?: { readonly imageFs?: FsStats; readonly containerFs?: FsStats };
  readonly rlimit?: RlimitStats;
  /** The cgroup of all pods is called `pods`. */
  readonly systemContainers?: readonly { readonly name: string; readonly memory?: MemoryStats }[];
}

/** Its pods. */
export interface PodStats {
  readonly podRef: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly containers?: readonly ContainerStats[];
  readonly memory?: MemoryStats;
  readonly volume?: readonly VolumeStats[];
  readonly "ephemeral-storage"?: FsStats;
  readonly process_stats?: { readonly process_count?: number };
}

export interface ContainerStats {
  readonly name: string;
  readonly memory?: MemoryStats;
  /** The writable layer. */
  readonly rootfs?: FsStats;
  readonly logs?: FsStats;
}

export interface VolumeStats extends FsStats {
  readonly name: string;
}

export interface MemoryStats {
  /** When it was measured, RFC 3339. */
  readonly time?: string;
  readonly availableBytes?: number;
  /** What is in use without the file cache that could be given up. */
  readonly workingSetBytes?: number;
}

export interface FsStats {
  readonly time?: string;
  readonly availableBytes?: number;
  readonly capacityBytes?: number;
  readonly usedBytes?: number;
  readonly inodes?: number;
  readonly inodesFree?: number;
  readonly inodesUsed?: number;
}

export interface RlimitStats {
  readonly time?: string;
  readonly maxpid?: number;
  readonly curproc?: number;
}
