import { parseTime } from "../../../machines/api/time.ts";
import { assert } from "../../../machines/assert.ts";
import { nodeOomVictim } from "../../../machines/kubelet/oom-victim.ts";
import { getContainerOOMScoreAdjust } from "../../../machines/kubelet/quality-of-service.ts";
import type { EnvironmentAnswers } from "../../manifest/scenario/answers.ts";
import type { About } from "../../manifest/scenario/selector.ts";
import type { DiskPoint, MemoryPoint } from "../../manifest/scenario/usage-answers.ts";
import type { HandlerContext } from "../../system/composition.ts";
import { type Detail, internEvent } from "../../system/kernel-event.ts";
import type { PodSide } from "../../system/pod-side.ts";
import { amountsUsed, memoryOf, runningContainers, volumesWritten } from "../../system/summary.ts";
import type { ContainerUsage, DiskUsage } from "../../system/usage-notes.ts";
import type { KubeWorld } from "../../system/world.ts";
import { endPressure } from "./node-pressure.ts";
import { isAlive } from "./process.ts";
import { awaitPass } from "./stats.ts";

type Context = HandlerContext<KubeWorld>;

/** What a container uses from now on. */
type Use = { readonly run: number } & (
  | ({ readonly of: "memory" } & Pick<MemoryPoint, "usageBytes" | "largest">)
  | ({ readonly of: "disk"; readonly place: DiskPoint["of"] } & DiskAmounts)
  | { readonly of: "processes"; readonly count: number }
);

type DiskAmounts = Pick<DiskPoint, "usageBytes" | "inodes">;

/** What a container that starts will use and when, as the scenario has it. */
export function sendUsage(
  { send }: Pick<Context, "send">,
  answers: EnvironmentAnswers,
  about: About,
  startsInMs: number,
): void {
  const { pod = "", container = "", run = 1 } = about;
  const uses = [
    ...(answers.memory(about) ?? []).map(({ atMs, usageBytes, largest }) => {
      return [atMs, { run, of: "memory", usageBytes, largest }] as const;
    }),
    ...(answers.disk(about) ?? []).map(({ atMs, of: place, usageBytes, inodes }) => {
      const amounts = {
        ...(usageBytes !== undefined && { usageBytes }),
        ...(inodes !== undefined && { inodes }),
      };
      return [atMs, { run, of: "disk", place, ...amounts }] as const;
    }),
    ...(answers.processes(about) ?? []).map(({ atMs, count }) => {
      return [atMs, { run, of: "processes", count }] as const;
    }),
  ] satisfies (readonly [number, Use])[];
  for (const [index, [atMs, detail]] of uses.entries()) {
    const to = { machine: "usage", subject: { pod, container } };
    const delayMs = startsInMs + atMs;
    send({ to, event: { type: "usage.changed" }, detail, delayMs, key: `usage ${index}` });
  }
}

/** Memory, disk and processes of a node and its containers, as its kernel keeps count of them. */
export function usage(context: Context): void {
  switch (context.event.type) {
    case "usage.changed":
      return change(context);
    case "memory.exhausted":
      return killForNode(context);
    case "volumes.measured":
      return measureVolumes(context);
    case "pressure.ended":
      return endPressure(context);
    default:
      throw new Error(`the kernel does not count ${context.event.type}`);
  }
}

function change(context: Context): void {
  const { world, self, detail, now, send } = context;
  assert(isUse(detail), "what is used travels beside its event");
  const { pod = "", container = "" } = self.subject;
  const side = world.findSide(pod);
  const life = side?.processes[container];
  if (side === undefined || life?.run !== detail.run || !isAlive(life, now)) return;
  const { containers = {}, measuredVolumes = {} } = side.usage ?? {};
  const changed = changedBy(containers[container], detail);
  world.change(pod, {
    usage: { containers: { ...containers, [container]: changed }, measuredVolumes },
  });
  if (detail.of === "memory") {
    const { usageBytes, largest } = detail;
    const event = internEvent({ type: "memory.used", usageBytes, largest });
    send({ to: { machine: "containerMemory", subject: { pod, container } }, event });
    checkMemory(context, side.node);
  }
  if (detail.of === "disk" && typeof detail.place === "object") planMeasuring(context, pod);
  awaitPass(context, side.node);
}

function isUse(detail: Detail | undefined): detail is Detail & Use {
  return detail !== undefined && "of" in detail;
}

