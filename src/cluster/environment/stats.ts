import { assert } from "../../../machines/assert.ts";
import {
  makeSignalObservations,
  thresholdsMet,
} from "../../../machines/kubelet/eviction-observations.ts";
import type { ThresholdRef, ThresholdView } from "../../../machines/kubelet/eviction-pass.ts";
import {
  kindOf,
  podsOverLimit,
  type PodOverLimit,
  podsToEvict,
  thresholdViews,
} from "../../../machines/kubelet/eviction-view.ts";
import { evictionSignals } from "../../../machines/kubelet/eviction-signals.ts";
import { monitoringIntervalMs } from "../../../machines/kubelet/eviction-grace.ts";
import type { HandlerContext } from "../../system/composition.ts";
import type { PodOfPass } from "../../system/eviction-notes.ts";
import { internEvent, type KernelEvent } from "../../system/kernel-event.ts";
import type { NodeSide } from "../../system/node-side.ts";
import { evictionSettingsOf, notesOf } from "../../system/projections/eviction.ts";
import { amountsUsed, isActive, nodeStats, podStats } from "../../system/summary.ts";
import type { NodeAmounts } from "../../system/usage-notes.ts";
import type { KubeWorld } from "../../system/world.ts";

type Context = HandlerContext<KubeWorld>;

/** The stats of a node and its pods, as its eviction manager asks for them; of `{ node }`. */
export function stats(context: Context): void {
  switch (context.event.type) {
    case "stats.requested":
      return observe(context);
    case "threshold.choiceRequested":
      return chooseThreshold(context);
    case "reclaim.measureRequested":
      return measureReclaim(context);
    case "pods.rankRequested":
      return rankPods(context);
    case "podCleanup.requested":
      return checkCleanup(context);
    case "pass.awaited":
      return;
    default:
      throw new Error(`the stats are not asked for ${context.event.type}`);
  }
}

/** A run goes on to the next pass of a node's manager if that would see anything. */
export function awaitPass(
  { world, send }: Pick<Context, "world" | "send">,
  name: string,
  pass = passOf(world, world.node(name)),
): void {
  const isCalm = pass.thresholds.length === 0 && pass.overLimit.length === 0;
  if (isCalm && world.node(name).pressure.length === 0) return;
  const to = { machine: "stats", subject: { node: name } };
  const delayMs = monitoringIntervalMs + 1;
  send({ to, event: { type: "pass.awaited" }, delayMs, key: "pass" });
}

/** What a pass would see. */
interface Pass {
  readonly used: NodeAmounts;
  readonly thresholds: readonly ThresholdView[];
  readonly pods: readonly PodOfPass[];
  readonly overLimit: readonly PodOverLimit[];
}

/** One pass begins: the soft thresholds hear of it before the manager does. */
function observe(context: Context): void {
  const { world, send } = context;
  const node = nodeOf(context);
  if (!node.isWatching) return;
  const pass = shuffled(context, node, passOf(world, node));
  const { used, thresholds, pods, overLimit } = pass;
  for (const threshold of evictionSettingsOf(node).thresholds) {
    if (kindOf(threshold) !== "soft") continue;
    const { signal } = threshold;
    const seen = thresholds.find((one) => one.kind === "soft" && one.signal === signal);
    const to = { machine: "softThreshold", subject: { node: node.name, part: signal } };
    const level = seen?.level ?? "satisfied";
    send({ to, event: internEvent({ type: "threshold.observed", level }) });
  }
  const isNews = used !== node.eviction?.used || pods.length > 0 || node.eviction.pods.length > 0;
  if (isNews) world.setNode({ ...node, eviction: { used, thresholds, pods, evicted: [] } });
  answer(context, { type: "stats.observed", thresholds, overLimit });
  awaitPass(context, node.name, pass);
}

