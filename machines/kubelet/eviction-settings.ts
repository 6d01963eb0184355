import { parseDuration } from "../api/go-duration.ts";
import { assert } from "../assert.ts";
import { type FileSystems, updateContainerFsThresholds } from "./container-fs-thresholds.ts";
import {
  type EvictionConfig,
  evictionHardOf,
  parseThresholdConfig,
  type Threshold,
} from "./eviction-thresholds.ts";

/** What of a KubeletConfiguration its eviction manager is made with. */
export interface EvictionConfiguration extends EvictionConfig {
  /** A duration in Go's words. */
  readonly evictionPressureTransitionPeriod?: string;
  /** Seconds. */
  readonly evictionMaxPodGracePeriod?: number;
  readonly localStorageCapacityIsolation?: boolean;
}

/** What a node's kubelet is configured to do under pressure. */
export interface EvictionManagerInput {
  readonly pressureTransitionPeriodMs: number;
  readonly maxPodGracePeriodSeconds: number;
  readonly localStorageCapacityIsolation: boolean;
  readonly fileSystems: FileSystems;
}

/** A node's thresholds, and what its eviction manager starts with. */
export interface EvictionSettings {
  readonly input: EvictionManagerInput;
  readonly thresholds: readonly Threshold[];
  /** How many of them are configured; those behind them are derived for containerfs. */
  readonly given: number;
}

/**
 * What is absent has its default.
 * pkg/kubelet/kubelet.go NewMainKubelet, apis/config/v1beta1/defaults.go
 */
export function evictionSettings(
  configuration: EvictionConfiguration,
  fileSystems: FileSystems,
): EvictionSettings {
  const { enforceNodeAllocatable = ["pods"], localStorageCapacityIsolation = true } = configuration;
  const { evictionPressureTransitionPeriod = "5m0s", evictionMaxPodGracePeriod = 0 } =
    configuration;
  const evictionHard = evictionHardOf(configuration);
  const given = parseThresholdConfig({ ...configuration, evictionHard, enforceNodeAllocatable });
  assert(!("error" in given), "a kubelet that runs has thresholds without mistakes");
  return {
    input: {
      pressureTransitionPeriodMs: parseDuration(evictionPressureTransitionPeriod) ?? 0,
      maxPodGracePeriodSeconds: evictionMaxPodGracePeriod,
      localStorageCapacityIsolation,
      fileSystems,
    },
    thresholds: updateContainerFsThresholds(given, fileSystems).thresholds,
    given: given.length,
  };
}
