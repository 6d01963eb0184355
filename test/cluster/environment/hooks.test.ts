import { describe, expect, it } from "vitest";

import type { Pod } from "../../../machines/api/pod.ts";
import { Cluster } from "../../../src/cluster/cluster.ts";
import { buildContainer, buildPod } from "../../support/build.ts";

const preStop = { exec: { command: ["sleep", "60"] } };

/** A pod with a preStop hook and 5 s of grace is deleted at 10 s; its Events with their times. */
function deleted(pod: Pod, hookTakesMs: number): readonly string[] {
  const cluster = Cluster.create({
    objects: [pod],
    scenario: {
      file: "",
      environment: [
        {
          line: 1,
          when: {},
          hooks: { preStop: { line: 1, takesMs: hookTakesMs } },
          process: { line: 1, onStop: "ignored" },
        },
      ],
      steps: [],
    },
  });
  cluster.run(9_999);
  cluster.delete("Pod", "default/web");
  cluster.run(120_000);
  const events = cluster.eventsOf(pod).map(({ reason, message }) => `${reason}: ${message}`);
  return events.slice(events.findIndex((text) => text.startsWith("Killing")));
}

function podWith(hook: NonNullable<Pod["spec"]["containers"][0]["lifecycle"]>["preStop"] & object) {
  const app = buildContainer("app", { lifecycle: { preStop: hook } });
  return buildPod("web", { containers: [app], terminationGracePeriodSeconds: 5 });
}

describe("hooksOf", () => {
  it("lets a command's hook end with its container, which is a failure", () => {
    const events = ["Killing: Stopping container app", "FailedPreStopHook: PreStopHook failed"];
    expect(deleted(podWith(preStop), 60_000)).toEqual(events);
  });

  it("says nothing of a hook that ends in time", () => {
    expect(deleted(podWith(preStop), 2_000)).toEqual(["Killing: Stopping container app"]);
  });
});
