import { TestModel } from "@xstate/test";
import { describe, expect, it } from "vitest";

import type { Pod } from "../../machines/api/pod.ts";
import { explore } from "../../src/explore/explorer.ts";
import { factsOf } from "../../src/explore/step-facts.ts";
import { coverTransitions, testModel } from "../../src/testkit/cover.ts";
import { exploredGraph } from "../../src/testkit/explored-graph.ts";
import type { FlatState } from "../../src/testkit/flat-machine.ts";
import { kubechart } from "../support/cli.ts";
import { shippedSystem, smallSystems, systemOf } from "../support/systems.ts";
import { written } from "../support/written.ts";

const pulls = smallSystems["pulls that may fail"]?.() ?? systemOf("");
const deletions = smallSystems["a deletion at any moment"]?.() ?? systemOf("");
const suite = coverTransitions(pulls);

function podsIn({ meta }: FlatState): readonly Pod[] {
  return meta.objects.filter((object): object is Pod => object.kind === "Pod");
}

function fails(state: FlatState): void {
  if (Object.values(state.meta.status).includes("ErrImagePull")) throw new Error("bad news");
}

/** The wall clock of a life begins here. */
const epochMs = Date.parse("2026-01-01T00:00:00Z");

describe("the paths of a suite", () => {
  it("are paths of @xstate/test that take together what the suite covers", () => {
    expect(suite.model).toBeInstanceOf(TestModel);
    expect(suite.paths.length).toBeGreaterThan(1);
    const taken = suite.paths.flatMap(({ covers }) => covers);
    expect([...new Set(taken)].toSorted()).toEqual([...suite.coverage.covered].toSorted());
  });

  it("hand every state to `*` and every event to the callback of its type, in order", async () => {
    for (const { test, steps, life } of suite.paths) {
      const heard: unknown[] = [];
      const types = [...new Set(steps.map(({ event }) => event.type))];
      const act = ({ event }: { readonly event: { readonly type: string } }) =>
        void heard.push(event.type);
      await test({
        states: { "*": ({ value }) => void heard.push(value) },
        events: Object.fromEntries(types.map((type) => [type, act])),
      });
      expect(heard).toEqual(steps.flatMap(({ event, state }) => [event.type, state.value]));
      expect(steps).toHaveLength(life.steps.length + 1);
    }
  });

  it("know the objects, STATUS and facts of each state, by these objects alone", () => {
    for (const { testSync } of suite.paths) {
      testSync({
        states: {
          "*": (state) => {
            const nowMs = epochMs + state.meta.atMs;
            const facts = podsIn(state).map((pod) => factsOf(pod, nowMs));
            expect(Object.values(state.meta.facts)).toEqual(facts);
            expect(Object.values(state.meta.status)).toEqual(facts.map((one) => one.statusText));
          },
        },
      });
    }
  });

  it("know in which state what is covered", () => {
    for (const { steps, covers } of suite.paths) {
      const known = new Set(steps.flatMap(({ state }) => state.meta.covers));
      // What is taken after the last visible step belongs to no state.
      expect([...known].filter((name) => !covers.includes(name))).toEqual([]);
      expect(known.size).toBeGreaterThan(covers.length / 2);
    }
  });

  it("name states by their pods and containers, each once, without `.` and leading `#`", () => {
    const keys = suite.model.getAllStates().map(({ value }) => String(value));
    const names = new Set(Object.keys(suite.model.machine.states));
    expect(new Set(keys)).toEqual(names);
    expect([...names].filter((key) => key.includes(".") || key.startsWith("#"))).toEqual([]);
    expect([...names].some((key) => /^web Pending, app ErrImagePull ~\w+$/.test(key))).toBe(true);
  });

  it("match a state by its key", () => {
    const [{ testSync, steps } = { testSync: undefined, steps: [] }] = suite.paths;
    const key = String(steps.at(-1)?.state.value);
    let times = 0;
    testSync?.({ states: { [key]: () => void times++ } });
    expect(times).toBe(1);
  });

  it("tell what users do as events of their own", () => {
    const types = coverTransitions(deletions).paths.flatMap(({ steps }) =>
      steps.map(({ event }) => event.type),
    );
    expect(types).toContain("kubectl delete pod web");
  });
});