/** Volumes outlast the run that has written them. */
function changedBy(before: ContainerUsage | undefined, use: Use): ContainerUsage {
  const { run } = use;
  const { volumes = {} } = before ?? {};
  const noted = before?.run === run ? before : { run, volumes };
  switch (use.of) {
    case "memory":
      return { ...noted, memoryBytes: use.usageBytes };
    case "processes":
      return { ...noted, processes: use.count };
    case "disk":
      if (use.place === "writable layer") return { ...noted, layer: written(noted.layer, use) };
      if (use.place === "container log") return { ...noted, log: written(noted.log, use) };
      const { volume } = use.place;
      return { ...noted, volumes: { ...volumes, [volume]: written(volumes[volume], use) } };
  }
}

function written(before: DiskUsage | undefined, { usageBytes, inodes }: DiskAmounts): DiskUsage {
  const { bytes = 0, inodes: files = 0 } = before ?? {};
  return { bytes: usageBytes ?? bytes, inodes: inodes ?? files };
}

/** A moment later, so that a container over its own limit is dead by then. */
function checkMemory({ world, send }: Context, name: string, detail: Detail = {}): void {
  const node = world.node(name);
  const { machine } = node;
  if (machine === undefined || amountsUsed(world, node).memory <= machine.capacity.memory) return;
  const to = { machine: "usage", subject: { node: name } };
  send({ to, event: { type: "memory.exhausted" }, detail, delayMs: 1, key: "memory" });
}

/** The node has no memory left: the kernel gives up one container after the other, as they die. */
function killForNode(context: Context): void {
  const { world, self, send, detail } = context;
  const { node: name = "" } = self.subject;
  const node = world.node(name);
  const { memory = 0 } = node.machine?.capacity ?? {};
  if (amountsUsed(world, node).memory <= memory) return;
  const candidates = node.pods.flatMap((pod) => {
    const side = world.side(pod);
    return runningContainers(side).map((container) => ({
      subject: { pod, container: container.name },
      usageBytes: memoryOf(side, container.name),
      oomScoreAdj: getContainerOOMScoreAdjust(side.pod, container, memory),
    }));
  });
  const { length } = candidates;
  const victim = nodeOomVictim(candidates, memory);
  if (victim === undefined || length === detail?.["ranBefore"]) return;
  const to = { machine: "containerMemory", subject: victim.subject };
  send({ to, event: internEvent({ type: "memory.nodeExhausted" }) });
  checkMemory(context, name, { ranBefore: length });
}

/** The kubelet measures volumes in rounds of a minute and more; now it has come to these. */
function measureVolumes(context: Context): void {
  const { world, self } = context;
  const { pod = "" } = self.subject;
  const side = world.findSide(pod);
  if (side?.usage === undefined) return;
  world.change(pod, { usage: { ...side.usage, measuredVolumes: volumesWritten(side.usage) } });
  awaitPass(context, side.node);
}

/**
 * A pod's volumes are measured for the first time in the next round over all pods, and from then on
 * 1 to 2 minutes after each time; which moment of that it is now is open.
 * pkg/kubelet/server/stats/volume_stat_calculator.go StartOnce
 */
function planMeasuring({ world, choices, now, send }: Context, pod: string): void {
  const side = world.side(pod);
  const { kubeletStartedAt } = world.node(side.node);
  const sinceStartMs = addedAt(world, side, now) - kubeletStartedAt;
  const rounds = Math.floor(sinceStartMs / volumeStatsPeriodMs) + 1;
  const firstMs = kubeletStartedAt + rounds * volumeStatsPeriodMs;
  const range = { low: 0, high: 2 * volumeStatsPeriodMs, usual: 45_000 };
  const delayMs =
    now < firstMs ? firstMs - now : choices.amount("volume stats", `pod/${pod}`, range);
  const to = { machine: "usage", subject: { pod } };
  const event = { type: "volumes.measured" };
  send({ to, event, delayMs, key: "volumes", keepsPending: true });
}

/** KubeletConfiguration's volumeStatsAggPeriod. */
const volumeStatsPeriodMs = 60_000;

function addedAt(world: KubeWorld, { node, staged }: PodSide, now: number): number {
  const { startTime } = staged?.status ?? {};
  return startTime === undefined ? now : parseTime(startTime) - world.nodeEpochMs(node);
}
