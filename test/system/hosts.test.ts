import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ActorRefLike, assign, setup } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { type ChoicesOptions, createChoices } from "../../src/choice/choices.ts";
import type { Cluster } from "../../src/cluster/cluster.ts";
import { addressOf, type Composition } from "../../src/system/composition.ts";
import type { Delivery } from "../../src/system/delivery.ts";
import type { LocalState } from "../../src/system/effects.ts";
import type { KernelEvent } from "../../src/system/kernel-event.ts";
import { machines } from "../../src/system/routes.ts";
import { XStateHost } from "../../src/system/xstate-host.ts";
import { randomScript } from "../support/random-scripts.ts";
import { type Room, roomSystem, thing } from "../support/room.ts";
import { playing, type Script, scriptOf } from "../support/scripts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const livesFiles = { manifest: "lives.yaml", scenario: "lives.scenario.yaml" };
const lives = scriptOf(`${root}docs/examples`, livesFiles);

const scripts: readonly (readonly [string, Script])[] = [
  ["docs/examples/lives", lives],
  ...["test/scenarios", "test/recordings"].flatMap((parent) =>
    readdirSync(`${root}${parent}`)
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(`${root}${folder}/scenario.yaml`))
      .map((folder) => [folder, scriptOf(`${root}${folder}`)] as const),
  ),
];

/** All that happens, delivery by delivery, and how everything stands at the end. */
function told(cluster: Cluster, { untilMs }: Script) {
  const deliveries: Delivery[] = [];
  cluster.observe((delivery) => deliveries.push(delivery));
  cluster.run(untilMs);
  return { deliveries, end: cluster.save() };
}

/** Where the two hosts part; undefined when they never do. */
function parting(script: Script, choices: ChoicesOptions = {}, receivers = new Set<string>()) {
  const kernel = told(playing(script, choices), script);
  const live = told(playing(script, { ...choices, host: new XStateHost() }), script);
  const [expected, got] = [kernel, live].map(({ deliveries }) =>
    deliveries.map((delivery) => JSON.stringify(delivery)),
  );
  for (const { to } of live.deliveries) receivers.add(to.split("/")[0] ?? "");
  const at = expected?.findIndex((line, index) => line !== got?.[index]) ?? 0;
  if (at >= 0) return [expected?.[at], got?.[at]];
  if (expected?.length !== got?.length) return [expected?.length, got?.length];
  return JSON.stringify(kernel.end) === JSON.stringify(live.end) ? undefined : "the end";
}

describe("both hosts tell the same", () => {
  it.each(scripts)("of %s", (_, script) => {
    expect(parting(script)).toBeUndefined();
  });

  it("of 200 random manifests, environments, faults and seeds", { timeout: 180_000 }, () => {
    const stepped = new Set<string>();
    const property = fc.property(randomScript(), fc.nat(), (script, seed) => {
      expect(parting(script, { seed }, stepped)).toBeUndefined();
    });
    fc.assert(property, { numRuns: 200, seed: 1, endOnFailure: true });
    expect(Object.keys(machines).filter((id) => !stepped.has(id))).toEqual([]);
  });

  it("of actors that end, by themselves or not, and of their successors", () => {
    const [kernel, live] = [undefined, new XStateHost()].map((host) => {
      const { system, trace } = roomSystem({ settle: endCellar }, createChoices(), host);
      for (const place of ["hall", "cellar"]) system.send({ to: thing("lamp", place), event: on });
      system.send({ to: thing("lamp", "hall"), event: { type: "lamp.hit" } });
      system.run(1_000);
      return { trace, end: system.save() };
    });
    expect(live).toEqual(kernel);
    expect(live?.trace).toHaveLength(7);
  });
});

const on = { type: "lamp.on" };

/** Ends a lit lamp from outside, and later lights both lamps again. */
function endCellar({ seq, send, end }: Parameters<SettleOfRoom>[0]): void {
  if (seq === 2) end([thing("lamp", "cellar")]);
  if (seq !== 3) return;
  for (const place of ["hall", "cellar"]) send({ to: thing("lamp", place), event: on });
}

type SettleOfRoom = NonNullable<Composition<Room>["settle"]>;

describe("live actors", () => {
  it("run the machines of the catalogue, as an inspector sees", () => {
    const [host, seen] = [new XStateHost(), new Array<ActorRefLike>()];
    host.system.inspect(({ type, actorRef }) => {
      if (type === "@xstate.actor") seen.push(actorRef);
    });
    playing(lives, { host }).run(60_000);
    const run = new Set(seen.map((ref) => ref.getSnapshot().machine));
    const known = Object.values(catalogue);
    expect([...run].filter((machine) => !known.includes(machine))).toEqual([]);
    expect(run.size).toBeGreaterThan(15);
  });

  it("stand under their addresses in XState's own system", () => {
    const host = new XStateHost();
    const cluster = playing(lives, { host });
    cluster.run(60_000);
    const actors = [...cluster.system.actors].filter(({ machine }) => machine in machines);
    expect(Object.keys(host.system.getAll()).toSorted()).toEqual(actors.map(addressOf).toSorted());
    expect(host.system.get("podPhase/default/batch").getSnapshot().value).toBe("Succeeded");
  });

  it("hear events and timers through XState, and are heard", () => {
    const host = new XStateHost();
    const { system } = roomSystem({}, createChoices(), host);
    system.send({ to: thing("lamp", "hall"), event: { type: "lamp.off" } });
    system.step();
    const lamp = host.system.get("lamp/hall");
    const heard: string[] = [];
    lamp.on("*", ({ type }: KernelEvent) => heard.push(type));
    lamp.subscribe(({ value }: LocalState) => heard.push(String(value)));
    system.send({ to: thing("lamp", "hall"), event: on });
    system.run(1_000);
    expect(heard).toEqual(["lamp.shone", "lit", "lamp.darkened", "dark"]);
  });

  it("are forked by nobody", () => {
    const cluster = playing(lives, { host: new XStateHost() });
    expect(() => cluster.fork()).toThrow("live actors cannot be forked");
  });
});

describe("an exception in a live actor", () => {
  const at = { exists: () => true, input: () => ({}) };
  const touched = { to: thing("vase", "hall"), event: { type: "touch" } };

  it("stops the run and names actor, state and event", () => {
    const vase = setup({ actions: { fall: assign(() => fail("it is cracked")) } }).createMachine({
      initial: "standing",
      states: { standing: { on: { touch: { actions: "fall" } } } },
    });
    const changes = { machines: { vase: { ...at, machine: vase } } };
    const { system } = roomSystem(changes, createChoices(), new XStateHost());
    system.send(touched);
    expect(() => system.run(0)).toThrow(
      'vase/hall in state "standing" on {"type":"touch"}: it is cracked',
    );
  });

  it("stops it at the actor's beginning as well", () => {
    const vase = setup({}).createMachine({ context: () => fail("no clay") });
    const changes = { machines: { vase: { ...at, machine: vase } } };
    const { system } = roomSystem(changes, createChoices(), new XStateHost());
    system.send(touched);
    expect(() => system.run(0)).toThrow(
      'vase/hall in its initial state on {"type":"touch"}: no clay',
    );
  });
});

function fail(message: string): never {
  throw new Error(message);
}
