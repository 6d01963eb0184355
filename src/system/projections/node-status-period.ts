import { parseDuration } from "../../../machines/api/go-duration.ts";
import type { Choices } from "../../choice/choices.ts";
import type { NodeSide } from "../node-side.ts";

/**
 * To the kubelet's next report of its node's status: a loop with up to 4 % of jitter in each round.
 * pkg/kubelet/kubelet.go Run
 */
export function untilNodeStatusMs(
  { name, kubeletStartedAt, configuration = {} }: NodeSide,
  now: number,
  choices: Choices,
): number {
  const periodMs = parseDuration(configuration.nodeStatusUpdateFrequency ?? "10s") ?? 0;
  const usualRoundMs = Math.max(1, Math.round(periodMs * 1.02));
  const usual = usualRoundMs - ((now - kubeletStartedAt) % usualRoundMs);
  const high = Math.max(usual, Math.round(periodMs * 1.04));
  return choices.amount("node status update", `node/${name}`, { low: 0, high, usual });
}
