import { parseFloat32 } from "../api/go-float.ts";
import { readDuration } from "../api/go-duration-error.ts";
import { type Quantity, quantitySign } from "../api/quantity.ts";
import { formatQuantity, parseQuantity } from "../api/quantity-text.ts";
import { type EvictionSignal, validSignal } from "./eviction-signals.ts";

/** A mark on a signal; crossing it means pressure. pkg/kubelet/eviction/api/types.go Threshold */
export interface Threshold {
  readonly signal: EvictionSignal;
  /** Empty where a file system's threshold was derived from none: it is never met. */
  readonly operator: "LessThan" | "";
  readonly value: ThresholdValue;
  /** 0 makes it a hard one. */
  readonly gracePeriodMs: number;
  readonly minReclaim?: ThresholdValue;
}

/** An amount, or a share of the capacity as the 32-bit float that Go keeps. */
export type ThresholdValue = { readonly quantity: Quantity } | { readonly percentage: number };

/** Why a configuration has no thresholds, in Kubernetes' words. */
export interface ThresholdError {
  readonly error: string;
}

/** What of a KubeletConfiguration says when to evict. */
export interface EvictionConfig {
  readonly enforceNodeAllocatable?: readonly string[];
  readonly evictionHard?: Statements;
  readonly evictionSoft?: Statements;
  readonly evictionSoftGracePeriod?: Statements;
  readonly evictionMinimumReclaim?: Statements;
  readonly mergeDefaultEvictionSettings?: boolean;
}

type Statements = Readonly<Record<string, string>>;

/** pkg/kubelet/eviction/defaults_linux.go DefaultEvictionHard. */
const defaultEvictionHard: Statements = {
  "memory.available": "100Mi",
  "nodefs.available": "10%",
  "nodefs.inodesFree": "5%",
  "imagefs.available": "15%",
  "imagefs.inodesFree": "5%",
};

/** One hard threshold given replaces all defaults, unless they are to be merged; cmd/kubelet. */
export function evictionHardOf(
  config: Pick<EvictionConfig, "evictionHard" | "mergeDefaultEvictionSettings">,
): Statements {
  const { evictionHard, mergeDefaultEvictionSettings = false } = config;
  if (evictionHard === undefined) return defaultEvictionHard;
  return mergeDefaultEvictionSettings ? { ...defaultEvictionHard, ...evictionHard } : evictionHard;
}

/** Hard thresholds first, then soft ones; pkg/kubelet/eviction/helpers.go ParseThresholdConfig. */
export function parseThresholdConfig(
  config: EvictionConfig,
): readonly Threshold[] | ThresholdError {
  const hard = parseStatements(config.evictionHard, parseThresholdStatement);
  if ("error" in hard) return hard;
  const soft = parseStatements(config.evictionSoft, parseThresholdStatement);
  if ("error" in soft) return soft;
  const gracePeriods = parseStatements(config.evictionSoftGracePeriod, parseGracePeriod);
  if ("error" in gracePeriods) return gracePeriods;
  const minReclaims = parseStatements(config.evictionMinimumReclaim, parseMinimumReclaim);
  if ("error" in minReclaims) return minReclaims;
  const lacking = [...soft.keys()].find((signal) => !gracePeriods.has(signal));
  if (lacking !== undefined) {
    return { error: `grace period must be specified for the soft eviction threshold ${lacking}` };
  }
  const thresholdOf = ([signal, value]: Statement, gracePeriodMs = 0): Threshold => {
    const minReclaim = minReclaims.get(signal);
    const threshold = { signal, operator: "LessThan", value, gracePeriodMs } as const;
    return minReclaim === undefined ? threshold : { ...threshold, minReclaim };
  };
  const thresholds = [
    ...[...hard].map((statement) => thresholdOf(statement)),
    ...[...soft].map((statement) => thresholdOf(statement, gracePeriods.get(statement[0]))),
  ];
  const isEnforced = config.enforceNodeAllocatable?.includes(nodeAllocatableEnforcementKey);
  return isEnforced === true ? addAllocatableThresholds(thresholds) : thresholds;
}

