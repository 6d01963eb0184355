import { newPodInfo } from "../../machines/scheduler/framework/pod-info.ts";
import { defaultProfile } from "../../machines/scheduler/plugins.ts";
import { schedulePod } from "../../machines/scheduler/schedule-one.ts";
import { SchedulerCache } from "../../src/system/scheduler-cache.ts";
import type { Figure } from "./figure.ts";
import { kubeScheduler, type KubeScheduler } from "./kube-scheduler.ts";
import { scheduledRuns } from "./scheduler-run.ts";
import { appsOf, nodesOf, podOf, type Workload, workloads } from "./scheduler-workload.ts";

/**
 * Scheduling cycles one after the other, each from a new snapshot to an assumed pod: no API server,
 * no queue, no binding. Beside it the real kube-scheduler where Go and its modules are, which does
 * the same with the same pods; else what it did on another machine.
 */
export function scheduler(): readonly Figure[] {
  const real = kubeScheduler();
  for (let round = 0; round < warmRounds; round++) {
    for (const workload of workloads) warm.set(workload, scheduled(workload, 100, 2_000).cache);
  }
  const cycles = shapes.flatMap((shape) =>
    workloads.flatMap((workload) => figuresOf(shape, workload, real)),
  );
  if ("missing" in real) console.log(`kube-scheduler is not measured here: ${real.missing}`);
  return [...cycles, ...scheduledRuns()];
}

/**
 * The real one was compiled before it was measured. What V8 compiles goes with the last object of
 * its kind, so the clusters that were scheduled to warm up last stay, as a scheduler's own does.
 */
const warm = new Map<Workload, SchedulerCache>();
const warmRounds = 8;

interface Shape {
  readonly nodes: number;
  readonly pods: number;
  /** How often both are measured, in turn; the middle counts. */
  readonly times: number;
  /** What kube-scheduler 1.35.4 did on a busy machine with two processors: pods/s. */
  readonly recorded: Readonly<Record<Workload, number>>;
}

const shapes: readonly Shape[] = [
  { nodes: 100, pods: 1_000, times: 7, recorded: recorded(1746, 748, 573) },
  { nodes: 1_000, pods: 10_000, times: 1, recorded: recorded(600, 215, 152) },
  { nodes: 5_000, pods: 5_000, times: 1, recorded: recorded(627, 219, 221) },
];

function recorded(plain: number, antiAffinity: number, spread: number): Shape["recorded"] {
  return { plain, "anti-affinity": antiAffinity, "topology-spread": spread };
}

function figuresOf(
  { nodes, pods, times, recorded: known }: Shape,
  workload: Workload,
  real: KubeScheduler,
): readonly Figure[] {
  const what = `${workload}, ${nodes} nodes`;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let time = 0; time < times; time++) {
    ours.push(scheduled(workload, nodes, pods).rate);
    if ("rate" in real) theirs.push(real.rate(workload, nodes, pods));
  }
  const value = middle(ours);
  if ("missing" in real) {
    const told = `${what} (kube-scheduler elsewhere: ${known[workload]})`;
    return [{ what: told, value, unit: "pods/s" }];
  }
  return [
    { what, value, unit: "pods/s" },
    { what: `${what}, kube-scheduler`, value: middle(theirs), unit: "pods/s" },
    {
      what: `${what}, ours / theirs`,
      value: value / middle(theirs),
      unit: "×",
      bound: { atLeast: 3 },
    },
  ];
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.trunc(values.length / 2)] ?? 0;
}

/** The cluster with its pods, and pods per second of processor time. */
function scheduled(
  workload: Workload,
  nodes: number,
  pods: number,
): { readonly cache: SchedulerCache; readonly rate: number } {
  const cache = new SchedulerCache();
  for (const node of nodesOf(nodes)) cache.addNode(node);
  const apps = appsOf(nodes, pods);
  const waiting = Array.from({ length: pods }, (_, nth) => podOf(workload, nth, apps));
  globalThis.gc?.();
  const start = process.cpuUsage();
  let nextStartNodeIndex = 0;
  let count = 0;
  for (const pod of waiting) {
    const handle = { ...noObjects, snapshot: cache.snapshot() };
    const settings = { nextStartNodeIndex, percentageOfNodesToScore: 0 };
    const attempt = schedulePod(newPodInfo(pod), defaultProfile, handle, settings);
    if (attempt.type !== "fits") continue;
    count++;
    ({ nextStartNodeIndex } = attempt.found);
    cache.addPod({ ...pod, spec: { ...pod.spec, nodeName: attempt.suggestedHost } });
  }
  return { cache, rate: count / (process.cpuUsage(start).user / 1e6) };
}

const noObjects = {
  nominatedPodsForNode: () => [],
  namespaces: new Map(),
  persistentVolumeClaims: new Map(),
  persistentVolumes: new Map(),
  storageClasses: new Map(),
  csiNodes: new Map(),
  csiDrivers: new Map(),
  csiStorageCapacities: [],
  volumeAttachments: [],
  services: [],
  replicationControllers: new Map(),
  replicaSets: new Map(),
  statefulSets: new Map(),
  podDisruptionBudgets: [],
};
