import { describe, expect, it } from "vitest";

import type { EvictionManagerEvent } from "../../../machines/kubelet/eviction-facts.ts";
import { evictionManagerMachine } from "../../../machines/kubelet/eviction-manager.machine.ts";
import type { EvictionManagerInput } from "../../../machines/kubelet/eviction-settings.ts";
import type { ThresholdView } from "../../../machines/kubelet/eviction-pass.ts";
import type { PodOverLimit } from "../../../machines/kubelet/eviction-view.ts";
import { createChoices } from "../../../src/choice/choices.ts";
import { stepperOf } from "../../../src/system/stepper.ts";
import { System } from "../../../src/system/system.ts";
import { evictionComposition, manager } from "../../support/eviction-system.ts";
import { emptyRecord, EvictionWorld } from "../../support/eviction-world.ts";

const usual: EvictionManagerInput = {
  pressureTransitionPeriodMs: 300_000,
  maxPodGracePeriodSeconds: 0,
  localStorageCapacityIsolation: true,
  fileSystems: { dedicatedImageFs: false, dedicatedContainerFs: false },
};
const met = { kind: "hard", level: "met", statsAreNew: true, isDerived: false } as const;
const memory: ThresholdView = { ...met, signal: "memory.available" };
const nodefs: ThresholdView = { ...met, signal: "nodefs.available" };
const softPid: ThresholdView = { ...met, kind: "soft", signal: "pid.available" };
const somebody = { slot: 3, isCritical: false };

/** A started manager whose requests nobody answers but the test. */
function given(input: Partial<EvictionManagerInput> = {}) {
  const world = new EvictionWorld({ ...emptyRecord, input: { ...usual, ...input } });
  const routes = Object.keys(evictionComposition.routes["evictionManager"] ?? {});
  const unanswered = { evictionManager: Object.fromEntries(routes.map((fact) => [fact, []])) };
  const composition = { ...evictionComposition, routes: unanswered };
  const system = System.create(composition, world, createChoices());
  const facts: { readonly type: string; readonly atSeconds: number }[] = [];
  system.observer = (delivery) => {
    facts.push(...delivery.facts.map((fact) => ({ ...fact, atSeconds: delivery.at / 1_000 })));
  };
  const test = {
    send(...events: readonly EvictionManagerEvent[]) {
      for (const event of events) {
        system.send({ to: manager, event });
        system.advanceTo(system.now);
      }
      return test;
    },
    observe: (thresholds: readonly ThresholdView[], overLimit: readonly PodOverLimit[] = []) =>
      test.send({ type: "stats.observed", thresholds, overLimit }),
    at(seconds: number) {
      system.advanceTo(seconds * 1_000);
      return test;
    },
    all: (type: string) => facts.filter((fact) => fact.type === type),
    last: () => facts.at(-1),
    state: () => {
      const local = system.actors.localOf(system.actors.at(manager.machine, manager.subject));
      return JSON.stringify(stepperOf(evictionManagerMachine).stateOf(local).value);
    },
  };
  return test.send({ type: "kubelet.started" });
}

