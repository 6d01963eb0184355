import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type {
  ContainerState,
  ContainerStatus,
  PodStatus,
} from "../../../machines/api/pod-status.ts";
import { printPod } from "../../../machines/api/printers.ts";
import { parseTime } from "../../../machines/api/time.ts";

const nowMs = parseTime("2026-01-15T10:00:00Z");
const ready = { ready: true, state: { running: {} } };
const waiting = (reason: string): ContainerState => ({ waiting: { reason } });
const ended = (exitCode: number, reason = ""): ContainerState => ({
  terminated: { exitCode, reason },
});

function containers(...states: readonly (ContainerState | Partial<ContainerStatus>)[]) {
  return states.map((one, at): ContainerStatus => {
    const own = "waiting" in one || "terminated" in one ? { state: one } : one;
    return { name: `c${at}`, ...own };
  });
}

function row(status: PodStatus, metadata: { readonly deletionTimestamp?: string } = {}) {
  const spec = { containers: (status.containerStatuses ?? []).map(({ name }) => ({ name })) };
  const creationTimestamp = "2026-01-15T09:55:00Z";
  return printPod({ metadata: { name: "p", creationTimestamp, ...metadata }, spec, status }, nowMs);
}

describe("the row of a pod", () => {
  it.each([
    ["a container that waits", containers(ready, waiting("ErrImagePull")), "ErrImagePull"],
    ["the first of two", containers(ended(1, "Error"), ended(2, "OOMKilled")), "Error"],
    ["an exit without a reason", containers(ended(3)), "ExitCode:3"],
    ["a failure over Completed", containers(ended(0, "Completed"), ended(1, "Error")), "Error"],
    ["NotReady beside Completed", containers(ready, ended(0, "Completed")), "NotReady"],
    ["the phase if all is well", containers(ready), "Running"],
  ])("shows %s", (_, containerStatuses, word) => {
    expect(row({ phase: "Running", containerStatuses }).STATUS).toBe(word);
  });

  it("hides everything behind Terminating until the phase is terminal", () => {
    const deleted = { deletionTimestamp: "2026-01-15T10:00:30Z" };
    const containerStatuses = containers(ended(1, "Error"));
    expect(row({ phase: "Running", containerStatuses }, deleted).STATUS).toBe("Terminating");
    expect(row({ phase: "Failed", containerStatuses }, deleted).STATUS).toBe("Error");
  });

  it("shows Evicted only where no container has a word of its own", () => {
    const evicted = { phase: "Failed", reason: "Evicted" } as const;
    expect(row(evicted).STATUS).toBe("Evicted");
    expect(row({ ...evicted, containerStatuses: containers(ended(137, "OOMKilled")) }).STATUS).toBe(
      "OOMKilled",
    );
  });

  it("counts restarts with the age of the last exit", () => {
    const lastState = { terminated: { exitCode: 1, finishedAt: "2026-01-15T09:59:20Z" } };
    const containerStatuses = containers({ ...ready, restartCount: 5, lastState });
    expect(row({ phase: "Running", containerStatuses })).toMatchObject({
      READY: "1/1",
      RESTARTS: "5 (40s ago)",
      AGE: "5m",
    });
  });

  it("never counts more ready containers than have a status", () => {
    const state = fc.constantFrom<ContainerState>(
      { running: {} },
      waiting("x"),
      ended(0),
      ended(1),
    );
    const one = fc.record({ name: fc.constantFrom("a", "b"), ready: fc.boolean(), state });
    fc.assert(
      fc.property(fc.array(one), (containerStatuses) => {
        const [shown, total] = row({ phase: "Running", containerStatuses }).READY.split("/");
        expect(Number(shown)).toBeLessThanOrEqual(Number(total));
      }),
    );
  });
});
