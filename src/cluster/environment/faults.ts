import type { ExitCause } from "../../../machines/kubelet/container.machine.ts";
import type { Choices } from "../../choice/choices.ts";
import type { Fault, KillFault, RecordFault } from "../../manifest/scenario/faults.ts";
import type { Handler, HandlerContext } from "../../system/composition.ts";
import type { NodeSide } from "../../system/node-side.ts";
import { leaseMissed } from "../../system/nodes-informer.ts";
import type { PodSide } from "../../system/pod-side.ts";
import { evictionActorsOf } from "../../system/routes/eviction.ts";
import type { KubeWorld } from "../../system/world.ts";
import { addPodsOf } from "../settle.ts";
import { changeComponent } from "./components.ts";
import { pressNode } from "./node-pressure.ts";
import { awaitRuntimeUp, setNetwork } from "./node-status.ts";
import { isAlive } from "./process.ts";

type Context = HandlerContext<KubeWorld>;

/** 128 + the signal's number is what a shell and the runtime report. */
const signalNumbers: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  TERM: 15,
};

/** Faults that a scenario's steps cause: a signal, a kubelet or a whole machine that stops. */
export const faults: Handler<KubeWorld> = (context) => {
  if (context.event.type === nextSync.type) return;
  const fault = context.detail?.["fault"];
  if (!isFault(fault)) throw new Error("a fault travels beside its event");
  switch (fault.do) {
    case "kill":
      return kill(context, fault);
    case "record-lost":
      return loseRecord(context, fault);
    case "kubelet-stop":
      return eachNode(context, fault.node, (node) => stopKubelet(context, node));
    case "kubelet-start":
    case "node-start":
      return eachNode(context, fault.node, (node) => startKubelet(context, node));
    case "node-crash":
      return eachNode(context, fault.node, (node) => crash(context, node));
    case "node-pressure":
      return eachNode(context, fault.node, (node) => pressNode(context, node, fault));
    case "network-stop":
      return eachNode(context, fault.node, (node) => setNetwork(context, node, false));
    case "network-start":
      return eachNode(context, fault.node, (node) => setNetwork(context, node, true));
    case "component-stop":
    case "component-kill":
    case "component-start":
    case "component-cut-off":
    case "component-reconnect":
      return changeComponent(context, fault);
    default:
      throw new Error(`nobody causes ${fault.do}`);
  }
};

function isFault(value: unknown): value is Fault {
  return typeof value === "object" && value !== null && "do" in value;
}

function eachNode(context: Context, named: string | undefined, act: (node: string) => void): void {
  const names = [...context.world.nodes()].map(({ name }) => name);
  if (named !== undefined && !names.includes(named)) {
    return cannotApply(context, `there is no node ${JSON.stringify(named)}`);
  }
  for (const name of names) if (named === undefined || named === name) act(name);
}

/** Whoever reads what came of the run is told; the fault has no consequence. */
function cannotApply({ send, detail }: Context, said: string): void {
  const { fault }: { readonly fault?: unknown } = { ...detail };
  const step = isFault(fault) ? fault.do : "a fault";
  const to = { machine: "kubectl", subject: {} };
  send({ to, event: { type: "request.refused" }, detail: { said, step, cannotApply: true } });
}

function kill(
  context: Context,
  { pod: name, namespace = "default", container, signal }: KillFault,
): void {
  const pod = `${namespace}/${name}`;
  const side = context.world.findSide(pod);
  if (side === undefined) return cannotApply(context, `no node has pod ${JSON.stringify(pod)}`);
  if (container === undefined) return killSandbox(context, pod);
  const exitCode = 128 + (signalNumbers[signal] ?? 9);
  killProcess(context, pod, container, side, { exitCode, cause: "error" });
}

/**
 * Its state is unknown from now on; no relist tells of that, so the run goes on until the pod's
 * next sync. containerd internal/cri/server/restart.go loadContainer
 */
function loseRecord(
  context: Context,
  { pod: name, namespace = "default", container }: RecordFault,
): void {
  const { world, send, self } = context;
  const pod = `${namespace}/${name}`;
  if (world.findSide(pod) === undefined) {
    return cannotApply(context, `no node has pod ${JSON.stringify(pod)}`);
  }
  const to = { machine: "container", subject: { pod, container } };
  send({ to, event: { type: "container.lost" } });
  send({ to: self, event: nextSync, delayMs: longestSyncMs });
}