describe("evictionManager", () => {
  it("looks every 10 s while nothing is due", () => {
    const manages = given().observe([]).at(10).observe([]).at(29);
    const times = manages.all("stats.requested").map(({ atSeconds }) => atSeconds);
    expect(times).toEqual([0, 10, 20]);
  });

  it("evicts the first pod that is not critical, with 1 s for a hard threshold", () => {
    const manages = given().observe([memory]);
    expect(manages.last()).toMatchObject({ type: "pods.rankRequested", signal: memory.signal });
    manages.send({ type: "pods.ranked", pods: [{ slot: 0, isCritical: true }, somebody] });
    const threshold = { kind: "hard", signal: memory.signal };
    const eviction = { type: "pod.evictionRequested", slot: 3, threshold, gracePeriodSeconds: 1 };
    expect(manages.last()).toMatchObject(eviction);
  });

  it("evicts nobody where all are critical", () => {
    const pods = [{ slot: 0, isCritical: true }];
    const manages = given().observe([memory]).send({ type: "pods.ranked", pods });
    expect(manages.all("pod.evictionRequested")).toEqual([]);
    expect(manages.state()).toContain("sleeping");
  });

  it("deletes containers and images first when a disk is full, and stops if that is enough", () => {
    const manages = given().observe([nodefs]);
    expect(manages.last()).toMatchObject({ type: "unusedContainers.deletionRequested" });
    manages.send({ type: "unusedContainers.deleted" });
    expect(manages.last()).toMatchObject({ type: "unusedImages.deletionRequested" });
    manages.send({ type: "unusedImages.deleted" }, { type: "reclaim.measured", isEnough: true });
    expect(manages.all("pods.rankRequested")).toEqual([]);
    expect(manages.state()).toContain("sleeping");
  });

  it("reclaims memory before anything else", () => {
    const manages = given().observe([nodefs, memory]);
    const [event] = manages.all("event.recorded");
    expect(event).toMatchObject({ reason: "EvictionThresholdMet", resource: "memory" });
  });

  it("leaves open which of two disk thresholds it reclaims for", () => {
    const imagefs: ThresholdView = { ...met, signal: "imagefs.inodesFree" };
    const manages = given().observe([nodefs, imagefs]);
    const thresholds = [nodefs, imagefs].map(({ kind, signal }) => ({ kind, signal }));
    expect(manages.all("threshold.choiceRequested")).toMatchObject([{ thresholds }]);
    manages.send({ type: "threshold.chosen", threshold: { kind: "hard", signal: imagefs.signal } });
    expect(manages.all("event.recorded")).toMatchObject([{ resource: "inodes" }]);
  });

  it("evicts nobody on stats that it has seen", () => {
    const manages = given().observe([{ ...memory, statsAreNew: false }]);
    expect(manages.all("nodeCondition.changed")).toMatchObject([{ status: "True" }]);
    expect(manages.all("event.recorded")).toEqual([]);
  });

  it("keeps a threshold due until its minimum reclaim, once it was due", () => {
    const reclaiming: ThresholdView = { ...memory, level: "reclaiming" };
    expect(given().observe([reclaiming]).all("event.recorded")).toEqual([]);
    const manages = given().observe([memory]).send({ type: "pods.ranked", pods: [] }).at(10);
    expect(manages.observe([reclaiming]).all("event.recorded")).toHaveLength(2);
  });

  it("waits for a soft threshold's grace period, and then leaves the pod its own", () => {
    const manages = given({ maxPodGracePeriodSeconds: 60 }).observe([softPid]).at(10);
    expect(manages.all("nodeCondition.changed")).toMatchObject([{ condition: "PIDPressure" }]);
    expect(manages.all("event.recorded")).toEqual([]);
    const pods = [{ ...somebody, terminationGracePeriodSeconds: 30 }];
    manages.send({ type: "gracePeriod.ended", signal: softPid.signal }).observe([softPid]);
    manages.send({ type: "pods.ranked", pods });
    expect(manages.last()).toMatchObject({ gracePeriodSeconds: 30 });
  });

  it("ignores thresholds derived for containerfs in its first pass", () => {
    const derived: ThresholdView = { ...met, signal: "containerfs.available", isDerived: true };
    const manages = given().observe([derived]);
    expect(manages.all("event.recorded")).toEqual([]);
    expect(manages.at(10).observe([derived]).all("event.recorded")).toHaveLength(1);
  });

  it("holds a condition until 5 min after a pass last saw its cause", () => {
    const manages = given().observe([memory]).send({ type: "pods.ranked", pods: [] });
    manages.at(299).observe([]).at(300);
    expect(manages.all("nodeCondition.changed")).toHaveLength(1);
    manages.observe([]);
    const changed = { condition: "MemoryPressure", status: "False", atSeconds: 300 };
    expect(manages.last()).toMatchObject(changed);
  });

  it("never reports a condition that has no transition period", () => {
    const manages = given({ pressureTransitionPeriodMs: 0 }).observe([memory]);
    expect(manages.all("nodeCondition.changed")).toEqual([]);
  });
});

describe("evictionManager, pods over a limit of their own", () => {
  const both: readonly PodOverLimit[] = [
    { slot: 2, limit: "container" },
    { slot: 5, limit: "emptyDir" },
  ];

  it("evicts them all, one after the other, and then nobody else", () => {
    const manages = given().observe([memory], both).send({ type: "pod.killed" });
    const evictions = [
      { slot: 2, cause: "limit", limit: "container", gracePeriodSeconds: 1 },
      { slot: 5, cause: "limit", limit: "emptyDir", gracePeriodSeconds: 1 },
    ];
    expect(manages.all("pod.evictionRequested")).toMatchObject(evictions);
    expect(manages.send({ type: "pod.killed" }).all("event.recorded")).toEqual([]);
  });

  it("lets them be without localStorageCapacityIsolation", () => {
    const manages = given({ localStorageCapacityIsolation: false }).observe([], both);
    expect(manages.all("pod.evictionRequested")).toEqual([]);
  });
});

/** It has told a pod to go and waits for the kill. */
function evicts() {
  return given()
    .observe([memory])
    .send({ type: "pods.ranked", pods: [somebody] });
}

describe("evictionManager, after an eviction", () => {
  it("asks each second whether all is cleaned up, and then looks at once", () => {
    const manages = evicts().send({ type: "pod.killed" }).at(2);
    expect(manages.all("podCleanup.requested").map(({ atSeconds }) => atSeconds)).toEqual([1, 2]);
    expect(manages.send({ type: "pods.cleanedUp" }).last()).toMatchObject({ atSeconds: 2 });
    expect(manages.last()).toMatchObject({ type: "stats.requested" });
  });

  it("waits no longer than 30 s", () => {
    const manages = evicts().send({ type: "pod.killed" }).at(31);
    expect(manages.last()).toMatchObject({ type: "stats.requested", atSeconds: 30 });
  });

  it("gives up waiting for the kill after 10 s and says so", () => {
    const [, exceeded] = evicts().at(10).all("event.recorded");
    expect(exceeded).toMatchObject({ reason: "ExceededGracePeriod", slot: 3, atSeconds: 10 });
  });
});
