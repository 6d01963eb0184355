import type { FilterPlugin } from "../../../machines/scheduler/framework/plugin.ts";
import { newPodInfo, type PodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import type { Handle } from "../../../machines/scheduler/framework/handle.ts";
import { defaultFilterPlugins } from "../../../machines/scheduler/plugins.ts";
import { handleOf, podOfInput, statusOf, type WorldInput } from "../../support/scheduler-world.ts";

interface Input extends WorldInput {
  readonly plugins: readonly string[];
}

export function run({ plugins, pod = {}, ...world }: Input): unknown {
  const handle = handleOf(world);
  const podInfo = newPodInfo(podOfInput(pod));
  const asked = defaultFilterPlugins.filter(({ name }) => plugins.includes(name));
  return {
    plugins: Object.fromEntries(asked.map((one) => [one.name, answerOf(one, podInfo, handle)])),
  };
}

function answerOf(
  { hasPreFilter, preFilter }: FilterPlugin,
  pod: PodInfo,
  handle: Handle,
): unknown {
  const filtering = preFilter(pod, handle);
  if ("code" in filtering) return { preFilter: statusOf(filtering) };
  const { nodeNames, filter } = filtering;
  const verdicts = handle.snapshot.nodeInfoList.map((one) => [one.name, statusOf(filter(one))]);
  return {
    ...(hasPreFilter && { preFilter: "Success" }),
    ...(nodeNames !== undefined && { preFilterNodeNames: [...nodeNames].toSorted() }),
    nodes: Object.fromEntries(verdicts),
  };
}
