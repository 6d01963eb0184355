import { describe, expect, it } from "vitest";

import { imagePullerMachine } from "../../../machines/kubelet/image-puller.machine.ts";
import { type PullLimits, pullLimits } from "../../../machines/kubelet/pull-limits.ts";
import type { KernelEvent } from "../../../src/system/kernel-event.ts";
import { stepperOf } from "../../../src/system/stepper.ts";

const asked = { type: "pull.requested" };
const ended = (isAwaited: boolean) => ({ type: "pull.ended", isAwaited });

/** What each event makes the puller say. */
function said(limits: PullLimits, ...events: readonly KernelEvent[]): readonly string[] {
  const puller = stepperOf(imagePullerMachine);
  let { local } = puller.initial(limits);
  return events.map((event) => {
    const step = puller.step(local, event);
    local = step.local;
    return step.facts.map(({ type }) => type).join();
  });
}

describe("imagePuller", () => {
  const serial = pullLimits({ registryPullQPS: 0 });

  it("lets the second pull begin when the first has ended", () => {
    expect(said(serial, asked, asked, ended(true))).toEqual(["pull.granted", "", "pull.granted"]);
  });

  it("is free again when nobody is in line", () => {
    expect(said(serial, asked, ended(false), asked)).toEqual(["pull.granted", "", "pull.granted"]);
  });

  it("lets as many run as there are slots", () => {
    const two = pullLimits({ maxParallelImagePulls: 2, registryPullQPS: 0 });
    expect(said(two, asked, asked, asked)).toEqual(["pull.granted", "pull.granted", ""]);
  });

  it("lets any number run without serializeImagePulls", () => {
    const parallel = pullLimits({ serializeImagePulls: false, registryPullQPS: 0 });
    expect(said(parallel, asked, asked, asked)).not.toContain("");
  });

  it("throttles when the burst is used up", () => {
    const limits = pullLimits({ serializeImagePulls: false, registryBurst: 2 });
    expect(said(limits, asked, asked, asked)).toEqual([
      "pull.granted",
      "pull.granted",
      "pull.throttled",
    ]);
  });

  it("knows nothing of the pulls before its kubelet restarted", () => {
    const restarted = { type: "kubelet.restarted" };
    const limits = pullLimits({ registryBurst: 1 });
    expect(said(limits, asked, restarted, asked)).toEqual(["pull.granted", "", "pull.granted"]);
  });
});
