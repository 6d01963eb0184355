import type { Pod } from "../../machines/api/pod.ts";
import { builtCluster } from "./fork.ts";
import type { Figure } from "./figure.ts";
import { memory } from "./memory.ts";
import { Recorder, replay } from "./recorder.ts";

const podCount = 10_000;
const nodeCount = 100;
const rounds = 3;

/**
 * Many pods to Running and Ready, against bare XState actors of the same machines that begin with
 * the same and are sent the same events. The cluster has more to do besides: it answers as API
 * server, runtime and registry, which are no machines, and writes objects and Events.
 */
export async function pods(): Promise<readonly Figure[]> {
  const { entries } = recording();
  const events = entries.filter((entry) => "event" in entry).length;
  // Both sides in turn, so that what else the machine does disturbs both.
  const measured = Array.from({ length: rounds }, () => {
    const { deliveries, ready, ms } = clusterRun();
    const bareMs = elapsedMs(() => replay(entries));
    return { deliveries, ready, rate: events / ms, bareRate: events / bareMs };
  });
  const ready = Math.min(...measured.map((one) => one.ready));
  const ratio = median(measured.map(({ rate, bareRate }) => rate / bareRate));
  return [
    { what: "pods Running and Ready", value: ready, unit: "", bound: { atLeast: podCount } },
    { what: "deliveries", value: median(measured.map((one) => one.deliveries)), unit: "" },
    { what: "events of machines among them", value: events, unit: "" },
    {
      what: "the cluster",
      value: median(measured.map(({ rate }) => rate)) * 1e3,
      unit: "events/s",
    },
    {
      what: "bare XState actors",
      value: median(measured.map(({ bareRate }) => bareRate)) * 1e3,
      unit: "events/s",
    },
    { what: "cluster / bare", value: ratio, unit: "×", bound: { atLeast: 2 } },
    ...(await memory(podCount, nodeCount)),
  ];
}

function recording(): Recorder {
  const recorder = new Recorder();
  builtCluster(podCount, nodeCount, recorder);
  return recorder;
}

function clusterRun() {
  const start = performance.now();
  const cluster = builtCluster(podCount, nodeCount);
  const ms = performance.now() - start;
  return { deliveries: cluster.system.seq, ready: cluster.list("Pod").filter(isReady).length, ms };
}

function elapsedMs(work: () => void): number {
  globalThis.gc?.();
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function isReady(object: { readonly kind: string }): boolean {
  const status: Pod["status"] = "status" in object ? (object.status as Pod["status"]) : undefined;
  return status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;
}
