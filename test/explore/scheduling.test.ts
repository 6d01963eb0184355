import { describe, expect, it } from "vitest";

import { isEvent } from "../../machines/api/objects.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { DecisionLog } from "../../src/cluster/decision-log.ts";
import { explore } from "../../src/explore/explorer.ts";
import { Lives } from "../../src/explore/life.ts";
import { type Properties, PropertyCheck } from "../../src/explore/properties.ts";
import { coverTransitions, type SuitePath } from "../../src/explore/suite.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { judgements } from "../support/scheduling-judgements.ts";
import { repeated, type SchedulingRun } from "../support/scheduling-run.ts";
import { shippedSystem } from "../support/systems.ts";

/** Those whose pods and nodes count in whole cores. */
const names = ["binding-failure", "preemption-again", "scheduling-broken-claim"] as const;
const others = ["scheduler-decisions", "preemption", "gates-and-hints"] as const;

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}

/** Cores that the pods of a node ask for, as these systems write them. */
function coresOn(node: string, objects: readonly KubeObject[]): number {
  const pods = objects.filter(isPod).filter(({ spec }) => spec.nodeName === node);
  const living = pods.filter(({ status }) => status?.phase !== "Failed");
  const cores = living.map(({ spec }) => spec.containers[0]?.resources?.requests?.["cpu"] ?? 0);
  return cores.reduce<number>((sum, one) => sum + Number(one), 0);
}

function isVictim({ status }: Pod): boolean {
  return status?.conditions?.some(({ reason }) => reason === "PreemptionByScheduler") === true;
}

const sentences: Properties = {
  "the pods of a node never ask for more than it has": {
    always: (objects) => coresOn("node-1", objects) <= 4,
  },
  "a pod that has to go for another never matters more than the default": {
    always: (objects) =>
      objects.filter(isPod).every((pod) => !isVictim(pod) || (pod.spec.priority ?? 0) === 0),
  },
};

/** Of several pods of one name the one that matters most, which drives others away here. */
function keepHighest(pods: Map<string, Pod>, pod: Pod): void {
  const key = `${pod.metadata.namespace}/${pod.metadata.name}`;
  const { priority: highest = 0 } = pods.get(key)?.spec ?? {};
  if ((pod.spec.priority ?? 0) >= highest) pods.set(key, pod);
}

/** The scheduler's own words, so that nobody else's Binding is taken for its. */
const scheduled = /^Successfully assigned (\S+) to (\S+)$/;

/** What is seen of the scheduler at each of a path's moments. */
function* seenOn(system: ExploredSystem, { moves }: SuitePath): Generator<SchedulingRun> {
  const lives = new Lives(system);
  let life = lives.begin();
  const { cluster } = life;
  const log = new DecisionLog(cluster);
  const [bound, pods] = [new Map<string, string>(), new Map<string, Pod>()];
  const twice = new Set<string>();
  cluster.watch(({ object }) => {
    if (isPod(object)) keepHighest(pods, object);
    const [, key = "", node = ""] = isEvent(object) ? (scheduled.exec(object.message) ?? []) : [];
    if (key !== "") bound.set(key, node);
  });
  for (const move of moves) {
    ({ life } = lives.drive(life, move));
    for (const uid of repeated(cluster.system.world.scheduler.cache)) twice.add(uid);
    if ((cluster.system.nextAt() ?? Number.POSITIVE_INFINITY) <= cluster.now) continue;
    yield { cluster, decisions: log.all(), bound, pods, countedTwice: [...twice] };
  }
}

describe.each(names)("in the shipped system %s", (name) => {
  const system = shippedSystem(name);

  it("every state obeys what the API shows of the rules", () => {
    const check = new PropertyCheck(sentences);
    const exploration = explore(system, {
      states: "all",
      maxStates: 20_000,
      onState: (life, state) => check.onState(life, state),
      onEdge: (edge) => check.onEdge(edge),
    });
    const verdicts = check.verdicts(exploration);
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(["holds", "holds"]);
  });
});

describe.each([...names, ...others])("in the shipped system %s", (name) => {
  const system = shippedSystem(name);

  it("every path of its suite obeys what holds of all runs", () => {
    const { paths } = coverTransitions(system, { maxStates: 20_000 });
    let occasions = 0;
    for (const path of paths) {
      for (const run of seenOn(system, path)) {
        for (const judge of Object.values(judgements)) {
          const { broken, occasions: some } = judge(run);
          occasions += some;
          expect(broken).toEqual([]);
        }
      }
    }
    expect(occasions).toBeGreaterThan(0);
  });
});
