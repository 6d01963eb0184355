import type { EvictionSignal } from "./eviction-signals.ts";
import { isHardEvictionThreshold, type Threshold } from "./eviction-thresholds.ts";

/** Which of a node's file systems are on devices of their own. */
export interface FileSystems {
  /** Images are not on the root's device; HasDedicatedImageFs. */
  readonly dedicatedImageFs: boolean;
  /** Writable layers are not on the images' device; HasDedicatedContainerFs. */
  readonly dedicatedContainerFs: boolean;
}

export interface ContainerFsThresholds {
  /** Those given, the ones on containerfs replaced, and behind them the derived ones. */
  readonly thresholds: readonly Threshold[];
  /** The last complaint about a threshold on containerfs, which nobody may set. */
  readonly error: string | null;
}

/**
 * Gives the writable layers' file system the thresholds of the one that it lies on.
 * pkg/kubelet/eviction/helpers.go UpdateContainerFsThresholds
 */
export function updateContainerFsThresholds(
  given: readonly Threshold[],
  fileSystems: FileSystems,
): ContainerFsThresholds {
  const source = sourceOf(fileSystems);
  if (source === undefined) return { thresholds: given, error: complaintOf(given) };
  const thresholds = [...given];
  for (const { resource, hard } of derived) {
    const threshold = copied(given, `${source}.${resource}`, `containerfs.${resource}`, hard);
    const at = given.findLastIndex(isOf(`containerfs.${resource}`, hard));
    if (at < 0) thresholds.push(threshold);
    else thresholds[at] = threshold;
  }
  return { thresholds, error: complaintOf(given) };
}

const derived = [
  { resource: "available", hard: true },
  { resource: "available", hard: false },
  { resource: "inodesFree", hard: true },
  { resource: "inodesFree", hard: false },
] as const;

/** Undefined for writable layers split from images that have no file system of their own. */
function sourceOf({ dedicatedImageFs, dedicatedContainerFs }: FileSystems) {
  if (dedicatedImageFs === dedicatedContainerFs) return "nodefs";
  return dedicatedImageFs ? "imagefs" : undefined;
}

function copied(
  given: readonly Threshold[],
  from: EvictionSignal,
  signal: EvictionSignal,
  hard: boolean,
): Threshold {
  const threshold = given.findLast(isOf(from, hard)) ?? never;
  return { ...threshold, signal };
}

/** Go's zero Threshold. */
const never = { operator: "", value: { percentage: 0 }, gracePeriodMs: 0 } as const;

function isOf(signal: EvictionSignal, hard: boolean): (threshold: Threshold) => boolean {
  return (one) => one.signal === signal && isHardEvictionThreshold(one) === hard;
}

function complaintOf(given: readonly Threshold[]): string | null {
  const set = given.findLast(({ signal }) => signal.startsWith("containerfs."));
  if (set === undefined) return null;
  const kind = isHardEvictionThreshold(set) ? "hard" : "soft";
  return `found ${set.signal} for ${kind} eviction. ignoring`;
}
