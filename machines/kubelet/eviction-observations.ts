import { parseTime } from "../api/time.ts";
import {
  addQuantity,
  cmpQuantity,
  newQuantity,
  type Quantity,
  type QuantityFormat,
  quantityValue,
} from "../api/quantity.ts";
import {
  type EvictionSignal,
  type PressureCondition,
  signalToNodeCondition,
} from "./eviction-signals.ts";
import type { Threshold, ThresholdValue } from "./eviction-thresholds.ts";
import type { FsStats, MemoryStats, NodeStats } from "./node-stats.ts";

/** What was measured of a signal; pkg/kubelet/eviction/types.go signalObservation. */
export interface SignalObservation {
  readonly available: Quantity;
  readonly capacity: Quantity;
  /** When, RFC 3339; stats without it count as new each time. */
  readonly time?: string;
}

export type SignalObservations = Readonly<Partial<Record<EvictionSignal, SignalObservation>>>;

/**
 * A signal is observed only where both its amounts were measured.
 * pkg/kubelet/eviction/helpers.go makeSignalObservations
 */
export function makeSignalObservations(node: NodeStats): SignalObservations {
  const pods = node.systemContainers?.find(({ name }) => name === "pods");
  const { imageFs, containerFs } = node.runtime ?? {};
  const { maxpid, curproc, time } = node.rlimit ?? {};
  const freePids = maxpid === undefined || curproc === undefined ? undefined : maxpid - curproc;
  return {
    ...memoryObservation("memory.available", node.memory),
    ...memoryObservation("allocatableMemory.available", pods?.memory),
    ...fsObservations("nodefs", node.fs),
    ...fsObservations("imagefs", imageFs),
    ...fsObservations("containerfs", containerFs),
    ...observation("pid.available", freePids, maxpid, time, "DecimalSI"),
  };
}

/**
 * The thresholds that are crossed, whatever their grace period. With the minimum reclaim enforced
 * one counts as crossed until that much more is free. thresholdsMet
 */
export function thresholdsMet(
  thresholds: readonly Threshold[],
  observations: SignalObservations,
  enforceMinReclaim: boolean,
): readonly Threshold[] {
  return thresholds.filter((threshold) => {
    const observed = observations[threshold.signal];
    if (observed === undefined || threshold.operator === "") return false;
    const quantity = getThresholdQuantity(threshold.value, observed.capacity);
    const reclaim = enforceMinReclaim ? threshold.minReclaim : undefined;
    const mark =
      reclaim === undefined
        ? quantity
        : addQuantity(quantity, getThresholdQuantity(reclaim, observed.capacity));
    return cmpQuantity(mark, observed.available) > 0;
  });
}

/** Whether a signal was measured anew since the last pass; thresholdsUpdatedStats. */
export function statsAreNew(
  signal: EvictionSignal,
  observations: SignalObservations,
  last: SignalObservations,
): boolean {
  const [observed, before] = [observations[signal], last[signal]];
  if (observed === undefined) return false;
  if (before === undefined || observed.time === undefined) return true;
  return before.time === undefined || parseTime(observed.time) > parseTime(before.time);
}

/** Each condition once, in the order of the thresholds; nodeConditions. */
export function nodeConditions(
  thresholds: readonly Pick<Threshold, "signal">[],
): readonly PressureCondition[] {
  return [...new Set(thresholds.map(({ signal }) => signalToNodeCondition(signal)))];
}

/** A share is reckoned in 64-bit floats and cut; pkg/kubelet/eviction/api GetThresholdQuantity. */
export function getThresholdQuantity(value: ThresholdValue, capacity: Quantity): Quantity {
  if ("quantity" in value) return value.quantity;
  const bytes = Math.trunc(quantityValue(capacity) * value.percentage);
  return newQuantity(Number.isFinite(bytes) ? bytes : leastInt64, 0, "BinarySI");
}

/** What amd64 makes of a NaN. */
const leastInt64 = -(2n ** 63n);

function memoryObservation(signal: EvictionSignal, memory: MemoryStats = {}): SignalObservations {
  const { availableBytes: available, workingSetBytes: used, time } = memory;
  const capacity = available === undefined || used === undefined ? undefined : available + used;
  return observation(signal, available, capacity, time, "BinarySI");
}

function fsObservations(
  fs: "nodefs" | "imagefs" | "containerfs",
  stats: FsStats = {},
): SignalObservations {
  const { availableBytes, capacityBytes, inodesFree, inodes, time } = stats;
  return {
    ...observation(`${fs}.available`, availableBytes, capacityBytes, time, "BinarySI"),
    ...observation(`${fs}.inodesFree`, inodesFree, inodes, time, "DecimalSI"),
  };
}

function observation(
  signal: EvictionSignal,
  available: number | undefined,
  capacity: number | undefined,
  time: string | undefined,
  format: QuantityFormat,
): SignalObservations {
  if (available === undefined || capacity === undefined) return {};
  const amounts = {
    available: newQuantity(available, 0, format),
    capacity: newQuantity(capacity, 0, format),
  };
  return { [signal]: time === undefined ? amounts : { ...amounts, time } };
}
