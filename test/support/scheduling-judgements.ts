import type { SchedulingRun } from "./scheduling-run.ts";

/** How often the premise of a sentence held, and where it was broken. */
export interface Judgement {
  readonly occasions: number;
  readonly broken: readonly string[];
}

/** What holds whatever a scheduler is asked, by its sentence. */
export const judgements = {
  "a binding always targets a node of the snapshot on which every Filter passed": ({
    decisions,
    bound,
  }) => {
    const broken = [...bound].filter(([key, nodeName]) => {
      const made = decisions.findLast((decision) => {
        return decision.pod === key && decision.outcome === "scheduled";
      });
      const target = made?.nodes.find((decided) => decided.node === nodeName);
      const passed = target?.filters.every(({ status }) => status === "Success") ?? false;
      return made?.nodeName !== nodeName || target?.verdict !== "feasible" || !passed;
    });
    return { occasions: bound.size, broken: broken.map(([key]) => key) };
  },
  "a pod waits for ever only if nothing that has happened could help it": ({ cluster, pods }) => {
    const { queue } = cluster.system.world.scheduler;
    const waiting = [...pods.keys()].filter((key) => queue.get(key)?.place === "unschedulable");
    const broken = waiting.filter((key) => cluster.why(key)?.outcome === "scheduled");
    return { occasions: waiting.length, broken };
  },
  "a victim never has a priority as high as that of the pod for which it has to go": ({
    decisions,
    pods,
  }) => {
    const priorityOf = (key: string) => pods.get(key)?.spec.priority ?? 0;
    const pairs = decisions.flatMap(({ pod: preemptor, preemption }) => {
      return preemption.flatMap(({ victims }) => victims.map((key) => [key, preemptor] as const));
    });
    const broken = pairs.filter(([victim, preemptor]) => {
      return priorityOf(victim) >= priorityOf(preemptor);
    });
    return { occasions: pairs.length, broken: broken.map(([victim]) => victim) };
  },
  "what an assumed pod asks for is never counted twice": ({ bound, countedTwice }) => ({
    occasions: bound.size,
    broken: countedTwice,
  }),
} satisfies Readonly<Record<string, (run: SchedulingRun) => Judgement>>;
