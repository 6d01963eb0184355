import { createActor } from "xstate";

import { podWorkerMachine } from "../../machines/kubelet/pod-worker.machine.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { builtCluster } from "./fork.ts";
import type { Figure } from "./figure.ts";
import { memory } from "./memory.ts";

const podCount = 10_000;
const nodeCount = 100;
const rounds = 3;

/** Many pods to Running and Ready, against bare XState actors that get as many events. */
export async function pods(): Promise<readonly Figure[]> {
  bareActors(builtCluster(200, 2).system.seq);
  // Both sides in turn, so that what else the machine does disturbs both.
  const measured = Array.from({ length: rounds }, () => {
    const { deliveries, ready, ms } = clusterRun();
    const bareMs = bareActors(deliveries);
    return { deliveries, ready, rate: deliveries / ms, bareRate: deliveries / bareMs };
  });
  const ready = Math.min(...measured.map((one) => one.ready));
  const ratio = median(measured.map(({ rate, bareRate }) => rate / bareRate));
  return [
    { what: "pods Running and Ready", value: ready, unit: "", bound: { atLeast: podCount } },
    { what: "deliveries", value: median(measured.map((one) => one.deliveries)), unit: "" },
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

function clusterRun() {
  const start = performance.now();
  const cluster = builtCluster(podCount, nodeCount);
  const ms = performance.now() - start;
  return { deliveries: cluster.system.seq, ready: cluster.list("Pod").filter(isReady).length, ms };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function isReady(object: { readonly kind: string }): boolean {
  const status: Pod["status"] = "status" in object ? (object.status as Pod["status"]) : undefined;
  return status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;
}

/** As many actors as the cluster has pods, and as many events between them. */
function bareActors(events: number): number {
  globalThis.gc?.();
  const actors = Array.from({ length: podCount }, () =>
    createActor(podWorkerMachine, { input: { terminationGracePeriodSeconds: 30 } }).start(),
  );
  const update = {
    type: "pod.updated",
    isDeleted: false,
    isTerminal: false,
    isKnownToRuntime: false,
    deletionGracePeriodSeconds: null,
  } as const;
  for (const actor of actors) actor.send(update);
  const start = performance.now();
  for (let event = 0; event < events; event++)
    actors[event % podCount]?.send(cycle[event % 3] ?? update);
  return performance.now() - start;
}

const cycle = [
  { type: "sync.ended", outcome: "success" },
  { type: "pleg.relisted" },
  { type: "pleg.changed" },
] as const;