/** Levels are reckoned anew only when an amount has changed. */
function passOf(world: KubeWorld, node: NodeSide): Pass {
  const { thresholds: all, given, input } = evictionSettingsOf(node);
  const { eviction, machine } = node;
  const now = amountsUsed(world, node);
  const isKnown = eviction !== undefined && isSame(eviction.used, now);
  const used = isKnown ? eviction.used : now;
  const thresholds = isKnown
    ? eviction.thresholds
    : thresholdViews(all, given, makeSignalObservations(nodeStats(machine, used)), {});
  const pods = thresholds.length > 0 || isAnyUsed(world, node) ? podsOf(world, node) : [];
  const overLimit = input.localStorageCapacityIsolation ? podsOverLimit(pods, false) : [];
  const isQuiet = thresholds.length === 0 && overLimit.length === 0;
  return { used, thresholds, pods: isQuiet ? [] : pods, overLimit };
}

function isSame(one: NodeAmounts, other: NodeAmounts): boolean {
  return (
    one.memory === other.memory &&
    one.podsMemory === other.podsMemory &&
    one.disk === other.disk &&
    one.inodes === other.inodes &&
    one.imageDisk === other.imageDisk &&
    one.imageInodes === other.imageInodes &&
    one.pids === other.pids
  );
}

function isAnyUsed(world: KubeWorld, { pods }: NodeSide): boolean {
  return pods.some((key) => world.side(key).usage !== undefined);
}

function podsOf(world: KubeWorld, { pods }: NodeSide): readonly PodOfPass[] {
  return pods.flatMap((key) => {
    const side = world.side(key);
    if (!isActive(side)) return [];
    return [{ key, pod: side.pod, podStats: podStats(side) }];
  });
}

/** The kubelet keeps its pods in a map, so which of two equals comes first is open. */
function shuffled({ choices }: Context, { name }: NodeSide, pass: Pass): Pass {
  if (pass.thresholds.length === 0 || pass.pods.length < 2) return pass;
  const orders = ["oldest first", "newest first"] as const;
  if (choices.pick("order of active pods", `node/${name}`, orders) === "oldest first") return pass;
  const pods = pass.pods.toReversed();
  const overLimit = pass.overLimit.length === 0 ? [] : podsOverLimit(pods, false);
  return { ...pass, pods, overLimit };
}

/** Kubernetes ranges over a map here. thresholdsMetGracePeriod */
function chooseThreshold(context: Context): void {
  const { event, choices } = context;
  assert(isChoice(event), "only a choice of thresholds comes here");
  const names = event.thresholds.map(({ kind, signal }) => `${kind} ${signal}`);
  const picked = choices.pick("crossed threshold", `node/${nodeOf(context).name}`, names);
  const threshold = event.thresholds[names.indexOf(picked)];
  answer(context, { type: "threshold.chosen", threshold });
}

function isChoice(
  event: KernelEvent,
): event is KernelEvent & { readonly thresholds: readonly ThresholdRef[] } {
  return event.type === "threshold.choiceRequested";
}

function measureReclaim(context: Context): void {
  const { world } = context;
  const node = nodeOf(context);
  const observations = makeSignalObservations(nodeStats(node.machine, amountsUsed(world, node)));
  const isEnough = thresholdsMet(evictionSettingsOf(node).thresholds, observations, true).length;
  answer(context, { type: "reclaim.measured", isEnough: isEnough === 0 });
}

function rankPods(context: Context): void {
  const { event } = context;
  const node = nodeOf(context);
  const signal = evictionSignals.find((one) => one === event["signal"]);
  assert(signal !== undefined, "a ranking is for a signal");
  const { input } = evictionSettingsOf(node);
  const pods = podsToEvict(notesOf(node).pods, signal, input.fileSystems);
  answer(context, { type: "pods.ranked", pods });
}

/** Answered only when everything of every evicted pod is gone. waitForPodsCleanup */
function checkCleanup(context: Context): void {
  const { evicted } = notesOf(nodeOf(context));
  const areGone = evicted.every((key) => context.world.findSide(key)?.isFinished !== false);
  if (areGone) answer(context, { type: "pods.cleanedUp" });
}

function nodeOf({ world, self }: Context): NodeSide {
  return world.node(self.subject.node);
}

function answer({ self, send }: Context, event: KernelEvent): void {
  send({ to: { machine: "evictionManager", subject: self.subject }, event: internEvent(event) });
}
