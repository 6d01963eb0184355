import { describe, expect, it } from "vitest";

import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { explore } from "../../src/explore/explorer.ts";
import { type Predicate, type Properties, PropertyCheck } from "../../src/explore/properties.ts";
import { Lives } from "../../src/explore/life.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { smallSystems, systemOf } from "../support/systems.ts";

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}

function hasPhase(phase: string) {
  return (objects: readonly KubeObject[]) =>
    objects.filter(isPod).some(({ status }) => status?.phase === phase);
}

function isGone(objects: readonly KubeObject[]): boolean {
  return !objects.some(isPod);
}

function isPredicate(value: unknown): value is Predicate {
  return typeof value === "function";
}

function isMarked(objects: readonly KubeObject[]): boolean {
  return objects.filter(isPod).some(({ metadata }) => metadata.deletionTimestamp !== undefined);
}

function verdictsOf(system: ExploredSystem, properties: Properties, maxStates = 10_000) {
  const check = new PropertyCheck(properties);
  const exploration = explore(system, {
    states: "all",
    maxStates,
    onState: (life, state) => check.onState(life, state),
    onEdge: (edge) => check.onEdge(edge),
  });
  const verdicts = check.verdicts(exploration);
  return { exploration, outcomes: verdicts.map(({ outcome }) => outcome), verdicts };
}

const deleted = () => smallSystems["a deletion at any moment"]?.() ?? systemOf("");
const later: unknown = async () => true;
const loop = () => smallSystems["a crash loop"]?.() ?? systemOf("");

describe("a property", () => {
  it("that is to hold always is violated in the first state in which it does not", () => {
    const { verdicts, exploration } = verdictsOf(loop(), {
      "a pod is never Running": { always: (objects) => !hasPhase("Running")(objects) },
      "there is always a pod or nothing": { always: () => true },
    });
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(["violated", "holds"]);
    const [{ state = 0 } = {}] = verdicts;
    expect(exploration.movesTo(state).length).toBe(exploration.depthOf(state));
  });

  it("that is to hold sometimes is violated when no state has it", () => {
    const { outcomes } = verdictsOf(loop(), {
      "a pod is sometimes Running": { sometimes: hasPhase("Running") },
      "a pod is sometimes Succeeded": { sometimes: hasPhase("Succeeded") },
    });
    expect(outcomes).toEqual(["holds", "violated"]);
  });

  it("that is to hold eventually is violated by a life that ends or turns in a circle before", () => {
    const { outcomes } = verdictsOf(loop(), {
      "a pod eventually runs": { eventually: hasPhase("Running") },
      "a pod eventually fails": { eventually: hasPhase("Failed") },
    });
    expect(outcomes).toEqual(["holds", "violated"]);
    // Nobody has to take an open step.
    const { outcomes: ends } = verdictsOf(deleted(), { "it is deleted": { eventually: isMarked } });
    expect(ends).toEqual(["violated"]);
  });

  it("that is to stay possible is violated by a state from which it cannot be reached", () => {
    const { outcomes } = verdictsOf(deleted(), {
      "the pod can go": { possible: isGone },
      "the pod can run": { possible: hasPhase("Running") },
    });
    expect(outcomes).toEqual(["holds", "violated"]);
  });

  it("is not said to be violated by lives that a bound has cut off", () => {
    const short = systemOf("bounds: { horizon: 500ms }");
    const { outcomes } = verdictsOf(short, {
      "a pod eventually runs": { eventually: hasPhase("Running") },
      "a pod can still run": { possible: hasPhase("Running") },
    });
    expect(outcomes).toEqual(["holds", "holds"]);
  });

  it("stays open when the search was stopped before it was decided", () => {
    const open = { "a pod is sometimes Failed": { sometimes: hasPhase("Failed") } };
    expect(verdictsOf(loop(), open, 20).outcomes).toEqual(["open"]);
  });

  it("that throws is told with its state, and the others are asked on", () => {
    const { verdicts } = verdictsOf(loop(), {
      "a pod has a name": { always: throwsWhen(hasPhase("Running")) },
      "a pod is sometimes Running": { sometimes: hasPhase("Running") },
    });
    expect(verdicts).toMatchObject([
      { outcome: "threw", error: new Error("no such field") },
      { outcome: "holds" },
    ]);
    expect(verdicts[0]?.state).toBe(verdicts[1]?.state);
  });

  it("that promises an answer is wrong itself", () => {
    const asked = isPredicate(later) ? { later: { always: later } } : {};
    const { verdicts } = verdictsOf(loop(), asked);
    expect(verdicts).toEqual([
      {
        sentence: "later",
        outcome: "threw",
        state: 0,
        error: "it promises an answer; expected true or false at once",
      },
    ]);
  });

  it("that has not returned before is not asked", () => {
    const never = { always: throwsWhen(() => true) };
    const check = new PropertyCheck({ never }, new Map([["never", { state: 3, said: "a loop" }]]));
    const exploration = explore(loop(), {
      states: "all",
      onState: (seen, state) => check.onState(seen, state),
    });
    expect(check.verdicts(exploration)).toEqual([
      { sentence: "never", outcome: "threw", state: 3, error: "a loop" },
    ]);
  });

  it("that is to hold eventually is shown by a life in which it never holds", () => {
    const system = deleted();
    const { verdicts } = verdictsOf(system, { "it runs": { eventually: hasPhase("Running") } });
    const [{ outcome, moves = [] } = { outcome: "open" }] = verdicts;
    expect([outcome, moves.length > 0]).toEqual(["violated", true]);
    const lives = new Lives(system);
    let life = lives.begin();
    for (const move of moves) {
      ({ life } = lives.make(life, move));
      expect(hasPhase("Running")(life.cluster.list("Pod"))).toBe(false);
    }
    expect(life.cluster.system.isBusy).toBe(false);
  });
});

function throwsWhen(isSo: (objects: readonly KubeObject[]) => boolean) {
  return (objects: readonly KubeObject[]): boolean => {
    if (isSo(objects)) throw new Error("no such field");
    return true;
  };
}
