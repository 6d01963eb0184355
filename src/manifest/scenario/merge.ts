import type { CreateAnswer, HookAnswer } from "./call-answers.ts";
import type { PullAnswer } from "./image-answers.ts";
import type { KubeletAnswer } from "./kubelet-answers.ts";
import type { NodeAnswer } from "./node-answers.ts";
import type { ProcessAnswer } from "./process-answers.ts";

/** The fields that answer one choice together: they come from one rule or from none. */
export type ChoiceFields<A> = readonly (readonly (keyof A)[])[];

export const pullChoices: ChoiceFields<PullAnswer> = [
  ["takesMs"],
  ["outcome", "message"],
  ["sizeBytes"],
];

export const callChoices: ChoiceFields<CreateAnswer> = [["takesMs"], ["fails", "cause", "untilMs"]];

export const hookChoices: ChoiceFields<HookAnswer> = [["takesMs"], ["fails", "output"]];

export const processChoices: ChoiceFields<ProcessAnswer> = [
  ["runsMs", "exitCode"],
  ["message"],
  ["log"],
  ["onStop"],
];

export const kubeletChoices: ChoiceFields<KubeletAnswer> = [
  ["workQueueMs"],
  ["startupProbeMs"],
  ["livenessProbeMs"],
  ["readinessProbeMs"],
  ["nodeStatusMs"],
  ["leaseRenewalMs"],
  ["volumeStatsMs"],
  ["podOrder"],
  ["threshold"],
  ["containerRemoval"],
];

export const nodeChoices: ChoiceFields<NodeAnswer> = [
  ["cgroup"],
  ["memoryBytes"],
  ["memoryUsedBytes"],
  ["diskBytes"],
  ["diskUsedBytes"],
  ["inodes"],
  ["inodesUsed"],
  ["imageDiskBytes"],
  ["imageDiskUsedBytes"],
  ["layers"],
  ["pids"],
  ["pidsUsed"],
  ["clockAheadMs"],
  ["relistAfterMs"],
  ["images"],
];

/** One answer out of several: each choice as the first of them has it, the rest as the first. */
export function merged<A extends object>(answers: readonly A[], choices: ChoiceFields<A>): A;
export function merged(
  answers: readonly Readonly<Record<PropertyKey, unknown>>[],
  choices: readonly (readonly PropertyKey[])[],
): object {
  const fields = choices.flatMap((keys) => {
    const teller = answers.find((answer) => keys.some((key) => answer[key] !== undefined));
    return keys.flatMap((key) =>
      teller?.[key] === undefined ? [] : [[key, teller[key]] as const],
    );
  });
  return Object.fromEntries([["line", answers[0]?.["line"]], ...fields]);
}
