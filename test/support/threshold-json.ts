import { formatQuantity } from "../../machines/api/quantity-text.ts";
import type { Threshold, ThresholdValue } from "../../machines/kubelet/eviction-thresholds.ts";

/** Thresholds as the recordings write them, sorted by signal. */
export function thresholdsJson(thresholds: readonly Threshold[]): readonly object[] {
  return thresholds.toSorted(bySignal).map(thresholdJson);
}

/** JSON has no NaN and no infinity. */
export function isWritable(thresholds: readonly Threshold[]): boolean {
  const values = thresholds.flatMap(({ value, minReclaim = value }) => [value, minReclaim]);
  return values.every((value) => "quantity" in value || Number.isFinite(value.percentage));
}

function bySignal(a: Threshold, b: Threshold): number {
  if (a.signal !== b.signal) return a.signal < b.signal ? -1 : 1;
  return a.gracePeriodMs - b.gracePeriodMs || a.operator.length - b.operator.length;
}

function thresholdJson({ signal, operator, value, gracePeriodMs, minReclaim }: Threshold): object {
  return {
    signal,
    operator,
    value: valueJson(value),
    gracePeriodSeconds: gracePeriodMs / 1_000,
    ...(minReclaim === undefined ? {} : { minReclaim: valueJson(minReclaim) }),
  };
}

function valueJson(value: ThresholdValue): object {
  if ("quantity" in value) return { quantity: formatQuantity(value.quantity) };
  return value.percentage === 0 ? {} : { percentage: shortestFloat32(value.percentage) };
}

/** Go prints a 32-bit float with as few digits as name it. */
function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
