import type { Container, Probe } from "../../../machines/api/pod.ts";
import type { ProbeKind } from "../../../machines/kubelet/probe-step.ts";
import { type ProbeReply, runProbe } from "../../../machines/kubelet/run-probe.ts";
import type { About } from "../../manifest/scenario/selector.ts";
import { addressOf, type Handler, type HandlerContext } from "../../system/composition.ts";
import type { PodSide } from "../../system/pod-side.ts";
import { kindIn } from "../../system/projections/probe.ts";
import { containerOf } from "../../system/routes/container.ts";
import type { KubeWorld } from "../../system/world.ts";
import { isAlive } from "./process.ts";

/** What a scenario says of the answer to a probe so long after the container's start. */
export interface ProberScenario {
  probe(
    about: About,
    kind: ProbeKind,
    sinceStartMs: number,
  ):
    | {
        readonly result: "success" | "warning" | "failure" | "no result";
        readonly output?: string;
        readonly takesMs?: number;
      }
    | undefined;
}

type Context = HandlerContext<KubeWorld>;

/** The programs in the containers as probes find them; they answer well unless told otherwise. */
export function proberOf(scenario: ProberScenario): Handler<KubeWorld> {
  return (context) => {
    const { world, event, from, origin, send } = context;
    if (from === undefined || event.type === stillOpen.type) return;
    const container = containerOf(world, from.subject);
    const probe = container[`${kindIn(from.subject.part)}Probe`] ?? {};
    const { podIP = "" } = world.side(from.subject.pod).staged?.status ?? {};
    const { reply, delayMs, isLast } = replyTo(context, scenario, container, probe);
    const { result, output } = runProbe(probe, container, podIP, reply);
    send({
      to: from,
      event: { type: "probe.answered", result },
      detail: { output },
      delayMs,
      origin,
    });
    if (!isLast || result !== "success") keepRunAlive(context, probe);
  };
}

/**
 * Probes that confirm what is known go on for ever and do not keep a run from its end; one that
 * fails, or whose answer the scenario will change, does until it is asked again.
 */
function keepRunAlive({ self, from, send }: Context, { periodSeconds = 10 }: Probe): void {
  const delayMs = periodSeconds * 1_000;
  send({ to: self, event: stillOpen, delayMs, key: from === undefined ? "" : addressOf(from) });
}

const stillOpen = { type: "probe.stillOpen" };

interface Reply {
  readonly reply: ProbeReply;
  readonly delayMs: number;
  /** The scenario has nothing else to say later. */
  readonly isLast: boolean;
}

function replyTo(
  context: Context,
  scenario: ProberScenario,
  container: Container,
  probe: Probe,
): Reply {
  const { world, from, now } = context;
  const { pod = "", part } = from?.subject ?? {};
  const side = world.side(pod);
  if (probe.exec !== undefined && isCancelled(side)) return at(0, "no result", contextCanceled);
  const process = side.processes[container.name];
  if (process === undefined || !isAlive(process, now)) {
    return at(0, probe.exec === undefined ? "failure" : "no result");
  }
  const { run, startedAtMs } = process;
  const { image = "" } = container;
  const about = { pod, container: container.name, image, node: side.node, run };
  const kind = kindIn(part);
  const said = scenario.probe(about, kind, now - startedAtMs);
  const isLast = scenario.probe(about, kind, Number.POSITIVE_INFINITY) === said;
  const result = picked(context, about, probe, said?.result);
  const { takesMs = 0, output } = said ?? {};
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1_000;
  const reply = takesMs > timeoutMs ? at(timeoutMs, "timeout") : at(takesMs, result, output);
  return { ...reply, isLast };
}

function at(delayMs: number, result: ProbeReply["result"], output?: string): Reply {
  return { delayMs, isLast: true, reply: { result, ...(output !== undefined && { output }) } };
}

const results = ["success", "failure", "no result"] as const;
const httpResults = ["success", "failure", "warning", "no result"] as const;

function picked(
  { choices, from }: Context,
  { pod, container, run }: About,
  { httpGet }: Probe,
  said: (typeof httpResults)[number] | undefined,
): (typeof httpResults)[number] {
  const name = `${kindIn(from?.subject.part)} probe`;
  const alternatives = httpGet === undefined ? results : httpResults;
  return choices.pick(name, `pod/${pod} container/${container} run ${run}`, alternatives, said);
}

/**
 * The commands of a pod's workers run in the context of its syncs, which ends when the pod begins
 * to terminate (mended in 1.36). pkg/kubelet/pod_workers.go UpdatePod
 */
function isCancelled({ pod, verdict, isStopped }: PodSide): boolean {
  return pod.metadata.deletionTimestamp !== undefined || verdict !== undefined || isStopped;
}

const contextCanceled = "rpc error: code = Canceled desc = context canceled";