const nextSync = { type: "sync.awaited" };
const longestSyncMs = 90_000; // pkg/kubelet/pod_workers.go: syncFrequency and its jitter

function killSandbox({ send }: Context, pod: string): void {
  send({ to: { machine: "podSandbox", subject: { pod } }, event: { type: "sandbox.died" } });
}

function killProcess(
  { world, now, send }: Context,
  pod: string,
  container: string,
  side: PodSide,
  { exitCode, cause }: { readonly exitCode: number; readonly cause: ExitCause },
): void {
  const life = side.processes[container];
  if (life === undefined || life.startedAtMs > now || !isAlive(life, now)) return;
  const processes = { ...side.processes, [container]: { ...life, exitsAtMs: now, exitCode } };
  world.change(pod, { processes });
  send({
    to: { machine: "container", subject: { pod, container } },
    event: { type: "container.exited", cause },
    detail: { exitCode },
    key: "exit",
  });
}

/** Containers run on; nobody looks at them. What the kubelet only had in memory is lost. */
function stopKubelet(context: Context, name: string): void {
  const { world, now, choices, send, end } = context;
  const node = world.node(name);
  if (!node.isWatching) return;
  const { eviction: _, ...kept } = node;
  const stopped: NodeSide = { ...kept, isWatching: false, pressure: [], networkIsReady: true };
  world.setNode({ ...stopped, ...renewal(world, node, now, choices) });
  end(evictionActorsOf(node));
  for (const key of node.pods) world.forgetKubeletSide(key);
  send({ to: { machine: "kubelet", subject: { node: name } }, event: { type: "kubelet.stopped" } });
  for (const message of leaseMissed(world, now)) send(message);
}

/**
 * When the node's lease was renewed last: a loop with up to 4 % of jitter in each round.
 * component-helpers/apimachinery/lease/controller.go Run
 */
function renewal(
  world: KubeWorld,
  { name, kubeletStartedAt }: NodeSide,
  now: number,
  choices: Choices,
): Pick<NodeSide, "renewedAt"> {
  if (!world.controllers.runs("nodeLifecycle")) return {};
  const usual = (now - kubeletStartedAt) % leaseRoundMs.usual;
  const high = Math.min(leaseRoundMs.high, now - kubeletStartedAt);
  const ageMs = choices.amount("node lease renewal", `node/${name}`, { low: 0, high, usual });
  return { renewedAt: now - ageMs };
}

const leaseRoundMs = { usual: 10_200, high: 10_400 };

function startKubelet(context: Context, name: string): void {
  const { world, now, send } = context;
  const node = world.node(name);
  if (node.isWatching) return;
  const { renewedAt: _, ...kept } = node;
  world.setNode({ ...kept, isWatching: true, kubeletStartedAt: now });
  const event = { type: "kubelet.started" };
  send({ to: { machine: "kubelet", subject: { node: name } }, event });
  send({ to: { machine: "evictionManager", subject: { node: name } }, event });
  addPodsOf(context, name);
  awaitRuntimeUp(context, name);
}

/** The machine goes down: the kubelet with it, and every process. */
function crash(context: Context, name: string): void {
  stopKubelet(context, name);
  const { world, now } = context;
  for (const pod of world.node(name).pods) {
    for (const [container, { startedAtMs }] of Object.entries(world.side(pod).processes)) {
      if (startedAtMs > now) preventStart(context, pod, container);
      else killProcess(context, pod, container, world.side(pod), unseenEnd);
    }
    killSandbox(context, pod);
  }
}

/** The runtime finds no process any more. containerd internal/cri/server/restart.go */
const unseenEnd = { exitCode: 255, cause: "unknown" } as const;

/** The runtime was about to start it; there is no answer any more. */
function preventStart({ world, now }: Context, pod: string, container: string): void {
  const { processes } = world.side(pod);
  const life = processes[container];
  if (life === undefined) return;
  const ended = { ...life, isRunning: false, exitsAtMs: now };
  world.change(pod, { processes: { ...processes, [container]: ended } });
}
