import { describe, expect, expectTypeOf, it } from "vitest";
import { type AnyStateMachine, createActor } from "xstate";

import { gateIsOn, gates, isWithin, minors } from "../../machines/feature-gates.ts";
import { everyVersionOf, forVersion, type KubernetesVersion } from "../../machines/for-version.ts";
import * as index from "../../machines/index.ts";
import { dot } from "../../src/diagram/dot.ts";
import { mermaid } from "../../src/diagram/mermaid.ts";
import {
  allStates,
  type Outline,
  outlineOf,
  type OutlineTransition,
} from "../../src/diagram/outline.ts";
import { svg } from "../../src/diagram/svg.ts";

const { catalogue, containerMachine, samples } = index;
const variants = Object.entries(catalogue).flatMap(([id, machine]) => {
  return versionsOf(machine).map((asked) => ({ id, machine, asked, name: nameOf(id, asked) }));
});

describe.each(variants)("$name", ({ id, machine, asked }) => {
  const version = forVersion(machine, asked);
  const outline = outlineOf(version);
  const whole = outlineOf(everyVersionOf(machine));

  it("is drawn with the transitions of its states that this version has, and no others", () => {
    const states = new Map(allStates(whole.root).map((state) => [state.path, state]));
    for (const { path, transitions } of allStates(outline.root)) {
      const all = states.get(path)?.transitions ?? [];
      expect(transitions.map(toldOf)).toEqual(all.filter((one) => has(one, asked)).map(toldOf));
    }
  });

  it("is drawn with the states that something of this version leads to", () => {
    const paths = allStates(outline.root).map(({ path }) => path);
    expect(paths).toEqual(allStates(whole.root).flatMap(({ path }) => keptIn(outline, path)));
    const text = mermaid(outline);
    const keys = outline.root.states.flatMap(allStates).map(({ key }) => key);
    expect(keys.filter((key) => !text.includes(key))).toEqual([]);
    expect(dot(outline)).toContain(`digraph`);
  });

  it("lives in an app, and takes what replaces its names", () => {
    const { inputs, events } = samples[id] ?? { inputs: [], events: [] };
    const { guards, actions, delays } = machine.implementations;
    const replaced = version.provide({ guards: { ...guards }, actions, delays });
    for (const input of inputs) {
      const [own, other] = [version, replaced].map((one) => createActor(one, { input }).start());
      for (const event of events) {
        own?.send(event);
        other?.send(event);
        expect(other?.getSnapshot().value).toEqual(own?.getSnapshot().value);
      }
      expect(own?.getSnapshot().status).not.toBe("error");
      own?.stop();
      other?.stop();
    }
  });
});

describe("a machine with a gate switched the other way", () => {
  const switched = gatedMachines().map(({ id, machine, gate }) => {
    const featureGates = { [gate]: !gateIsOn(gate, "1.35") };
    return { id, gate, machine: forVersion(machine, { featureGates }), usual: machine };
  });

  it("is one of these", () => {
    expect(switched.map(({ id, gate }) => `${id} ${gate}`)).toEqual([
      "podSync RestartAllContainersOnContainerExits",
      "imagePull KubeletEnsureSecretPulledImages",
      "container RestartAllContainersOnContainerExits",
      "podConditions RestartAllContainersOnContainerExits",
      "kubelet NodeDeclaredFeatures",
    ]);
  });

  it.each(switched)("is another picture: $id with $gate", async ({ machine, usual }) => {
    const [picture, before] = await Promise.all([machine, usual].map((one) => svg(outlineOf(one))));
    expect(picture).not.toBe(before);
    for (const { states, key } of allStates(outlineOf(machine).root)) {
      if (states.length === 0) expect(picture).toContain(`>${key}<`);
    }
  });
});

it("a machine of another version has the same input, events and names to replace", () => {
  const older = forVersion(containerMachine, { version: "1.34" });
  expectTypeOf(older).toEqualTypeOf(containerMachine);
  // @ts-expect-error a container machine must know whether there are init containers
  createActor(forVersion(containerMachine, { version: "1.36" }), { input: {} });
  // @ts-expect-error no such release is modelled
  expect(forVersion(containerMachine, { version: "1.12" }).id).toBe("container");
});

/** Each minor as it is, and with each gate of the machine on and off; two, if it has one version. */
function versionsOf(machine: AnyStateMachine): readonly KubernetesVersion[] {
  const named = gatesIn(machine);
  const branches = allStates(outlineOf(everyVersionOf(machine)).root).flatMap((state) => {
    return state.transitions;
  });
  const isSame = branches.every(({ gate, since, until }) => !(gate ?? since ?? until));
  return (isSame ? (["1.32", "1.36"] as const) : minors).flatMap((version) => [
    { version },
    ...named.flatMap((gate) =>
      [true, false].map((isOn) => ({ version, featureGates: { [gate]: isOn } })),
    ),
  ]);
}

function gatesIn(machine: AnyStateMachine): readonly string[] {
  const states = allStates(outlineOf(everyVersionOf(machine)).root);
  const named = states.flatMap(({ transitions }) => transitions.map(({ gate }) => gate));
  return gates.map(({ name }) => name).filter((name) => named.includes(name));
}

function gatedMachines() {
  return Object.entries(catalogue).flatMap(([id, machine]) =>
    gatesIn(machine).map((gate) => ({ id, machine, gate })),
  );
}

function nameOf(id: string, { version, featureGates = {} }: KubernetesVersion): string {
  const set = Object.entries(featureGates).map(
    ([gate, isOn]) => `, ${gate} ${isOn ? "on" : "off"}`,
  );
  return `${id} of ${version}${set.join("")}`;
}

function has({ gate, since, until }: OutlineTransition, asked: KubernetesVersion): boolean {
  const { version = "1.35", featureGates } = asked;
  const isOn = gate === undefined || gateIsOn(gate, version, featureGates);
  return isOn && isWithin(version, since, until);
}

/** Everything but its number among the branches, which others may have left. */
function toldOf(transition: OutlineTransition): object {
  return { ...transition, branch: 0 };
}

/** The state, if it is where the machine or a state begins, or where a transition leads. */
function keptIn({ root }: Outline, path: string): readonly string[] {
  const states = allStates(root);
  const entered = states.flatMap(({ initial = [], transitions, type, states: children }) => [
    ...[initial].flat(),
    ...(type === "parallel" ? children.map((child) => child.path) : []),
    ...transitions.flatMap(({ targets }) => targets),
  ]);
  const isEntered = entered.some((one) => one === path || one.startsWith(`${path}.`));
  return path === "" || isEntered ? [path] : [];
}
