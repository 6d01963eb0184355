import type { Container, Volume } from "../../machines/api/pod.ts";
import { isPodPhaseTerminal } from "../../machines/api/pod-status.ts";
import { quantityValue } from "../../machines/api/quantity.ts";
import { mustParse } from "../../machines/api/quantity-text.ts";
import type {
  FsStats,
  MemoryStats,
  NodeStats,
  PodStats,
} from "../../machines/kubelet/node-stats.ts";
import { containerNamed } from "../../machines/kubelet/slot.ts";
import type { NodeSide } from "./node-side.ts";
import type { PodSide } from "./pod-side.ts";
import type { DiskUsage, NodeAmounts, NodeMachine, PodUsage } from "./usage-notes.ts";
import type { KubeWorld } from "./world.ts";

/** All that is in use on a node, by its pods, its system and others. */
export function amountsUsed(world: KubeWorld, { pods, machine }: NodeSide): NodeAmounts {
  const used = { memory: 0, disk: 0, inodes: 0, imageDisk: 0, imageInodes: 0, pids: 0 };
  const layersAreApart = layersLieWithImages(machine);
  for (const key of pods) {
    const side = world.side(key);
    if (side.usage === undefined) continue;
    for (const { name } of runningContainers(side)) {
      used.memory += memoryOf(side, name);
      used.pids += usageOf(side, name)?.processes ?? 0;
    }
    const { layers, others } = onDisk(side);
    for (const { bytes, inodes } of layersAreApart ? others : [...layers, ...others]) {
      used.disk += bytes;
      used.inodes += inodes;
    }
    for (const { bytes, inodes } of layersAreApart ? layers : []) {
      used.imageDisk += bytes;
      used.imageInodes += inodes;
    }
  }
  const beside = (of: keyof NodeAmounts): number =>
    (machine?.system[of] ?? 0) + (machine?.others[of]?.amount ?? 0);
  return {
    memory: used.memory + beside("memory"),
    podsMemory: used.memory + beside("podsMemory"),
    disk: used.disk + beside("disk"),
    inodes: used.inodes + beside("inodes"),
    imageDisk: used.imageDisk + beside("imageDisk"),
    imageInodes: used.imageInodes + beside("imageInodes"),
    pids: used.pids + beside("pids"),
  };
}

/** The writable layers are not on the kubelet's file system. */
export function layersLieWithImages(machine: NodeMachine | undefined): boolean {
  const { dedicatedImageFs = false, dedicatedContainerFs = false } = machine?.fileSystems ?? {};
  return dedicatedImageFs && !dedicatedContainerFs;
}

/** The node's part of the summary API; images may have a file system of their own. */
export function nodeStats(machine: NodeMachine | undefined, used: NodeAmounts): NodeStats {
  if (machine === undefined) return {};
  const { memory, podsMemory, disk, inodes, imageDisk, imageInodes, pids } = machine.capacity;
  const fs = fileSystem(disk, used.disk, inodes, used.inodes);
  const imageFs = machine.fileSystems.dedicatedImageFs
    ? fileSystem(imageDisk, used.imageDisk, imageInodes, used.imageInodes)
    : fs;
  return {
    fs,
    runtime: { imageFs, containerFs: layersLieWithImages(machine) ? imageFs : fs },
    memory: memoryStats(memory, used.memory),
    rlimit: { maxpid: pids, curproc: Math.min(used.pids, pids) },
    systemContainers: [{ name: "pods", memory: memoryStats(podsMemory, used.podsMemory) }],
  };
}

function fileSystem(disk: number, used: number, inodes: number, inodesUsed: number): FsStats {
  return {
    capacityBytes: disk,
    usedBytes: Math.min(used, disk),
    availableBytes: leftOf(disk, used),
    inodes,
    inodesFree: leftOf(inodes, inodesUsed),
  };
}

/**
 * One pod's part, of what runs; undefined while nothing does.
 * pkg/kubelet/stats/cri_stats_provider.go listPodStatsPartiallyFromCRI
 */
export function podStats(side: PodSide): PodStats | undefined {
  const running = runningContainers(side);
  if (running.length === 0) return undefined;
  const { name, namespace = "default" } = side.pod.metadata;
  const containers = running.map((container) => {
    const { layer, log } = usageOf(side, container.name) ?? {};
    const memory = { workingSetBytes: memoryOf(side, container.name) };
    return { name: container.name, memory, rootfs: fsStats(layer), logs: fsStats(log) };
  });
  const volume = volumesOf(side).map(({ name: of }) => {
    return { name: of, ...fsStats(side.usage?.measuredVolumes[of]) };
  });
  const ephemeral = volumesOf(side).filter(isOnDisk);
  const local = [
    ...containers.flatMap(({ rootfs, logs }) => [rootfs, logs]),
    ...volume.filter((stats) => ephemeral.some((one) => one.name === stats.name)),
  ];
  return {
    podRef: { name, namespace, uid: side.uid },
    containers,
    memory: { workingSetBytes: sum(containers.map(({ memory }) => memory.workingSetBytes)) },
    volume,
    "ephemeral-storage": {
      usedBytes: sum(local.map(({ usedBytes }) => usedBytes)),
      inodesUsed: sum(local.map(({ inodesUsed }) => inodesUsed)),
    },
    process_stats: {
      process_count: sum(running.map((one) => usageOf(side, one.name)?.processes ?? 1)),
    },
  };
}

