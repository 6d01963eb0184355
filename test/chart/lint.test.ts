import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { lintChart } from "../../src/chart/lint.ts";
import type { Implementation } from "../../src/chart/names.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

const door = readFileSync(fileURLToPath(new URL("fixtures/door.yaml", import.meta.url)), "utf8");

const implementation: Implementation = {
  file: "door.machine.js",
  guards: ["isArmed"],
  actions: ["announce", "report"],
  delays: ["closer"],
};

describe("lint", () => {
  it("finds nothing in a good chart", () => {
    expect(lint(door)).toEqual([]);
  });

  it.each([
    [
      "an unknown key",
      "tags: [P",
      "tagz: [P",
      "door.yaml:34:5: states.open.tagz: expected one of the fields description, source,",
      'got "tagz"; did you mean "tags"?',
    ],
    [
      "an unknown key of a chart",
      "emits:",
      "emit:",
      "door.yaml:6:1: emit: expected one of the fields id, events, emits,",
      'got "emit"; did you mean "emits"?',
    ],
    [
      "an unknown key of a transition",
      "actions: announce",
      "actions: announce\n            reentr: true",
      'door.yaml:20:13: states.closed.states.unlocked.on["door.pushed"].reentr: expected',
      'did you mean "reenter"?',
    ],
    [
      "an unknown key of a guard",
      "params: { vol",
      "parms: { vol",
      'door.yaml:29:39: states.closed.states.locked.on["door.pushed"][0].guard.parms: expected one of the fields type, params',
      'did you mean "params"?',
    ],
    [
      "a target that is no sibling",
      "door.unlocked: unlocked",
      "door.unlocked: unlokced",
      'door.yaml:24:26: states.closed.states.locked.on["door.unlocked"]: expected a sibling, a .child, or a state as #id.path',
      'got "unlokced"; did you mean "unlocked"?',
    ],
    [
      "a target that is elsewhere",
      '"#door.open"',
      "open",
      'door.yaml:18:21: states.closed.states.unlocked.on["door.pushed"].target: expected',
      'got "open"; did you mean "#door.open"?',
    ],
    [
      "a target of another machine",
      "#door.open",
      "#dor.open",
      "door.yaml:18:21: ",
      'got "#dor.open"; did you mean "#door.open"?',
    ],
    [
      "a wrong initial",
      "initial: unlocked",
      "initial: unlokced",
      "door.yaml:11:14: states.closed.initial: expected the key of a child state, one of unlocked, locked",
      'got "unlokced"; did you mean "unlocked"?',
    ],
    [
      "a missing initial",
      "initial: unlocked",
      "exit: report",
      "door.yaml:9:3: states.closed.initial: expected the key of a child state, one of unlocked, locked",
      "got nothing",
    ],
    [
      "an initial without states",
      "tags: [Passable]",
      "initial: ajar",
      "door.yaml:34:14: states.open.initial: expected child states",
      'got "ajar"',
    ],
    [
      "an event that the chart does not have",
      "door.locked: locked",
      "door.loked: locked",
      'door.yaml:16:11: states.closed.states.unlocked.on["door.loked"]: expected one of the chart\'s events',
      'did you mean "door.locked"?',
    ],
    [
      "a wildcard of no event",
      "door.locked: locked",
      "gate.*: locked",
      "door.yaml:16:11: ",
      'got "gate.*"',
    ],
    [
      "a guard that nobody implements",
      "type: isArmed",
      "type: isAmred",
      'door.yaml:29:30: states.closed.states.locked.on["door.pushed"][0].guard.type: expected an implemented guard',
      'did you mean "isArmed"?',
    ],
    [
      "a guard that is implemented and unused",
      "guard: {",
      "meta: {",
      "door.yaml:2:1: expected a use of every implemented guard",
      'got none of "isArmed", which door.machine.js implements',
    ],
    [
      "an action that nobody implements",
      "actions: announce",
      "actions: anounce",
      "door.yaml:19:22: ",
      'expected an implemented action, got "anounce"; did you mean "announce"?',
    ],
    [
      "a delay that nobody implements",
      "closer: closed",
      "closr: closed",
      "door.yaml:36:7: states.open.after.closr: expected an implemented delay",
      'did you mean "closer"? an unknown delay fires at once',
    ],
    [
      "a key that comes twice",
      "emits:",
      "id: dor\nemits:",
      "door.yaml:6:1: expected each key once",
      'got a second "id", the first is in line 2',
    ],
    [
      "a state without description",
      "description: A push opens it.",
      "exit: report",
      "door.yaml:13:7: states.closed.states.unlocked.description: expected a description",
      "got nothing",
    ],
    [
      "a state that nothing leads to",
      "door.locked: locked",
      "door.locked: unlocked",
      "door.yaml:20:7: states.closed.states.locked: expected a transition or an initial that leads here",
      "got none",
    ],
    [
      "a source without function",
      "pkg/door/door.go Open, Close",
      "pkg/door/door.go",
      "door.yaml:4:9: source: expected an upstream file and function",
      'got "pkg/door/door.go"',
    ],
    [
      "a source that is no KEP",
      "KEP-1234",
      "KEP 1234",
      "door.yaml:22:17: states.closed.states.locked.source: expected",
      "a KEP (KEP-753)",
    ],
    [
      "a gate that Kubernetes lacks",
      "gate: NodeSwap",
      "gate: NodeSwop",
      "door.yaml:27:21: ",
      'did you mean "NodeSwap"?',
    ],
    [
      "a minor that is a number",
      '"1.34"',
      "1.34",
      'door.yaml:28:22: states.closed.states.locked.on["door.pushed"][0].since: expected a Kubernetes minor in quotes',
      "got 1.34",
    ],
    [
      "a minor that is none",
      '"1.34"',
      '"v1.34"',
      "door.yaml:28:22: ",
      'expected a Kubernetes minor, as 1.35, got "v1.34"',
    ],
    [
      "a history state",
      "tags: [Passable]",
      "type: history",
      "door.yaml:34:11: states.open.type: expected one of atomic, compound, parallel, final",
      "charts have no history states",
    ],
    [
      "a missing schema line",
      "$schema=",
      "schema ",
      "door.yaml:1:1: expected the first line # yaml-language-server: $schema=",
      'got "# yaml-language-server: schema',
    ],
    [
      "an empty value",
      "closer: closed",
      "closer:",
      "door.yaml:36:14: states.open.after.closer: expected a target, a transition, or a list of them",
      "got nothing",
    ],
  ])("finds %s, and nothing else", (_, from, to, place, rest) => {
    expect(door).toContain(from);
    const found = lint(door.replace(from, to));
    expect(found).toEqual([expect.stringContaining(place)]);
    expect(found[0]).toContain(rest);
  });

  it("finds all mistakes in one run, in the order of the text", () => {
    const bad = door.replace("KEP-1234", "KEP").replace("emits:", "emit:").replace("gate:", "gat:");
    expect(lint(bad).map((line) => line.split(" ")[0])).toEqual([
      "door.yaml:6:1:",
      "door.yaml:22:17:",
      "door.yaml:27:15:",
    ]);
  });

  it("says nothing about names when there is no implementation", () => {
    expect(lintChart(door.replace("closer:", "closr:"), "door.yaml")).toEqual([]);
  });
});

