import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { RegistryScenario } from "../../../src/cluster/environment/registry.ts";
import { emptyScenario, readScenario } from "../../../src/manifest/scenario.ts";
import {
  type EnvironmentAnswers,
  scenarioAnswers,
} from "../../../src/manifest/scenario/answers.ts";
import { matchesGlob } from "../../../src/manifest/scenario/selector.ts";

function answers(rules: string): EnvironmentAnswers {
  const text = `apiVersion: kubechart/v1\nkind: Scenario\nenvironment:\n${rules}`;
  const { scenario, issues } = readScenario("a.yaml", text);
  expect(issues).toEqual([]);
  return scenarioAnswers(scenario ?? emptyScenario);
}

describe("an answer", () => {
  it("comes from the first rule that fits and has one", () => {
    const { process, memory } = answers(`
  - { when: { pod: web }, memory: [{ at: 0s, uses: 1Mi }] }
  - { when: { pod: "w*" }, process: { runs: 2s } }
  - { process: { runs: 3s }, memory: [{ at: 0s, uses: 2Mi }] }
`);
    expect(process({ pod: "default/web" })).toMatchObject({ runsMs: 2_000, line: 6 });
    expect(process({ pod: "default/db" })).toMatchObject({ runsMs: 3_000, line: 7 });
    expect(memory({ pod: "default/web" })).toMatchObject([{ usageBytes: 2 ** 20, line: 5 }]);
    expect(memory({ pod: "default/wax" })).toMatchObject([{ usageBytes: 2 ** 21, line: 7 }]);
  });

  it("is put together choice by choice, so that rules for one thing each may stand together", () => {
    const { pull, process } = answers(`
  - { when: { attempt: 1 }, pull: { takes: 1s } }
  - { pull: { takes: 2s, outcome: not found, message: lost } }
  - { process: { runs: forever } }
  - { process: { runs: 5s, exits: 3, onStop: ignored } }
`);
    expect(pull("a", 1, "default/a")).toEqual({
      line: 5,
      takesMs: 1_000,
      outcome: "not found",
      message: "lost",
    });
    expect(process({ pod: "default/a" })).toEqual({ line: 7, runsMs: null, onStop: "ignored" });
  });

  it("is open where no rule says anything", () => {
    const { process, pull, sandbox, node } = answers("  - { when: { pod: web }, pull: {} }\n");
    expect(process({ pod: "default/web" })).toBeUndefined();
    expect(pull("app:1", 1, "default/db")).toBeUndefined();
    expect(sandbox({ pod: "default/web" }, 0)).toBeUndefined();
    expect(node("n1")).toBeUndefined();
  });

  it("is not known of what the asker does not name", () => {
    const { process } = answers("  - { when: { node: n1 }, process: { runs: 1s } }\n");
    expect(process({ pod: "default/web" })).toBeUndefined();
    expect(process({ pod: "default/web", node: "n1" })).toMatchObject({ runsMs: 1_000 });
  });

  it.each([
    ["namespace: prod", { pod: "prod/web" }, true],
    ["namespace: prod", { pod: "web", namespace: "prod" }, true],
    ["namespace: prod", { pod: "default/web" }, false],
    ["pod: web", { pod: "prod/web" }, true],
    ["run: 2", { pod: "default/web", run: 2 }, true],
    ["run: 2", { pod: "default/web", run: 1 }, false],
    ['run: "2.."', { pod: "default/web", run: 40 }, true],
    ['run: "1..2"', { pod: "default/web", run: 3 }, false],
    [
      "container: app, image: 'registry.example/app:*'",
      { container: "app", image: "registry.example/app:1" },
      true,
    ],
    ["container: app, image: 'registry.example/app:*'", { container: "app", image: "app" }, false],
  ])("when { %s } about %j: %s", (when, about, isGiven) => {
    const { process } = answers(`  - { when: { ${when} }, process: { runs: 1s } }\n`);
    expect(process(about) !== undefined).toBe(isGiven);
  });

  it("fails until its time and then no more", () => {
    const { mount } = answers(`
  - { when: { volume: data }, mount: { takes: 100ms, fails: no such device, until: 150s } }
`);
    const about = { pod: "default/web", part: "data" };
    expect(mount(about, 149_999)).toMatchObject({ takesMs: 100, fails: "no such device" });
    expect(mount(about, 150_000)).toEqual({ takesMs: 100, line: 5 });
  });

  it("counts attempts of pulls and sandboxes", () => {
    const { pull, sandbox } = answers(`
  - when: { attempt: "1..2" }
    pull: { outcome: server error }
    sandbox: { fails: no address left }
`);
    expect([1, 2, 3].map((attempt) => pull("a", attempt, "default/a")?.outcome)).toEqual([
      "server error",
      "server error",
      undefined,
    ]);
    expect([2, 3].map((run) => sandbox({ pod: "default/a", run }, 0)?.fails)).toEqual([
      "no address left",
      undefined,
    ]);
  });

  it("to a probe is the last one that has begun", () => {
    const { probe } = answers(`
  - probes:
      liveness: [{ from: 1s, result: success }, { from: 8s, result: failure, output: "no" }]
`);
    const at = (ms: number) => probe({ pod: "default/web" }, "liveness", ms);
    expect(at(999)).toBeUndefined();
    expect(at(1_000)).toMatchObject({ result: "success", line: 6 });
    expect(at(7_999)?.result).toBe("success");
    expect(at(8_000)).toMatchObject({ result: "failure", output: "no" });
    expect(probe({ pod: "default/web" }, "readiness", 9_000)).toBeUndefined();
  });

  it("of hooks is one for each hook", () => {
    const { hook } = answers(`
  - { hooks: { preStop: { takes: 8s } } }
  - { hooks: { preStop: { takes: 9s }, postStart: { fails: "no" } } }
`);
    expect(hook({ pod: "default/web" }, "preStop")).toEqual({ takesMs: 8_000, line: 5 });
    expect(hook({ pod: "default/web" }, "postStart")).toEqual({ fails: "no", line: 6 });
  });

  it("about disks names the place of each amount, in the order of time", () => {
    const { disk } = answers(`
  - disk:
      - { at: 20s, uses: 60Mi }
      - { at: 5s, uses: 40Mi, of: cache }
      - { at: 5s, inodes: 7, of: container log }
`);
    expect(disk({ pod: "default/web" })).toEqual([
      { atMs: 5_000, usageBytes: 40 * 2 ** 20, of: { volume: "cache" }, line: 7 },
      { atMs: 5_000, inodes: 7, of: "container log", line: 8 },
      { atMs: 20_000, usageBytes: 60 * 2 ** 20, of: "writable layer", line: 6 },
    ]);
  });

  it("about an image says what its maker put in and whether the runtime can see it", () => {
    const { image, inspect } = answers(`
  - when: { image: "registry.example/*" }
    image: { user: 0 }
    inspect: { fails: disk full }
`);
    expect(image("registry.example/app:1")).toEqual({ user: 0, line: 6 });
    expect(image("app:1")).toBeUndefined();
    expect(inspect("registry.example/app:1", "default/web")).toBe("disk full");
  });

  it("about a node says what its machine is like", () => {
    const { node } = answers(`
  - { when: { node: "old-*" }, node: { cgroup: v1, memory: 8Gi, clock: -250ms } }
`);
    expect(node("old-1")).toEqual({
      cgroup: "v1",
      memoryBytes: 2 ** 33,
      clockAheadMs: -250,
      line: 5,
    });
    expect(node("new-1")).toBeUndefined();
  });
});

describe("an empty scenario", () => {
  it("is what the environment asks for, and says nothing", () => {
    const told: EnvironmentAnswers & RegistryScenario = scenarioAnswers(emptyScenario);
    expect(told.process({ pod: "default/web", run: 1 })).toBeUndefined();
    expect(told.pull("app:1", 1, "default/web")).toBeUndefined();
  });
});

describe("a glob", () => {
  it("fits as the regular expression with .* for each star does", () => {
    const piece = fc.constantFrom("*", "a", "b", "ab");
    const glob = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(glob, fc.stringMatching(/^[ab]{0,8}$/), (pattern, name) => {
        const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name);
        expect(matchesGlob(pattern, name)).toBe(expected);
      }),
    );
  });
});
