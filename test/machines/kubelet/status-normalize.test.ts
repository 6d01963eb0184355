import { describe, expect, it } from "vitest";

import type { ContainerStatus } from "../../../machines/api/pod-status.ts";
import { normalizeStatus } from "../../../machines/kubelet/status-normalize.ts";

const exited = (name: string, message: string): ContainerStatus => ({
  name,
  lastState: { terminated: { exitCode: 1, message } },
});

const named = (...names: readonly string[]) => names.map((name) => ({ name }));
const running = (startedAt: string) => ({
  startTime: startedAt,
  containerStatuses: [{ name: "a", state: { running: { startedAt } } }],
});

describe("normalizeStatus", () => {
  it("shares 12 KiB among all containers of the spec, with a message or not", () => {
    const spec = { containers: [1, 2], initContainers: [{ name: "i" }], ephemeralContainers: [1] };
    const status = { containerStatuses: [exited("a", "x".repeat(5_000)), exited("b", "y")] };
    const [a, b] = normalizeStatus(spec, status).containerStatuses ?? [];
    expect(a?.lastState?.terminated?.message).toHaveLength(3_072);
    expect(b).toBe(status.containerStatuses[1]);
  });

  it("lists containers by name and init containers as in the spec", () => {
    const spec = { containers: [], initContainers: named("z", "y", "x") };
    const status = {
      containerStatuses: named("c", "a", "b"),
      initContainerStatuses: named("foreign", "x", "z"),
    };
    const normal = normalizeStatus(spec, status);
    expect(normal.containerStatuses).toEqual(named("a", "b", "c"));
    expect(normal.initContainerStatuses).toEqual(named("z", "x", "foreign"));
  });

  it("cuts times to whole seconds and returns a normal status itself", () => {
    const spec = { containers: [] };
    const normal = running("2030-01-01T00:00:01Z");
    expect(normalizeStatus(spec, running("2030-01-01T00:00:01.9Z"))).toEqual(normal);
    expect(normalizeStatus(spec, normal)).toBe(normal);
  });
});
