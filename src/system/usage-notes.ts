import type { FileSystems } from "../../machines/kubelet/container-fs-thresholds.ts";

/** What the containers of a pod use, as its environment says; absent where it says nothing. */
export interface PodUsage {
  /** By container. */
  readonly containers: Readonly<Record<string, ContainerUsage>>;
  /** What each volume held when the kubelet measured it last. */
  readonly measuredVolumes: Readonly<Record<string, DiskUsage>>;
}

export interface ContainerUsage {
  /** Which start of the container it is about, from 1; volumes outlast it. */
  readonly run: number;
  readonly memoryBytes?: number;
  readonly processes?: number;
  /** The writable layer. */
  readonly layer?: DiskUsage;
  readonly log?: DiskUsage;
  /** What the container has written into each volume. */
  readonly volumes?: Readonly<Record<string, DiskUsage>>;
}

export interface DiskUsage {
  readonly bytes: number;
  readonly inodes: number;
}

/**
 * What a machine can run out of; the pods' memory is what all pods together may have, and the
 * images' disk is 0 where they have no file system of their own.
 */
export type NodeResource =
  | "memory"
  | "podsMemory"
  | "disk"
  | "inodes"
  | "imageDisk"
  | "imageInodes"
  | "pids";

/** One amount of each: bytes, files or processes. */
export type NodeAmounts = Readonly<Record<NodeResource, number>>;

/** A node's machine, as its environment knows it. */
export interface NodeMachine {
  readonly cgroup: "v1" | "v2";
  readonly fileSystems: FileSystems;
  readonly capacity: NodeAmounts;
  /** In use by the system. */
  readonly system: Partial<NodeAmounts>;
  /** In use by what a scenario's steps have started. */
  readonly others: Readonly<Partial<Record<NodeResource, OtherUse>>>;
}

export interface OtherUse {
  readonly amount: number;
  /** Virtual milliseconds; tells one step from the next. */
  readonly sinceMs: number;
}
