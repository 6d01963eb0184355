import { describe, expect, it } from "vitest";

import { ActorTable, notStarted } from "../../src/system/actor-table.ts";
import { type Actor, addressOf } from "../../src/system/composition.ts";
import type { Pending } from "../../src/system/delivery.ts";

function pending(to: Actor, key: string): Pending {
  const event = { type: "tick" };
  const nothing = { from: undefined, origin: undefined, view: undefined, detail: undefined };
  return { due: 0, seq: 1, to, ...nothing, cause: 0, event, key, periodic: false };
}

function addressesOf(actors: ActorTable): readonly string[] {
  return [...actors].map(addressOf);
}

describe("an address", () => {
  it.each([
    ["kubelet/node-1", "kubelet", { node: "node-1" }],
    ["podWorker/default/web", "podWorker", { pod: "default/web" }],
    ["container/default/web/app", "container", { pod: "default/web", container: "app" }],
    [
      "probe/default/web/app/liveness",
      "probe",
      { pod: "default/web", container: "app", part: "liveness" },
    ],
    ["volume/default/web/data", "volume", { pod: "default/web", part: "data" }],
    ["apiserver/", "apiserver", {}],
  ])("%s is made of the machine and its subject", (address, machine, subject) => {
    expect(addressOf({ machine, subject })).toBe(address);
  });

  it("belongs to one actor", () => {
    const actors = new ActorTable();
    const lamp = actors.at("lamp", { part: "hall" });
    expect(actors.at("lamp", { part: "hall" })).toBe(lamp);
    expect(actors.find("lamp", { part: "hall" })).toBe(lamp);
    expect(actors.find("lamp", { part: "cellar" })).toBeUndefined();
    expect(actors.size).toBe(1);
  });
});

describe("an actor", () => {
  it("has no local state before its first delivery", () => {
    const actors = new ActorTable();
    const lamp = actors.at("lamp", {});
    expect(actors.localOf(lamp)).toBe(notStarted);
    actors.setLocal(lamp, 7);
    expect(actors.localOf(lamp)).toBe(7);
  });

  it("that ends gives its place away, but not its identity", () => {
    const actors = new ActorTable();
    const first = actors.at("lamp", {});
    actors.setLocal(first, 7);
    actors.end(first);
    const second = actors.at("lamp", {});
    expect([actors.isActor(first), actors.isActor(second)]).toEqual([false, true]);
    expect(actors.localOf(second)).toBe(notStarted);
  });

  it("that ends hands over what was pending for it under a key", () => {
    const actors = new ActorTable();
    const lamp = actors.at("lamp", {});
    const [one, two] = [pending(lamp, "a"), pending(lamp, "b")];
    actors.remember(one);
    actors.remember(two);
    actors.forget(one);
    expect(actors.end(lamp)).toEqual([two]);
    expect([actors.isLive(one), actors.isLive(two)]).toEqual([false, false]);
  });

  it("finds what is pending for it by the key", () => {
    const actors = new ActorTable();
    const [lamp, cat] = [actors.at("lamp", {}), actors.at("cat", {})];
    const tick = pending(lamp, "tick");
    actors.remember(tick);
    expect(actors.pendingOf(lamp, "tick")).toBe(tick);
    expect([actors.pendingOf(lamp, "tock"), actors.pendingOf(cat, "tick")]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe("a table", () => {
  it("has room for any number of actors", () => {
    const actors = new ActorTable();
    const all = Array.from({ length: 1_000 }, (_, at) => actors.at("lamp", { part: String(at) }));
    for (const [at, actor] of all.entries()) actors.setLocal(actor, at);
    expect(all.map((actor) => actors.localOf(actor))).toEqual(all.map((_, at) => at));
  });

  it.each(["the copy", "the original"])("is left as it was when %s is written to", (which) => {
    const original = new ActorTable();
    const [lamp, cat] = [original.at("lamp", {}), original.at("cat", {})];
    original.remember(pending(cat, "tick"));
    const copy = original.fork();
    const [written, other] = which === "the copy" ? [copy, original] : [original, copy];
    written.end(lamp);
    written.at("button", {});
    written.setLocal(cat, 7);
    written.remember(pending(cat, "tock"));
    expect(addressesOf(written).toSorted()).toEqual(["button/", "cat/"]);
    expect(addressesOf(other)).toEqual(["lamp/", "cat/"]);
    expect([other.localOf(cat), other.pendingOf(cat, "tock")]).toEqual([notStarted, undefined]);
    expect(other.pendingOf(cat, "tick")).toBe(written.pendingOf(cat, "tick"));
  });
});