describe("lint of the way through a chart", () => {
  it.each([
    [
      "a state in which nothing happens",
      "a: { on: { go: b } }, b: {}",
      "b: expected a transition here",
    ],
    [
      "a circle of always",
      "a: { always: b }, b: { always: a }",
      "a.always: expected a guard in a circle",
    ],
    ["always without a target", "a: { always: { actions: x } }", "a.always: expected a guard"],
    [
      "a circle through an initial state",
      "a: { always: b }, b: { initial: c, states: { c: { always: '#m.a' } } }",
      "a.always: expected a guard in a circle of always, got none in c, a",
    ],
    [
      "a branch after one without guard",
      "a: { on: { go: [b, a] } }, b: { on: { go: a } }",
      "a.on.go[1]: expected a guard on every branch but the last, got a branch after the one in line",
    ],
    [
      "a branch of a gate after one for all",
      "a: { on: { go: [{ actions: x }, { gate: NodeSwap }] } }",
      "a.on.go[1]: expected a guard",
    ],
    [
      "a region with an initial",
      "a: { type: parallel, initial: b, states: { b: { on: { go: .c }, initial: c, states: { c: {} } } } }",
      "a.initial: expected no initial",
    ],
    ["a target from the root", "a: { on: { go: a } } }, on: { go: a", "on.go: expected a sibling"],
  ])("finds %s", (_, states, expected) => {
    expect(lintStates(states)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    [
      "a circle of always with a guard",
      "a: { always: [{ guard: g, target: b }] }, b: { always: a }",
    ],
    ["a final state", "a: { on: { go: b } }, b: { type: final }"],
    ["a transition of the state around", "a: { initial: b, on: { go: a }, states: { b: {} } }"],
    ["a branch after one of a gate", "a: { on: { go: [{ gate: NodeSwap }, { actions: x }] } }"],
    [
      "all regions of a parallel state",
      "a: { on: { go: b.c.d } }, b: { type: parallel, states: { c: { initial: d, on: { go: .d }, states: { d: {} } }, e: { on: { go: '#m.a' } } } }",
    ],
  ])("accepts %s", (_, states) => {
    expect(lintStates(states)).toEqual([]);
  });
});

function lint(text: string): readonly string[] {
  return lintChart(text, "door.yaml", implementation).map(formatIssue);
}

/** A chart of these states, each of which gets a description. */
function lintStates(states: string): readonly string[] {
  const described = states.replace(/\b([a-e]): \{/g, "$1: { description: A state.,");
  const text = `# yaml-language-server: $schema=chart.schema.json
{ id: m, events: [go], initial: a, states: { ${described} } }
`;
  return lintChart(text, "m.yaml").map(formatIssue);
}
