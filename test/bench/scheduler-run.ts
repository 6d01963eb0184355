import { Cluster } from "../../src/cluster/cluster.ts";
import { machines } from "../../src/system/routes.ts";
import type { Figure } from "./figure.ts";
import { heapBytes } from "./measure.ts";
import { appsOf, nodesOf, podOf } from "./scheduler-workload.ts";

const nodeCount = 1_000;
const podCounts = [50_000, 100_000] as const;

/**
 * A cluster without kubelets in which an API server, a queue and a scheduler bring very many pods
 * to their nodes in one run; what a pod takes of memory does not grow with their number.
 */
export function scheduledRuns(): readonly Figure[] {
  const [half, whole] = podCounts.map(scheduledRun);
  if (half === undefined || whole === undefined) return [];
  const atMost = 1.2;
  return [
    { what: "pods bound in one run", value: whole.bound, unit: "", bound: { atLeast: 100_000 } },
    {
      what: "through API server, queue and binding",
      value: whole.rate,
      unit: "pods/s of processor time",
    },
    { what: "memory of a pod", value: whole.bytes / 1000, unit: "kB" },
    {
      what: "memory of a pod among 100 000 / among 50 000",
      value: whole.bytes / half.bytes,
      unit: "×",
      bound: { atMost },
    },
    {
      what: "time of a pod among 100 000 / among 50 000",
      value: half.rate / whole.rate,
      unit: "×",
      bound: { atMost: 1.5 },
    },
  ];
}

function scheduledRun(pods: number): {
  readonly bound: number;
  readonly rate: number;
  readonly bytes: number;
} {
  const before = heapBytes();
  const start = process.cpuUsage();
  const apps = appsOf(nodeCount, pods);
  const waiting = Array.from({ length: pods }, (_, nth) => podOf("plain", nth, apps));
  const without = Object.keys(machines).filter((machine) => !schedulers.includes(machine));
  const cluster = Cluster.create({ objects: [...nodesOf(nodeCount), ...waiting], without });
  cluster.run(60_000);
  const seconds = process.cpuUsage(start).user / 1e6;
  const bound = cluster.list("Pod").filter(isBound).length;
  return { bound, rate: bound / seconds, bytes: (heapBytes() - before) / pods };
}

const schedulers: readonly string[] = ["schedulingQueue", "schedulingCycle", "bindingCycle"];

function isBound(object: { readonly kind: string; readonly spec?: unknown }): boolean {
  const { spec } = object;
  return typeof spec === "object" && spec !== null && "nodeName" in spec;
}
