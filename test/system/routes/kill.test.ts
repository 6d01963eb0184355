import { describe, expect, it } from "vitest";

import type { ContainerRecord } from "../../../machines/kubelet/runtime-status.ts";
import { killViews } from "../../../src/system/routes/kill.ts";
import { buildContainer, buildPod } from "../../support/build.ts";
import { worldWith } from "../../support/pod-side.ts";

const subject = { pod: "default/web" };

function record(name: string, state: ContainerRecord["state"] = "running"): ContainerRecord {
  return { name, id: `containerd://${name}`, state };
}

/** The event that a view of that name makes of a fact about the pod's container `app`. */
function viewed(view: string, fact: object, containers: readonly ContainerRecord[] = []): unknown {
  const sidecar = buildContainer("log", { restartPolicy: "Always" });
  const app = buildContainer("app", { livenessProbe: { terminationGracePeriodSeconds: 3 } });
  const pod = buildPod("web", { containers: [app], initContainers: [sidecar] });
  const world = worldWith(pod, { containers });
  const to = { ...subject, container: "app" };
  const about = { fact: { type: "", ...fact }, from: subject, to, now: 0, detail: undefined };
  return killViews[view]?.(world, about);
}

describe("podToKill", () => {
  it("names those who run, the oldest first and the others from the newest on", () => {
    const newestFirst = [record("app"), record("late", "exited"), record("log")];
    const event = viewed("podToKill", {}, newestFirst);
    expect(event).toMatchObject({ running: ["i0", "c0"], hasSandbox: false });
  });

  it("orders a pod with sidecars, and keeps the period that it was given", () => {
    const ordering = { prerequisites: { i0: ["c0"], c0: [] }, running: ["c0"] };
    const event = viewed("podToKill", { gracePeriodSeconds: 7 }, [record("app")]);
    expect(event).toMatchObject({ gracePeriodSeconds: 7, ordering });
  });
});

describe("killRequested", () => {
  it("gives a container the period of the probe that failed", () => {
    const event = viewed("killRequested", { reason: "LivenessProbe", message: "dead" });
    const expected = { reason: "LivenessProbe", message: "dead", graceSeconds: 3, isInSpec: true };
    expect(event).toMatchObject(expected);
  });

  it("lets the given period beat every other, even if it is 0", () => {
    const fact = { reason: "LivenessProbe", message: "", gracePeriodSeconds: 0 };
    expect(viewed("killRequested", fact)).toMatchObject({ graceSeconds: 0 });
  });

  it("says the reason of a failed postStart hook, which brings no sentence", () => {
    const event = viewed("killRequested", { reason: "FailedPostStartHook" });
    expect(event).toMatchObject({ message: "FailedPostStartHook", graceSeconds: 30 });
  });
});
