import type { ContainerStatus } from "../../machines/api/pod-status.ts";
import { convertStatusToAPIStatus } from "../../machines/kubelet/pod-status.ts";
import type { Cluster } from "../../src/cluster/cluster.ts";
import type { Subject } from "../../src/system/composition.ts";
import type { PodSide } from "../../src/system/pod-side.ts";
import { sourcesOf } from "../../src/system/projections/status.ts";
import { stepperOf } from "../../src/system/stepper.ts";
import { machineOf } from "../../src/system/variants.ts";

/** What was compared in a run, and where machines say something else than the pod's status. */
export interface Agreement {
  readonly comparisons: number;
  readonly disagreements: readonly string[];
}

/**
 * Runs a cluster and holds the machines of each pod against its status, whenever a moment is over
 * and the pod's worker is not in the middle of a sync.
 */
export function agreementOf(cluster: Cluster, untilMs: number): Agreement {
  const { system } = cluster;
  const disagreements = new Set<string>();
  let comparisons = 0;
  while (system.isBusy && (system.nextAt() ?? untilMs) <= untilMs && system.step()) {
    if (system.nextAt() === system.now) continue;
    for (const [pod, side] of system.world.sides()) {
      if (!isComparable(cluster, pod, side)) continue;
      for (const one of [...containersOf(cluster, pod, side), phaseOf(cluster, pod, side)]) {
        comparisons++;
        if (one.machine !== one.status) disagreements.add(`${one.what}: ${shown(one)}`);
      }
    }
  }
  return { comparisons, disagreements: [...disagreements] };
}

/** What a machine says, and what a status says of the same thing. */
interface Comparison {
  readonly what: string;
  readonly machine: string;
  readonly status: string;
}

function shown({ machine, status }: Comparison): string {
  return `the machine says ${machine}, the status ${status}`;
}

/** A kubelet lives that will generate another status, and no sync is under way. */
function isComparable(cluster: Cluster, pod: string, { node, isFinished }: PodSide): boolean {
  if (isFinished || !cluster.system.world.node(node).isWatching) return false;
  return ["podSync", "podTermination"].every((machine) => {
    return (stateOf(cluster, machine, { pod }) ?? "idle") === "idle";
  });
}

/** The next generated status, as the runtime's records and the reason cache have it by now. */
function containersOf(cluster: Cluster, pod: string, side: PodSide): readonly Comparison[] {
  const sources = sourcesOf(cluster.system.world, side, false);
  const next = convertStatusToAPIStatus({ ...sources, runtimeStatus: side.runtime });
  const { initContainerStatuses = [], containerStatuses = [] } = next;
  return [...initContainerStatuses, ...containerStatuses].flatMap((status): Comparison[] => {
    const { name: container } = status;
    const state = stateOf(cluster, "container", { pod, container });
    if (state === undefined || isLost(side, container)) return [];
    return [{ what: `${pod}/${container}`, machine: wordsOf(state), status: textOf(status) }];
  });
}

/** A record that the runtime has lost says nothing the second time, until it is stopped. */
function isLost({ runtime }: PodSide, container: string): boolean {
  return runtime.containers?.find(({ name }) => name === container)?.state === "unknown";
}

function textOf({ state = {} }: ContainerStatus): string {
  if (state.running !== undefined) return "Running";
  if (state.terminated !== undefined) return `Terminated ${state.terminated.reason}`;
  return `Waiting ${state.waiting?.reason ?? "created"}`;
}

/** The phase in the status manager's entry; the machine begins with Pending. */
function phaseOf(cluster: Cluster, pod: string, { staged }: PodSide): Comparison {
  const phase = wordsOf(stateOf(cluster, "podPhase", { pod }) ?? "Pending");
  return { what: `phase of ${pod}`, machine: phase, status: staged?.status.phase ?? phase };
}

function wordsOf(state: unknown): string {
  return typeof state === "string" ? state : Object.entries(Object(state)).flat().join(" ");
}

/** Undefined before its first event. */
function stateOf({ system }: Cluster, machine: string, subject: Subject): unknown {
  const actor = system.actors.find(machine, subject);
  const row = system.composition.machines[machine];
  if (actor === undefined || row === undefined) return undefined;
  const local = system.actors.localOf(actor);
  return local < 0 ? undefined : stepperOf(machineOf(actor, row)).stateOf(local).value;
}
