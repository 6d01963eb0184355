import type { Pod } from "../../machines/api/pod.ts";
import { isPodPhaseTerminal } from "../../machines/api/pod-status.ts";
import { conditionOf, containersOf, isReported } from "./containers-of.ts";
import { ofEachPod, ofEachStep, type Property } from "./property.ts";
import { withCondition, withStatus } from "./wrong-pods.ts";

/** What holds of the phase. */
export const phaseProperties: readonly Property[] = [
  ofEachStep(
    "a pod's phase never leaves Succeeded or Failed",
    ({ status }, after) =>
      !isPodPhaseTerminal(status?.phase) || after.status?.phase === status.phase,
    (pod) => (isEnded(pod) ? withStatus(pod, { phase: "Running" }) : undefined),
  ),
  ofEachPod(
    "a pod with a reported status always has a phase",
    (pod) => !isReported(pod) || pod.status?.phase !== undefined,
    (pod) => {
      const { phase: _, ...status } = pod.status ?? {};
      return isReported(pod) ? { ...pod, status } : undefined;
    },
  ),
  ofEachPod(
    "no container ever runs in a pod that has Succeeded or Failed",
    (pod) => !isReported(pod) || !isEnded(pod) || !runs(pod),
    (pod) => (runs(pod) ? withStatus(pod, { phase: "Failed" }) : undefined),
  ),
  ofEachPod(
    "every regular container of a pod that has Succeeded has always ended with exit code 0",
    (pod) => pod.status?.phase !== "Succeeded" || regularCodes(pod).every((code) => code === 0),
    (pod) => {
      const hasFailed = regularCodes(pod).some((code) => code !== 0);
      return hasFailed ? withStatus(pod, { phase: "Succeeded" }) : undefined;
    },
  ),
  ofEachPod(
    "a pod whose reason is Evicted has always Succeeded or Failed",
    (pod) => pod.status?.reason !== "Evicted" || isEnded(pod),
    (pod) => (runs(pod) ? withStatus(pod, { reason: "Evicted" }) : undefined),
  ),
  ofEachPod(
    "a pod that has Succeeded or Failed is never Ready",
    (pod) => {
      const isReady = ["Ready", "ContainersReady"].some(
        (type) => conditionOf(pod, type)?.status === "True",
      );
      return !isReported(pod) || !isEnded(pod) || !isReady;
    },
    (pod) => (isEnded(pod) ? withCondition(pod, "Ready", () => ({ status: "True" })) : undefined),
  ),
];

function isEnded({ status }: Pod): boolean {
  return isPodPhaseTerminal(status?.phase);
}

function runs(pod: Pod): boolean {
  return containersOf(pod).some(({ status }) => status.state?.running !== undefined);
}

function regularCodes(pod: Pod): readonly (number | undefined)[] {
  return containersOf(pod).flatMap(({ kind, status }) =>
    kind === "regular" ? [status.state?.terminated?.exitCode] : [],
  );
}
