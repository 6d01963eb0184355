import { isPod } from "../../machines/api/objects.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { PodFacts } from "../explore/step-facts.ts";
import { keyOf } from "../store/store.ts";
import { didYouMean } from "../yaml/nearest.ts";
import type { SystemPath } from "./cover.ts";
import type { StateMeta } from "./flat-machine.ts";
import { defaultCallbackTimeoutMs, watched } from "./watch.ts";

/**
 * Code that hears what happens and is asked what it makes of it: a dashboard, a reducer. `P`: the
 * type as which it reads a pod, which is handed over as a copy of the API's JSON.
 */
export interface Observer<S, P = Pod> {
  /** A new subject, for each path. */
  readonly create: () => S | Promise<S>;
  /** Hears of each state; what it returns is the subject from then on, if it returns something. */
  readonly apply?: (subject: S, state: StateMeta) => S | void | Promise<S | void>;
  /** What it says of each pod that there is; compared with what the pod's object says. */
  readonly observe?: (pod: P, subject: S, state: StateMeta) => Said | Promise<Said>;
}

/** Code that says by an object alone what it makes of it: a status function. */
export interface StatusFunction<P = Pod> {
  readonly observe: (pod: P) => Said | Promise<Said>;
}

/** Facts of a pod, as many as the subject knows. */
type Said = Partial<PodFacts>;

/** Runs a path against code of the user's; what it says wrongly fails with its step. */
export async function observePath<S, P = Pod>(
  path: Pick<SystemPath, "test">,
  { create, apply, observe }: Observer<S, P>,
  timeoutMs = defaultCallbackTimeoutMs,
): Promise<void> {
  let subject = await watched("create()", timeoutMs, create);
  const hear = async (state: StateMeta): Promise<void> => {
    if (apply !== undefined) {
      const next = await watched("apply(…)", timeoutMs, () => apply(subject, state));
      if (next !== undefined) subject = next;
    }
    if (observe === undefined) return;
    for (const pod of state.objects.filter(isPod)) {
      const copy: P = JSON.parse(JSON.stringify(pod));
      const said = await watched("observe(…)", timeoutMs, () => observe(copy, subject, state));
      const wrong = differences(keyOf(pod), said, state);
      if (wrong.length > 0) throw new Error(wrong.join("; "));
    }
  };
  await path.test({ states: { "*": ({ meta }) => hear(meta) } });
}

function differences(key: string, said: Said, { facts }: StateMeta): readonly string[] {
  const known: Said = facts[key] ?? {};
  const names = Object.keys(known);
  const expected = new Map(Object.entries(known));
  return Object.entries(said).flatMap(([name, value]) => {
    if (!expected.has(name)) {
      const hint = didYouMean(name, names) ?? `one of ${names.join(", ")}`;
      return [`observe(…) says ${JSON.stringify(name)} of ${key}, which is no fact; ${hint}`];
    }
    const right = expected.get(name);
    if (Object.is(value, right)) return [];
    const [got, wanted] = [JSON.stringify(value), JSON.stringify(right)];
    return [`${key}: observe(…) says ${name} ${got}, and its object says ${wanted}`];
  });
}
