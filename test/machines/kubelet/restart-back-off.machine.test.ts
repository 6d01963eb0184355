import { describe, expect, it } from "vitest";

import { newCrashLoopBackOff } from "../../../machines/kubelet/restart-back-off.ts";
import { RestartedPod } from "../../support/restarts.ts";

const backOff = { ...newCrashLoopBackOff({}), forgettingMs: 600_000 };
const pod = { name: "web", namespace: "default", uid: "u" };

function running(): RestartedPod {
  const web = new RestartedPod({ restartPolicy: "Always", container: "app", pod, backOff });
  web.look();
  return web;
}

/** Ends at once after each start, and is looked at every second; when it was started. */
function startsOfCrashLoop(untilMs: number): readonly number[] {
  const web = running();
  const starts: number[] = [];
  web.exit(1);
  for (let atMs = 0; atMs <= untilMs; atMs += 1_000) {
    web.advanceTo(atMs);
    if (web.look().answer?.type !== "restart.allowed") continue;
    starts.push(atMs / 1_000);
    web.exit(1);
  }
  return starts;
}

describe("restartBackOff", () => {
  it("restarts at once, then after 10 s, 20 s, 40 s and so on to 300 s", () => {
    expect(startsOfCrashLoop(1_000_000)).toEqual([0, 10, 30, 70, 150, 310, 610, 910]);
  });

  it("counts the window from the exit, however long the container ran", () => {
    const web = running();
    web.exit(0);
    web.look();
    web.advanceTo(100_000);
    web.exit(0);
    web.advanceTo(109_999);
    expect(web.look().detail).toMatchObject({ backOffUntilMs: 110_000 });
    web.advanceTo(110_000);
    expect(web.look().answer?.type).toBe("restart.allowed");
  });

  it("goes on counting from the same exit when a start came to nothing", () => {
    const web = running();
    web.exit(1);
    expect([web.ask(), web.ask()]).toEqual(["restart.allowed", "restart.refused"]);
    web.advanceTo(10_000);
    expect([web.ask(), web.ask()]).toEqual(["restart.allowed", "restart.refused"]);
    web.advanceTo(20_000);
    expect(web.ask()).toBe("restart.allowed");
  });

  it.each([
    [600_000, 20_000],
    [600_001, 10_000],
  ])("after a run of %i ms the next delay is %i ms", (runsMs, delayMs) => {
    const web = running();
    web.exit(1);
    web.look();
    web.advanceTo(runsMs);
    web.exit(1);
    web.advanceTo(runsMs + 10_000);
    web.look();
    expect(web.entryMs).toBe(delayMs);
  });

  it("is emptied by housekeeping ten minutes after the start, while it waits too", () => {
    const web = running();
    web.exit(1);
    web.look();
    web.advanceTo(599_000);
    web.exit(1);
    web.advanceTo(600_001);
    expect(web.look().answer?.type).toBe("restart.refused");
    web.collect();
    expect([web.entryMs, web.look().answer?.type]).toEqual([0, "restart.allowed"]);
  });

  it("begins anew with another image", () => {
    const web = running();
    web.exit(1);
    web.look();
    web.exit(1);
    expect(web.look().answer?.type).toBe("restart.refused");
    web.redefine({ image: "app:2" });
    expect(web.look().answer?.type).toBe("restart.allowed");
    expect(web.entryMs).toBe(10_000);
  });

  it("lets a container without an ended one start and remembers nothing", () => {
    const web = running();
    expect([web.starts, web.entryMs]).toEqual([1, 0]);
  });
});
