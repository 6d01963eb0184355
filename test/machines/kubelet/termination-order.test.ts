import { assert, property, subarray } from "fast-check";
import { describe, expect, it } from "vitest";

import {
  containerTerminated,
  newTerminationOrdering,
  waitForTurn,
} from "../../../machines/kubelet/termination-order.ts";

const sidecar = (name: string) => ({ name, restartPolicy: "Always" }) as const;
const spec = {
  initContainers: [sidecar("s0"), { name: "i1" }, sidecar("s2")],
  containers: [{ name: "c0" }],
};
const everybody = ["s0", "i1", "s2", "c0"];

describe("the order of termination", () => {
  it("lets a sidecar wait for the main containers and the sidecar after it", () => {
    const ordering = newTerminationOrdering(spec, everybody);
    expect(waitForTurn(ordering, "s0", 30)).toEqual(["c0", "s2"]);
    expect(waitForTurn(ordering, "s2", 30)).toEqual(["c0"]);
  });

  it("lets main and init containers wait for nobody", () => {
    const ordering = newTerminationOrdering(spec, everybody);
    expect(waitForTurn(ordering, "c0", 30)).toEqual([]);
    expect(waitForTurn(ordering, "i1", 30)).toEqual([]);
  });

  it("lets nobody wait without a grace period", () => {
    expect(waitForTurn(newTerminationOrdering(spec, everybody), "s0", 0)).toEqual([]);
  });

  it("waits only for those that run", () => {
    const ordering = newTerminationOrdering(spec, ["s0", "s2"]);
    expect(waitForTurn(ordering, "s0", 30)).toEqual(["s2"]);
    expect(waitForTurn(containerTerminated(ordering, "s2"), "s0", 30)).toEqual([]);
  });

  it("always comes to an end", () => {
    const names = ["s0", "i1", "s2", "c0"];
    assert(
      property(subarray(names, { minLength: 1 }), (running) => {
        const ordering = newTerminationOrdering(spec, running);
        const free = running.filter((name) => waitForTurn(ordering, name, 30).length === 0);
        expect(free.length).toBeGreaterThan(0);
      }),
    );
  });
});
