import { initialTransition, transition } from "xstate";

import { podWorkerMachine } from "../../machines/kubelet/pod-worker.machine.ts";
import { internEvent } from "../../src/system/kernel-event.ts";
import { stepperOf } from "../../src/system/stepper.ts";
import type { Figure } from "./figure.ts";
import { fastestMs } from "./measure.ts";

const steps = 100_000;
const input = { terminationGracePeriodSeconds: 30 };
const update = internEvent({
  type: "pod.updated",
  isDeleted: false,
  isTerminal: false,
  isCacheTerminal: true,
  deletionGracePeriodSeconds: null,
});
const changed = internEvent({ type: "pleg.changed" });

/** One step from the memo against one of XState's own transition. */
export function memo(): Figure[] {
  const hitNs = (fastestMs(5, stepMemoised) / steps) * 1e6;
  const plainNs = (fastestMs(3, stepPlainly) / (steps / 20)) * 1e6;
  return [
    { what: "a step from the memo", value: hitNs, unit: "ns" },
    { what: "XState's own transition", value: plainNs, unit: "ns" },
    { what: "XState's own / memo", value: plainNs / hitNs, unit: "×", bound: { atLeast: 20 } },
  ];
}

function stepMemoised(): void {
  const stepper = stepperOf(podWorkerMachine);
  let local = stepper.step(stepper.initial(input).local, update).local;
  for (let step = 0; step < steps; step++) local = stepper.step(local, changed).local;
}

function stepPlainly(): void {
  let [snapshot] = initialTransition(podWorkerMachine, input);
  for (let step = 0; step < steps / 20; step++) {
    [snapshot] = transition(podWorkerMachine, snapshot, { type: "pleg.changed" });
  }
}
