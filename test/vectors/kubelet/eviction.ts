import type { Pod } from "../../../machines/api/pod.ts";
import { formatQuantity } from "../../../machines/api/quantity-text.ts";
import {
  type FileSystems,
  updateContainerFsThresholds,
} from "../../../machines/kubelet/container-fs-thresholds.ts";
import { admitUnderPressure } from "../../../machines/kubelet/eviction-admission.ts";
import {
  makeSignalObservations,
  nodeConditions,
  thresholdsMet,
} from "../../../machines/kubelet/eviction-observations.ts";
import { rankForSignal } from "../../../machines/kubelet/eviction-ranking.ts";
import type {
  EvictionSignal,
  PressureCondition,
} from "../../../machines/kubelet/eviction-signals.ts";
import {
  type EvictionConfig,
  parseThresholdConfig,
} from "../../../machines/kubelet/eviction-thresholds.ts";
import type { NodeStats, PodStats } from "../../../machines/kubelet/node-stats.ts";
import { configured, runEviction, type EvictionInput } from "../../support/eviction-run.ts";
import { isWritable, thresholdsJson } from "../../support/threshold-json.ts";

interface ConfigInput {
  readonly config: EvictionConfig;
}

interface RankInput extends FileSystems {
  readonly signal: EvictionSignal;
  readonly pods: readonly Pod[];
  readonly podStats: readonly PodStats[];
}

interface MetInput extends ConfigInput {
  readonly node: NodeStats;
  readonly enforceMinReclaim: boolean;
}

interface AdmitInput {
  readonly pod: Pod;
  readonly nodeConditions: readonly PressureCondition[];
}

type Input = { readonly function: string } & RankInput & MetInput & AdmitInput & EvictionInput;

export function run(input: Input): unknown {
  return runners[input.function]?.(input);
}

const runners: Readonly<Record<string, (input: Input) => unknown>> = {
  parseThresholdConfig: ({ config }: ConfigInput) => {
    const parsed = parseThresholdConfig(config);
    if ("error" in parsed) return parsed;
    if (!isWritable(parsed)) return { error: null, note: "percentage is not a finite number" };
    return { error: null, thresholds: thresholdsJson(parsed) };
  },
  updateContainerFsThresholds: ({ config, ...fileSystems }: ConfigInput & FileSystems) => {
    const { thresholds, error } = updateContainerFsThresholds(configured(config), fileSystems);
    return { error, thresholds: thresholdsJson(thresholds) };
  },
  rank: ({ signal, pods, podStats, ...fileSystems }: RankInput) => {
    const measured = pods.map((pod) => ({
      pod,
      podStats: podStats.find(({ podRef }) => podRef.uid === pod.metadata.uid),
    }));
    const ranked = rankForSignal(measured, signal, fileSystems);
    return { hasRankFunc: true, order: ranked.map(({ pod }) => pod.metadata.name) };
  },
  thresholdsMet: ({ config, node, enforceMinReclaim }: MetInput) => {
    const observations = makeSignalObservations(node);
    const met = thresholdsMet(configured(config), observations, enforceMinReclaim);
    const amounts = Object.entries(observations).map(([signal, { available, capacity }]) => [
      signal,
      { available: formatQuantity(available), capacity: formatQuantity(capacity) },
    ]);
    return {
      met: thresholdsJson(met),
      nodeConditions: nodeConditions(met),
      observations: Object.fromEntries(amounts),
    };
  },
  synchronize: runEviction,
  admit: ({ pod, nodeConditions: conditions }: AdmitInput) => ({
    message: "",
    reason: "",
    ...admitUnderPressure(pod, conditions),
  }),
};