/** Whether pods go at once; a soft threshold is crossed for its grace period first. */
export function isHardEvictionThreshold(threshold: Pick<Threshold, "gracePeriodMs">): boolean {
  return threshold.gracePeriodMs === 0;
}

/** pkg/kubelet/types/constants.go NodeAllocatableEnforcementKey. */
const nodeAllocatableEnforcementKey = "pods";

type Statement = readonly [EvictionSignal, ThresholdValue];

/** What the hard memory threshold says of the node holds for the pods' cgroup as well. */
function addAllocatableThresholds(thresholds: readonly Threshold[]): readonly Threshold[] {
  const copied = thresholds.filter(
    (one) => one.signal === "memory.available" && isHardEvictionThreshold(one),
  );
  const signal = "allocatableMemory.available";
  return [...thresholds, ...copied.map((one) => ({ ...one, signal }) as const)];
}

/** A statement that means nothing gives undefined and is left out. */
function parseStatements<Value extends object | number>(
  statements: Statements = {},
  parse: (signal: EvictionSignal, text: string) => Value | ThresholdError | undefined,
): ReadonlyMap<EvictionSignal, Value> | ThresholdError {
  const results = new Map<EvictionSignal, Value>();
  for (const [signal, text] of Object.entries(statements)) {
    if (!validSignal(signal)) return { error: `unsupported eviction signal ${signal}` };
    const value = parse(signal, text);
    if (isError(value)) return value;
    if (value !== undefined) results.set(signal, value);
  }
  return results;
}

function isError(value: unknown): value is ThresholdError {
  return typeof value === "object" && value !== null && "error" in value;
}

function parseThresholdStatement(
  signal: EvictionSignal,
  text: string,
): ThresholdValue | ThresholdError | undefined {
  if (text.endsWith("%")) {
    if (text === "0%" || text === "100%") return undefined;
    const percentage = parsePercentage(text);
    if (typeof percentage !== "number") return percentage;
    const threshold = `eviction percentage threshold ${signal}`;
    if (percentage < 0) return { error: `${threshold} must be >= 0%: ${text}` };
    if (percentage > 1) return { error: `${threshold} must be <= 100%: ${text}` };
    return { percentage };
  }
  const quantity = parseQuantity(text);
  if ("error" in quantity) return quantity;
  if (quantitySign(quantity) > 0) return { quantity };
  const amount = formatQuantity(quantity);
  return { error: `eviction threshold ${signal} must be positive: ${amount}` };
}

/** A 32-bit float divided as one. */
function parsePercentage(text: string): number | ThresholdError {
  const value = parseFloat32(text.replace(/%+$/, ""));
  return typeof value === "number" ? Math.fround(value / 100) : value;
}

function parseGracePeriod(_: EvictionSignal, text: string): number | ThresholdError {
  const ms = readDuration(text);
  if (typeof ms !== "number" || ms >= 0) return ms;
  return { error: `invalid eviction grace period specified: ${text}, must be a positive value` };
}

function parseMinimumReclaim(
  signal: EvictionSignal,
  text: string,
): ThresholdValue | ThresholdError {
  if (text.endsWith("%")) {
    const percentage = parsePercentage(text);
    if (typeof percentage !== "number") return percentage;
    const reclaim = `eviction percentage minimum reclaim ${signal}`;
    return percentage <= 0 ? { error: `${reclaim} must be positive: ${text}` } : { percentage };
  }
  const quantity = parseQuantity(text);
  if ("error" in quantity || quantitySign(quantity) >= 0) {
    return "error" in quantity ? quantity : { quantity };
  }
  return { error: `negative eviction minimum reclaim specified for ${signal}` };
}
