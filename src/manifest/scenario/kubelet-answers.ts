import { evictionSignals } from "../../../machines/kubelet/eviction-signals.ts";
import { field, type Form, given, record, scalar, words } from "./form.ts";
import { duration } from "./scalar-forms.ts";

/** What a kubelet draws by chance, so that not everything happens at once. */
export interface KubeletAnswer {
  readonly line: number;
  /** A worker's wait until it looks at its pod again. */
  readonly workQueueMs?: number;
  /** The wait of each probe's worker before its first probe, after the kubelet's own start. */
  readonly startupProbeMs?: number;
  readonly livenessProbeMs?: number;
  readonly readinessProbeMs?: number;
  /** Until it reports its node's status again. */
  readonly nodeStatusMs?: number;
  /** How long before it stops it has renewed its node's lease. */
  readonly leaseRenewalMs?: number;
  /** Until it measures a pod's volumes again. */
  readonly volumeStatsMs?: number;
  /** The order in which it finds its pods in a map. */
  readonly podOrder?: "oldest first" | "newest first";
  /** Which of several crossed thresholds it finds first in a map: `hard nodefs.available`. */
  readonly threshold?: string;
  /** Whether it removes a container that has exited before or after it reads its exit. */
  readonly containerRemoval?: "after its exit was read" | "before its exit was read";
}

const thresholds = ["hard", "soft"].flatMap((kind) =>
  evictionSignals.map((signal) => `${kind} ${signal}`),
);

const firstProbe = field(duration, "Before the first probe of a kubelet that has just started.");

export const kubeletForm: Form<KubeletAnswer> = record(
  "what a kubelet draws by chance",
  {
    workQueue: field(duration, "Until a worker looks at its pod again: a time with jitter."),
    startupProbe: firstProbe,
    livenessProbe: firstProbe,
    readinessProbe: firstProbe,
    nodeStatus: field(duration, "Until the next report of a node's status: a time with jitter."),
    leaseRenewal: field(duration, "From its last renewal of its node's lease until it stops."),
    volumeStats: field(duration, "Until a pod's volumes are measured again: a time with jitter."),
    podOrder: field(
      words(
        ["oldest first", "Of equal pods the oldest comes first."],
        ["newest first", "Of equal pods the newest comes first."],
      ),
      "In which order pods come out of a map; it decides only among equals.",
    ),
    threshold: field(
      scalar(`hard or soft and a signal, as "${thresholds[0]}"`, { enum: thresholds }, (value) =>
        thresholds.find((one) => one === value),
      ),
      "Which of several crossed thresholds comes first out of a map.",
    ),
    containerRemoval: field(
      words(
        ["after its exit was read", "The status tells how the container ended."],
        ["before its exit was read", "Nobody knows any more how the container ended."],
      ),
      "Two parts of the kubelet race: one removes dead containers, the other reads them.",
    ),
  },
  ({ workQueue, startupProbe, livenessProbe, readinessProbe, ...others }, { line }) => {
    const { leaseRenewal: leaseRenewalMs } = others;
    const { nodeStatus: nodeStatusMs, volumeStats: volumeStatsMs, ...order } = others;
    return given({
      line,
      workQueueMs: workQueue,
      startupProbeMs: startupProbe,
      livenessProbeMs: livenessProbe,
      readinessProbeMs: readinessProbe,
      nodeStatusMs,
      leaseRenewalMs,
      volumeStatsMs,
      ...order,
    });
  },
);
