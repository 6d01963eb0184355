import type { Handle } from "../../../machines/scheduler/framework/handle.ts";
import type { NodeInfo } from "../../../machines/scheduler/framework/node-info.ts";
import { newPodInfo, type PodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import type { WeightedScorePlugin } from "../../../machines/scheduler/framework/profile.ts";
import { defaultScorePlugins } from "../../../machines/scheduler/plugins.ts";
import { handleOf, podOfInput, statusOf, type WorldInput } from "../../support/scheduler-world.ts";

interface Input extends WorldInput {
  readonly plugins: readonly string[];
  readonly feasibleNodes?: readonly string[];
}

export function run({ plugins, feasibleNodes, pod = {}, ...world }: Input): unknown {
  const handle = handleOf(world);
  const podInfo = newPodInfo(podOfInput(pod));
  const nodes = handle.snapshot.nodeInfoList.filter(({ name }) => {
    return feasibleNodes === undefined || feasibleNodes.includes(name);
  });
  const asked = defaultScorePlugins.filter(({ plugin }) => plugins.includes(plugin.name));
  return {
    plugins: Object.fromEntries(
      asked.map((one) => [one.plugin.name, answerOf(one, podInfo, handle, nodes)]),
    ),
  };
}

function answerOf(
  { plugin, weight }: WeightedScorePlugin,
  podInfo: PodInfo,
  handle: Handle,
  nodes: readonly NodeInfo[],
): unknown {
  const scorer = plugin.preScore(podInfo, handle, nodes);
  if ("code" in scorer) return { weight, preScore: statusOf(scorer) };
  const raw = nodes.map((nodeInfo) => scorer.score(nodeInfo));
  const normalized = scorer.normalizeScore?.(raw, nodes) ?? raw;
  const byNode = (scores: readonly number[]) => {
    return Object.fromEntries(nodes.map(({ name }, index) => [name, scores[index]]));
  };
  return {
    weight,
    ...(plugin.hasPreScore && { preScore: "Success" }),
    raw: byNode(raw),
    normalized: byNode(normalized),
    weighted: byNode(normalized.map((score) => score * weight)),
  };
}
