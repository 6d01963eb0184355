import { describe, expect, it } from "vitest";

import { evictionSettings } from "../../../machines/kubelet/eviction-settings.ts";
import { kindOf } from "../../../machines/kubelet/eviction-view.ts";

const oneDevice = { dedicatedImageFs: false, dedicatedContainerFs: false };

function signalsOf(configuration: Parameters<typeof evictionSettings>[0]): readonly string[] {
  const { thresholds } = evictionSettings(configuration, oneDevice);
  const met = thresholds.filter(({ operator }) => operator !== "");
  return met.map((one) => `${kindOf(one)} ${one.signal}`);
}

describe("evictionSettings", () => {
  it("are the defaults of 1.35 where nothing is said", () => {
    expect(evictionSettings({}, oneDevice).input).toEqual({
      pressureTransitionPeriodMs: 300_000,
      maxPodGracePeriodSeconds: 0,
      localStorageCapacityIsolation: true,
      fileSystems: oneDevice,
    });
    expect(signalsOf({})).toEqual([
      "hard memory.available",
      "hard nodefs.available",
      "hard nodefs.inodesFree",
      "hard imagefs.available",
      "hard imagefs.inodesFree",
      "hard allocatableMemory.available",
      "hard containerfs.available",
      "hard containerfs.inodesFree",
    ]);
  });

  it("have no other hard threshold than those given", () => {
    expect(signalsOf({ evictionHard: { "pid.available": "10%" } })).toEqual(["hard pid.available"]);
  });

  it("watch the pods' memory only where it is enforced", () => {
    expect(signalsOf({ enforceNodeAllocatable: [] })).not.toContain(
      "hard allocatableMemory.available",
    );
  });

  it("count the derived thresholds behind the given ones", () => {
    const { thresholds, given } = evictionSettings({}, oneDevice);
    const derived = thresholds.slice(given).map(({ signal }) => signal);
    expect(new Set(derived)).toEqual(new Set(["containerfs.available", "containerfs.inodesFree"]));
  });

  it("read durations in Go's words", () => {
    const { input } = evictionSettings({ evictionPressureTransitionPeriod: "1m30s" }, oneDevice);
    expect(input.pressureTransitionPeriodMs).toBe(90_000);
  });
});
