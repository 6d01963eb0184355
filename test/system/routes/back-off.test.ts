import { describe, expect, it } from "vitest";

import type { Pod } from "../../../machines/api/pod.ts";
import { createChoices } from "../../../src/choice/choices.ts";
import type { Detail } from "../../../src/system/kernel-event.ts";
import type { NodeConfiguration } from "../../../src/system/node-side.ts";
import { backOffMsOf } from "../../../src/system/projections/back-off.ts";
import {
  backOffMachines,
  backOffRoutes,
  backOffViews,
} from "../../../src/system/routes/back-off.ts";
import { System } from "../../../src/system/system.ts";
import { KubeWorld } from "../../../src/system/world.ts";
import { worldWith } from "../../support/pod-side.ts";

const subject = { pod: "default/web", container: "app" };
const spec = { nodeName: "node-1", containers: [{ name: "app", image: "app:1" }] };
const metadata = { name: "web", namespace: "default", uid: "u" };
const pod: Pod = { apiVersion: "v1", kind: "Pod", metadata, spec };

/** A container that ended at 0 and was started again at once; then it ends and asks as told. */
function crashed(configuration: NodeConfiguration = {}) {
  const world = worldWith(pod, {});
  world.setNode({ ...world.node("node-1"), configuration });
  const told: Detail[] = [];
  const handlers = {
    containerStart: ({
      event,
      detail = {},
    }: {
      event: { type: string };
      detail?: Detail | undefined;
    }) => {
      told.push({ type: event.type, ...detail });
    },
  };
  const composition = {
    machines: backOffMachines,
    routes: backOffRoutes,
    views: backOffViews,
    handlers,
    loadWorld: () => new KubeWorld(0),
  };
  const system = System.create(composition, world, createChoices());
  const to = { machine: "restartBackOff", subject };
  const origin = system.actors.at("containerStart", subject);
  const exit = () => system.send({ to, event: { type: "container.exited" } });
  const ask = (): unknown => {
    const event = { type: "restart.requested", hasExited: true };
    system.send({ to, event, view: "restartRequested", origin });
    system.advanceTo(system.now);
    return told.at(-1);
  };
  exit();
  ask();
  return { world, system, exit, ask, told };
}

describe("restartBackOff in a system", () => {
  it("tells who asked when to come back, and says so in an Event", () => {
    const { world, exit, ask } = crashed();
    exit();
    expect(ask()).toEqual({
      type: "restart.refused",
      message: "back-off 10s restarting failed container=app pod=web_default(u)",
      backOffUntilMs: 10_000,
    });
    expect(world.store.list("Event")).toMatchObject([{ type: "Warning", reason: "BackOff" }]);
    expect(world.side("default/web").backOffUntilMs).toBe(10_000);
  });

  it("is emptied by the housekeeping that comes after the ten minutes", () => {
    const { world, system } = crashed();
    system.advanceTo(601_999);
    expect(backOffMsOf(world, subject)).toBe(10_000);
    system.advanceTo(602_000);
    expect(backOffMsOf(world, subject)).toBe(0);
  });

  it("keeps no run alive", () => {
    expect(crashed().system.isBusy).toBe(false);
  });

  it("ends where the node's configuration says", () => {
    const { exit, ask } = crashed({ crashLoopBackOff: { maxContainerRestartPeriod: "3s" } });
    exit();
    expect(ask()).toMatchObject({ backOffUntilMs: 3_000 });
  });
});