/** Whether the eviction manager looks at a pod; pkg/kubelet/kubelet_pods.go isPodInactive. */
export function isActive({ pod, staged, verdict, isStopped }: PodSide): boolean {
  if (isStopped) return false;
  const isTerminal = [pod.status, staged?.status].some((one) => isPodPhaseTerminal(one?.phase));
  const isTerminating = verdict !== undefined || pod.metadata.deletionTimestamp !== undefined;
  return !isTerminal || isTerminating;
}

/** The containers whose newest record says that they run. */
export function runningContainers({ pod, runtime }: PodSide): readonly Container[] {
  const { containers = [] } = runtime;
  return containers.flatMap(({ name, state }, index) => {
    const isNewest = containers.findIndex((one) => one.name === name) === index;
    const container = containerNamed(pod.spec, name);
    return isNewest && state === "running" && container !== undefined ? [container] : [];
  });
}

/** What a container uses: its cgroup never lets its processes have more than its limit. */
export function memoryOf(side: PodSide, name: string): number {
  const limit = containerNamed(side.pod.spec, name)?.resources?.limits?.["memory"];
  const bytes = usageOf(side, name)?.memoryBytes ?? 0;
  return limit === undefined ? bytes : Math.min(bytes, quantityValue(mustParse(limit)));
}

/** What a container has used since its last start. */
function usageOf({ usage, processes }: PodSide, name: string) {
  const noted = usage?.containers[name];
  return noted?.run === processes[name]?.run ? noted : undefined;
}

/**
 * Layers and logs stay as long as their containers' records, volumes as long as they are mounted.
 * What an evicted or deleted pod had goes when it has stopped. ShouldPodContentBeRemoved
 */
function onDisk(side: PodSide): OnDisk {
  const { usage, runtime, isStopped, verdict, pod } = side;
  if (usage === undefined) return { layers: [], others: [] };
  const isGone = verdict !== undefined || pod.metadata.deletionTimestamp !== undefined;
  const records = isStopped && isGone ? [] : (runtime.containers ?? []);
  const volumes = volumesOf(side).filter(isOnDisk);
  const layers: (DiskUsage | undefined)[] = [];
  const others: (DiskUsage | undefined)[] = [];
  for (const [name, { layer, log, volumes: written }] of Object.entries(usage.containers)) {
    if (records.some((record) => record.name === name)) {
      layers.push(layer);
      others.push(log);
    }
    others.push(...volumes.map((volume) => written?.[volume.name]));
  }
  return {
    layers: layers.filter((one) => one !== undefined),
    others: others.filter((one) => one !== undefined),
  };
}

interface OnDisk {
  /** What containers have written beside their volumes. */
  readonly layers: readonly DiskUsage[];
  /** Logs and volumes, which are in the kubelet's folder. */
  readonly others: readonly DiskUsage[];
}

/** The empty folders that are mounted; only theirs is known. */
function volumesOf({ pod, mounted }: PodSide): readonly Volume[] {
  const volumes = pod.spec.volumes ?? [];
  return volumes.filter(({ name, emptyDir }) => emptyDir !== undefined && mounted.includes(name));
}

function isOnDisk({ emptyDir }: Volume): boolean {
  return (emptyDir?.medium ?? "") === "";
}

/** What each volume of a pod holds now, whoever has written it. */
export function volumesWritten({ containers }: PodUsage): Readonly<Record<string, DiskUsage>> {
  const written: Record<string, DiskUsage> = {};
  for (const { volumes = {} } of Object.values(containers)) {
    for (const [name, { bytes, inodes }] of Object.entries(volumes)) {
      const { bytes: moreBytes = 0, inodes: moreInodes = 0 } = written[name] ?? {};
      written[name] = { bytes: bytes + moreBytes, inodes: inodes + moreInodes };
    }
  }
  return written;
}

function memoryStats(capacity: number, used: number): MemoryStats {
  const availableBytes = leftOf(capacity, used);
  return { availableBytes, workingSetBytes: capacity - availableBytes };
}

function fsStats({ bytes, inodes }: DiskUsage = nothing) {
  return { usedBytes: bytes, inodesUsed: inodes };
}

const nothing: DiskUsage = { bytes: 0, inodes: 0 };

function leftOf(capacity: number, used: number): number {
  return Math.max(0, capacity - used);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
