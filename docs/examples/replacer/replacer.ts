import type { KubeObject, Pod, Reconciler, SimulatedApi } from "kubechart/test";

/** Keeps one worker: one that has ended or is on its way out is replaced, every 10 s at most. */
export const replacer: Reconciler<Attempts> = {
  create: () => ({ next: 1, notBeforeMs: 0 }),
  reconcile: (api, attempts) => {
    if (workers(api).some(isAlive)) return;
    return replace(api, attempts);
  },
  obligations: {
    "there is never more than one worker": {
      always: (objects) => objects.filter(isWorker).filter(isAlive).length <= 1,
    },
    "a worker runs in the end": {
      finally: (objects) => objects.filter(isWorker).some(isRunning),
    },
  },
};

/** What it keeps in mind: the number of the next worker, and when there may be one. */
export interface Attempts {
  next: number;
  notBeforeMs: number;
}

/** Creates a worker, or says when it wants to be asked again. */
export function replace(api: SimulatedApi, attempts: Attempts): { requeueAfterMs?: number } {
  const waitMs = attempts.notBeforeMs - api.nowMs;
  if (waitMs > 0) return { requeueAfterMs: waitMs };
  api.create(worker(`worker-${attempts.next++}`));
  attempts.notBeforeMs = api.nowMs + 10_000;
  return {};
}

export function workers(api: SimulatedApi): readonly Pod[] {
  return api.list("Pod").filter(isWorker);
}

/** Bound to the node at once, as a DaemonSet's pods are in the end. */
function worker(name: string): object {
  const containers = [{ name: "app", image: "registry.example/worker:1.0" }];
  const metadata = { name, labels: { app: "worker" } };
  const spec = { nodeName: "node-1", restartPolicy: "Never", containers };
  return { apiVersion: "v1", kind: "Pod", metadata, spec };
}

export function isAlive({ metadata, status }: Pod): boolean {
  const hasEnded = status?.phase === "Failed" || status?.phase === "Succeeded";
  return !hasEnded && metadata.deletionTimestamp === undefined;
}

function isRunning(pod: Pod): boolean {
  return isAlive(pod) && pod.status?.phase === "Running";
}

function isWorker(object: KubeObject): object is Pod {
  return object.kind === "Pod" && object.metadata.labels?.["app"] === "worker";
}
