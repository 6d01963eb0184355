import type { Pod } from "../../machines/api/pod.ts";
import type { PodStatus } from "../../machines/api/pod-status.ts";
import type { SignalObservations } from "../../machines/kubelet/eviction-observations.ts";
import type { RankedPod } from "../../machines/kubelet/eviction-ranking.ts";
import type { PressureCondition } from "../../machines/kubelet/eviction-signals.ts";
import type { Threshold } from "../../machines/kubelet/eviction-thresholds.ts";
import type { EvictionManagerInput } from "../../machines/kubelet/eviction-settings.ts";
import type { World } from "../../src/system/composition.ts";

export interface RecordedEvent {
  readonly type: "Warning";
  readonly reason: string;
  readonly message: string;
  readonly object: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface RecordedKill {
  readonly pod: string;
  readonly isEvicted: true;
  readonly gracePeriodSecondsOverride: number;
  readonly status: PodStatus;
}

/** What an eviction manager's node has, and what its facts have written; one node, no names. */
export interface EvictionRecord {
  readonly input: EvictionManagerInput;
  readonly thresholds: readonly Threshold[];
  /** How many of the thresholds were configured; the others are derived. */
  readonly given: number;
  readonly activePods: readonly RankedPod<Pod>[];
  readonly observations: SignalObservations;
  readonly lastObservations: SignalObservations;
  readonly observationsAfterGC: SignalObservations;
  readonly conditions: readonly PressureCondition[];
  readonly events: readonly RecordedEvent[];
  readonly gcCalls: readonly string[];
  readonly kills: readonly RecordedKill[];
}

/** A node on which nothing was measured and nothing happened; one file system, no thresholds. */
export const emptyRecord: EvictionRecord = {
  input: {
    pressureTransitionPeriodMs: 0,
    maxPodGracePeriodSeconds: 0,
    localStorageCapacityIsolation: false,
    fileSystems: { dedicatedImageFs: false, dedicatedContainerFs: false },
  },
  thresholds: [],
  given: 0,
  activePods: [],
  observations: {},
  lastObservations: {},
  observationsAfterGC: {},
  conditions: [],
  events: [],
  gcCalls: [],
  kills: [],
};

/** That record as the world of a composition. */
export class EvictionWorld implements World<EvictionWorld> {
  record: EvictionRecord;

  constructor(record: EvictionRecord) {
    this.record = record;
  }

  change(change: Partial<EvictionRecord>): void {
    this.record = { ...this.record, ...change };
  }

  fork(): EvictionWorld {
    return new EvictionWorld(this.record);
  }

  save(): unknown {
    return this.record;
  }
}