describe("a path that fails", () => {
  const failing = suite.paths.find(({ description }) => description.includes("ErrImagePull"));

  it("says what was expected, the choices, the prefix, and how it is lived again", async () => {
    const error = await failing?.test({ states: { "*": fails } }).catch((one: Error) => one);
    const { message = "" } = error instanceof Error ? error : {};
    const [first, expected, choices, prefix, replay, ...more] = message.split("\n");
    expect(first).toMatch(
      /^step \d+ of \d+, at 1\.0s, in "web Pending, app ErrImagePull ~\w+": bad news$/,
    );
    expect(expected).toMatch(/^ {2}expected of default\/web: .*"statusText":"ErrImagePull"/);
    expect(choices).toMatch(/image pull outcome of .*: not found$/);
    expect(prefix).toMatch(/ContainerCreating → default\/web ErrImagePull$/);
    expect(replay).toMatch(/^ {2}replay: kubechart replay small\.yaml --moves '[0-9x:, s]+'$/);
    expect(more).toEqual([]);
  });

  it("fails in the same way without promises", () => {
    expect(() => failing?.testSync({ states: { "*": fails } })).toThrow(/^step \d+ .*: bad news\n/);
  });

  it("is lived again up to the failure by the line that it prints", async () => {
    const error = await failing?.test({ states: { "*": fails } }).catch((one: Error) => one);
    const [, moves = ""] = /--moves '(.*)'/.exec(String(error)) ?? [];
    const file = written("pulls.yaml", pulls.source?.text ?? "");
    const { code, out } = await kubechart("replay", file, "--moves", moves);
    expect([code, out.split("\n").at(-2)]).toEqual([0, expect.stringMatching(/ErrImagePull$/)]);
  });

  it("says that a callback throws what is no Error, or never returns or ends", async () => {
    const { paths } = coverTransitions(pulls, { callbackTimeoutMs: 300 });
    const said = async (run: () => unknown) =>
      String(
        await paths[0]?.test({ states: { "*": () => void run() } }).catch((one: Error) => one),
      );
    expect(
      await said(() => {
        // oxlint-disable-next-line no-throw-literal
        throw "a word";
      }),
    ).toMatch(/the callback of states "\*" threw a word, which is no Error/);
    expect(
      await said(() => {
        for (;;);
      }),
    ).toMatch(/step 0 of .*the callback of states "\*" has not returned after 0\.3 s: look for/);
    const waiting = paths[0]?.test({ states: { "*": () => new Promise(() => undefined) } });
    await expect(waiting).rejects.toThrow(/has not ended after 0\.3 s: .* callbackTimeoutMs/);
  });
});

describe("a test model", () => {
  it("has shortest paths of its own, which can be run", async () => {
    const paths = testModel(pulls).getShortestPaths();
    expect(paths.length).toBeGreaterThan(0);
    let states = 0;
    for (const path of paths) await path.test({ states: { "*": () => void states++ } });
    expect(states).toBeGreaterThan(paths.length);
  });

  it("goes over all states within the bounds if it is told so", () => {
    const model = testModel(pulls, { graph: "all" });
    expect(Object.keys(model.machine.states)).toHaveLength(explore(pulls).states);
    const reached = new Set(model.getShortestPaths().flatMap(({ steps }) => steps.map(valueOf)));
    expect(reached.size).toBe(explore(pulls).states);
  });

  it("names the bound where there are too many states", () => {
    expect(() => exploredGraph(pulls, 50)).toThrow(
      /^small has more than 50 states within its bounds \(horizonMs 3600000, messages 100, pulls 3\)/,
    );
    const model = testModel(shippedSystem("image-pull"), { graph: "all" });
    expect(Object.keys(model.machine.states).length).toBeGreaterThan(200);
    expect(() => model.getSimplePaths()).toThrow(/^getSimplePaths\(\) goes up to 200 states, and/);
    expect(testModel(systemOf("open: { deliveries: in order }")).getSimplePaths()).toHaveLength(1);
  });
});

function valueOf({ state }: { readonly state: FlatState }): string {
  return String(state.value);
}
