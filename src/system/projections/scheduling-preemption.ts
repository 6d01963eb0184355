import type { Pod } from "../../../machines/api/pod.ts";
import { prepareCandidate } from "../../../machines/scheduler/preemption/default-preemption.ts";
import { preemptedEvent } from "../../../machines/scheduler/scheduling-events.ts";
import { preemptedCondition } from "../../../machines/scheduler/scheduling-failure.ts";
import { keyOf } from "../../store/store.ts";
import type { Message } from "../composition.ts";
import type { PreemptionUnderWay } from "../scheduler-side.ts";
import type { KubeWorld } from "../world.ts";
import { postFilteredOf, underWay } from "./scheduling-cycle.ts";
import { handleOf } from "./scheduling-handle.ts";
import { patchStatus, tell } from "./scheduling-writes.ts";

/** What the API server answers when the scheduler wants a victim to go. */
export interface PreemptionAnswers {
  preempt(
    about: { readonly pod: string },
    atMs: number,
  ): { readonly fails?: string; readonly takesMs?: number } | undefined;
}

/** From now on the pod is not tried until its victims are told; prepareCandidateAsync. */
export function choosePreemption(world: KubeWorld): void {
  const { podInfo } = underWay(world);
  const [candidate] = postFilteredOf(world).candidates;
  if (candidate === undefined) return;
  const { victims, losesNomination } = prepareCandidate(podInfo, candidate, handleOf(world));
  if (victims.length === 0) return;
  const chosen: PreemptionUnderWay = {
    preemptor: podInfo.pod,
    nodeName: candidate.name,
    victims: victims.map(({ pod }) => pod),
    losesNomination: losesNomination.map(({ pod }) => pod),
    asked: [],
  };
  world.scheduler.preemptions = [...world.scheduler.preemptions, chosen];
}

/** Others lose their nomination; then all victims but one are told to go, at the same time. */
export function beginPreemption(
  world: KubeWorld,
  uid: string,
  now: number,
  answers: PreemptionAnswers,
): readonly Message[] {
  const chosen = running(world, uid);
  if (chosen === undefined) return [];
  for (const pod of chosen.losesNomination) patchStatus(world, pod, now, undefined, "");
  return askFor(world, { ...chosen, losesNomination: [] }, now, answers);
}

/** The next victims: all but the last one, and then that one. */
function askFor(
  world: KubeWorld,
  preemption: PreemptionUnderWay,
  now: number,
  answers: PreemptionAnswers,
): readonly Message[] {
  const { preemptor, nodeName, losesNomination, victims } = preemption;
  const isLast = victims.length === 1;
  const [round, left] = isLast ? [victims, []] : [victims.slice(0, -1), victims.slice(-1)];
  const [lastVictim] = isLast ? victims : [];
  const messages: Message[] = [];
  const asked: Pod[] = [];
  for (const victim of round) {
    const { fails, takesMs = fails === undefined ? 0 : refusalMs } =
      answers.preempt({ pod: keyOf(victim) }, now) ?? {};
    if (takesMs === 0 && fails === undefined) {
      messages.push(...preemptPod(world, preemption, victim, now));
      continue;
    }
    asked.push(victim);
    messages.push(answer(preemption, victim, fails !== undefined, takesMs));
  }
  const kept = { preemptor, nodeName, losesNomination, victims: left, asked };
  keep(world, { ...kept, ...(lastVictim && { lastVictim }) });
  return asked.length > 0 ? messages : [...messages, ...goOn(world, preemption, now, answers)];
}

/** A request that the API server refuses is answered after so many ms. */
const refusalMs = 20;

/** The API server has answered: after a refusal nobody else is asked for. */
export function victimAnswered(
  world: KubeWorld,
  { uid, victim, isRefused }: VictimAnswer,
  now: number,
  answers: PreemptionAnswers,
): readonly Message[] {
  const asking = running(world, uid);
  if (asking === undefined) return [];
  if (isRefused) {
    end(world, uid);
    const preemptor = keyOf(asking.preemptor);
    return [{ to: scheduler, event: { type: "preemption.failed" }, detail: { preemptor } }];
  }
  const pod = asking.asked.find((one) => keyOf(one) === victim);
  if (pod === undefined) return [];
  const told = preemptPod(world, asking, pod, now);
  const asked = asking.asked.filter((one) => one !== pod);
  keep(world, { ...asking, asked });
  return asked.length > 0 ? told : [...told, ...goOn(world, asking, now, answers)];
}

/** What comes back of a request to a victim. */
export interface VictimAnswer {
  readonly uid: string | undefined;
  /** `namespace/name` */
  readonly victim: string;
  readonly isRefused: boolean;
}

function goOn(
  world: KubeWorld,
  { preemptor }: Pick<PreemptionUnderWay, "preemptor">,
  now: number,
  answers: PreemptionAnswers,
): readonly Message[] {
  const left = running(world, preemptor.metadata.uid);
  if (left !== undefined && left.victims.length > 0) return askFor(world, left, now, answers);
  end(world, preemptor.metadata.uid);
  return [];
}

/** `PreemptPod`: nothing is to be done for one that is gone already. */
function preemptPod(
  world: KubeWorld,
  { preemptor, nodeName }: Pick<PreemptionUnderWay, "preemptor" | "nodeName">,
  victim: Pod,
  now: number,
): readonly Message[] {
  if (world.pod(keyOf(victim)) === undefined) return [];
  patchStatus(world, victim, now, preemptedCondition(victim, preemptor));
  tell(world, victim, now, preemptedEvent(preemptor, nodeName), preemptor);
  const to = { machine: "apiserver", subject: {} };
  return [{ to, event: { type: "request.delete" }, detail: { kind: "Pod", key: keyOf(victim) } }];
}

function answer(
  { preemptor }: Pick<PreemptionUnderWay, "preemptor">,
  victim: Pod,
  isRefused: boolean,
  delayMs: number,
): Message {
  const detail = { uid: preemptor.metadata.uid, victim: keyOf(victim), isRefused };
  return { to: scheduler, event: { type: "victim.answered" }, detail, delayMs };
}

function running({ scheduler: { preemptions } }: KubeWorld, uid: string | undefined) {
  return preemptions.find(({ preemptor }) => preemptor.metadata.uid === uid);
}

function keep({ scheduler: side }: KubeWorld, kept: PreemptionUnderWay): void {
  const { uid } = kept.preemptor.metadata;
  side.preemptions = side.preemptions.map((one) =>
    one.preemptor.metadata.uid === uid ? kept : one,
  );
}

function end({ scheduler: side }: KubeWorld, uid: string | undefined): void {
  side.preemptions = side.preemptions.filter(({ preemptor }) => preemptor.metadata.uid !== uid);
}

const scheduler = { machine: "scheduler", subject: {} };
