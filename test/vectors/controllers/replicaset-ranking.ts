import type { Pod } from "../../../machines/api/pod.ts";
import { parseTime } from "../../../machines/api/time.ts";
import {
  compareActivePods,
  compareActivePodsWithRanks,
} from "../../../machines/controllers/replica-set/active-pods-with-ranks.ts";
import { getPodsToDelete } from "../../../machines/controllers/replica-set/manage-replicas.ts";

type Input = Pair | Victims;

interface Pair {
  readonly kind: "pair";
  readonly a: Pod;
  readonly b: Pod;
  readonly rankA: number;
  readonly rankB: number;
  readonly now?: string;
}

interface Victims {
  readonly kind: "victims";
  readonly pods: readonly Pod[];
  readonly relatedPods: readonly Pod[];
  readonly count: number;
  readonly now: string;
}

export function run(input: Input): unknown {
  if (input.kind === "pair") return pair(input);
  const { pods, relatedPods, count, now } = input;
  const victims = getPodsToDelete(pods, relatedPods, count, parseTime(now));
  return { victims: victims.map(({ metadata }) => metadata.name) };
}

function pair({ a, b, rankA, rankB, now }: Pair): unknown {
  const [one, other] = [
    { pod: a, rank: rankA },
    { pod: b, rank: rankB },
  ];
  const nowMs = now === undefined ? undefined : parseTime(now);
  return {
    aBeforeB: compareActivePodsWithRanks(one, other, nowMs) < 0,
    bBeforeA: compareActivePodsWithRanks(other, one, nowMs) < 0,
    withoutRanks: { aBeforeB: compareActivePods(a, b) < 0, bBeforeA: compareActivePods(b, a) < 0 },
  };
}
