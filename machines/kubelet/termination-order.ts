import { type Container, isRestartableInitContainer } from "../api/pod.ts";

/** Whom each container waits for before it is stopped, and who still runs. */
export interface TerminationOrdering {
  /** In the order in which they are waited for; every container of the spec has an entry. */
  readonly prerequisites: Readonly<Record<string, readonly string[]>>;
  readonly running: readonly string[];
}

type Named = Pick<Container, "name" | "restartPolicy">;

/**
 * A sidecar waits for the main containers and for the sidecar after it; nobody else waits.
 * pkg/kubelet/kuberuntime/kuberuntime_termination_order.go
 */
export function newTerminationOrdering(
  spec: { readonly containers: readonly Named[]; readonly initContainers?: readonly Named[] },
  runningContainerNames: readonly string[],
): TerminationOrdering {
  const mainContainers = spec.containers.map(({ name }) => name);
  const prerequisites: Record<string, readonly string[]> = {};
  for (const name of mainContainers) prerequisites[name] = [];
  let laterSidecar: readonly string[] = [];
  for (const container of (spec.initContainers ?? []).toReversed()) {
    const { name } = container;
    prerequisites[name] = [];
    if (!isRestartableInitContainer(container)) continue;
    prerequisites[name] = [...mainContainers, ...laterSidecar];
    laterSidecar = [name];
  }
  return { prerequisites, running: runningContainerNames };
}

/**
 * Whom the container still waits for: nobody when its turn has come, or when it has no grace
 * period left to wait in.
 */
export function waitForTurn(
  ordering: TerminationOrdering,
  name: string,
  gracePeriodSeconds: number,
): readonly string[] {
  if (gracePeriodSeconds <= 0) return [];
  const prerequisites = ordering.prerequisites[name] ?? [];
  return prerequisites.filter((prerequisite) => ordering.running.includes(prerequisite));
}

/** The ordering once the container has stopped. */
export function containerTerminated(
  ordering: TerminationOrdering,
  name: string,
): TerminationOrdering {
  return { ...ordering, running: ordering.running.filter((running) => running !== name) };
}
