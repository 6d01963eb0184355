import { createActor } from "xstate";

import { podWorkerMachine } from "../../machines/kubelet/pod-worker.machine.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { builtCluster } from "./fork.ts";
import type { Figure } from "./figure.ts";
import { heapBytes } from "./measure.ts";

const podCount = 10_000;
const nodeCount = 100;

/** Many pods to Running and Ready, against bare XState actors that get as many events. */
export function pods(): Figure[] {
  builtCluster(200, 2);
  const before = heapBytes();
  const start = performance.now();
  const cluster = builtCluster(podCount, nodeCount);
  const ms = performance.now() - start;
  const deliveries = cluster.system.seq;
  const bytes = heapBytes() - before;
  const objectBytes = cluster.list("Pod").reduce((sum, pod) => sum + sizeOf(pod), 0);
  const ready = cluster.list("Pod").filter(isReady).length;
  const bareMs = bareActors(deliveries);
  const rate = deliveries / ms;
  const bareRate = deliveries / bareMs;
  return [
    { what: "pods Running and Ready", value: ready, unit: "", bound: { atLeast: podCount } },
    { what: "deliveries", value: deliveries, unit: "" },
    { what: "the cluster", value: rate * 1000, unit: "events/s" },
    { what: "bare XState actors", value: bareRate * 1000, unit: "events/s" },
    { what: "cluster / bare", value: rate / bareRate, unit: "×", bound: { atLeast: 2 } },
    {
      what: "memory of an idle pod beyond its API object",
      value: (bytes - objectBytes) / podCount / 1000,
      unit: "kB",
      bound: { atMost: 6 },
    },
  ];
}

function isReady(object: { readonly kind: string }): boolean {
  const status: Pod["status"] = "status" in object ? (object.status as Pod["status"]) : undefined;
  return status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;
}

/** What the object takes as text in memory, the least that could hold it. */
function sizeOf(object: object): number {
  return JSON.stringify(object).length;
}

/** As many actors as the cluster has pods, and as many events between them. */
function bareActors(events: number): number {
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
