import type { Pod } from "../../../machines/api/pod.ts";
import { computePodActions } from "../../../machines/kubelet/pod-actions.ts";
import type { ContainerRecord } from "../../../machines/kubelet/runtime-status.ts";
import {
  containerTerminated,
  newTerminationOrdering,
  waitForTurn,
} from "../../../machines/kubelet/termination-order.ts";

type Input =
  | { readonly op: "terminate"; readonly pod: Pod; readonly running: readonly string[] }
  | { readonly op: "start"; readonly pod: Pod; readonly behaviour: Behaviour };

/** By container: `run`, `exit0`, or one of them `-after-exit1`. */
type Behaviour = Readonly<Record<string, string>>;

export function run(input: Input): unknown {
  return input.op === "terminate" ? terminate(input.pod, input.running) : start(input);
}

const someGraceSeconds = 30;

/** Everybody stops as soon as the ordering lets it. */
function terminate(pod: Pod, running: readonly string[]): unknown {
  let ordering = newTerminationOrdering(pod.spec, running);
  const { prerequisites } = ordering;
  const turn = (name: string) => waitForTurn(ordering, name, someGraceSeconds);
  const waitsFor = Object.fromEntries(running.map((name) => [name, turn(name)]));
  const waves: (readonly string[])[] = [];
  while (ordering.running.length > 0) {
    const wave = ordering.running.filter((name) => turn(name).length === 0);
    if (wave.length === 0) throw new Error("somebody's turn comes");
    waves.push(wave);
    ordering = wave.reduce(containerTerminated, ordering);
  }
  return { prerequisites, waitsFor, waves };
}

const roundsMax = 50;

/** After each round the started containers run, and then do what `behaviour` says. */
function start({ pod, behaviour }: { readonly pod: Pod; readonly behaviour: Behaviour }): unknown {
  let containers: readonly ContainerRecord[] = [];
  let sandboxes: readonly { id: string; state: "SANDBOX_READY"; ip: string }[] = [];
  const rounds: { start: string[]; createSandbox: boolean; kill: string[]; killPod: boolean }[] =
    [];
  for (let round = 0; round < roundsMax; round++) {
    const actions = computePodActions(pod, { containers, sandboxes });
    const started = [
      ...actions.initContainersToStart.map((index) => pod.spec.initContainers?.[index]),
      ...actions.containersToStart.map((index) => pod.spec.containers[index]),
    ].flatMap((container) => container?.name ?? []);
    const { createSandbox, containersToKill } = actions;
    rounds.push({
      start: started,
      createSandbox,
      kill: containersToKill.map(({ name }) => name),
      killPod: actions.killPod && !createSandbox,
    });
    if (started.length === 0) break;
    if (createSandbox) sandboxes = [{ id: "sandbox", state: "SANDBOX_READY", ip: "10.0.0.1" }];
    containers = [...started.map((name) => recordOf(name, behaviour, containers)), ...containers];
  }
  return { rounds };
}

function recordOf(
  name: string,
  behaviour: Behaviour,
  before: readonly ContainerRecord[],
): ContainerRecord {
  const runs = before.filter((record) => record.name === name).length;
  const [last = "run", first] = (behaviour[name] ?? "run").split("-after-");
  const does = runs === 0 && first !== undefined ? first : last;
  const id = `test://${name}-${runs}`;
  if (does === "run") return { name, id, state: "running" };
  return { name, id, state: "exited", exitCode: Number(does.slice("exit".length)) };
}
