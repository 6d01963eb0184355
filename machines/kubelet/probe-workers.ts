import { type Container, isRestartableInitContainer, type PodSpec } from "../api/pod.ts";
import type { ProbeKind } from "./probe-step.ts";

/** Names a worker within its pod. */
export interface WorkerKey {
  readonly container: string;
  readonly kind: ProbeKind;
}

/** By container: the kinds that have a worker. */
export type Workers = Readonly<Record<string, Readonly<Partial<Record<ProbeKind, object>>>>>;

type ProbedSpec = Pick<PodSpec, "containers" | "initContainers">;

/**
 * The workers that a sync makes: none any more once it meets one that exists.
 * pkg/kubelet/prober/prober_manager.go AddPod
 */
export function addPod(spec: ProbedSpec, workers: Workers): readonly WorkerKey[] {
  const keys = probedContainers(spec).flatMap(keysOf);
  const existing = keys.findIndex((key) => hasWorker(workers, key));
  return existing === -1 ? keys : keys.slice(0, existing);
}

/** Sidecars go on being probed while the pod ends. prober_manager.go StopLivenessAndStartup */
export function stopLivenessAndStartup(spec: ProbedSpec, workers: Workers): readonly WorkerKey[] {
  const keys = spec.containers.flatMap(keysOf).filter(({ kind }) => kind !== "readiness");
  return keys.filter((key) => hasWorker(workers, key));
}

/** The workers that end with their pod. prober_manager.go RemovePod */
export function removePod(spec: ProbedSpec, workers: Workers): readonly WorkerKey[] {
  const keys = probedContainers(spec).flatMap(keysOf);
  return keys.filter((key) => hasWorker(workers, key));
}

/** Ordinary init containers have no probes. */
function probedContainers({ containers, initContainers = [] }: ProbedSpec): readonly Container[] {
  return [...containers, ...initContainers.filter(isRestartableInitContainer)];
}

function keysOf(container: Container): readonly WorkerKey[] {
  const { name, startupProbe, readinessProbe, livenessProbe } = container;
  const probes = { startup: startupProbe, readiness: readinessProbe, liveness: livenessProbe };
  return kinds.flatMap((kind) =>
    probes[kind] === undefined ? [] : [{ container: name, kind } as const],
  );
}

const kinds: readonly ProbeKind[] = ["startup", "readiness", "liveness"];

function hasWorker(workers: Workers, { container, kind }: WorkerKey): boolean {
  return workers[container]?.[kind] !== undefined;
}
