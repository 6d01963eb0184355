import { describe, expect, it } from "vitest";

import { podSandboxChanged } from "../../../machines/kubelet/sandbox-changed.ts";

const ready = { id: "sb1", attempt: 1, state: "SANDBOX_READY", ip: "10.0.0.1" } as const;
const gone = { id: "sb0", attempt: 0, state: "SANDBOX_NOTREADY", ip: "10.0.0.2" } as const;

describe("podSandboxChanged", () => {
  it("starts with attempt 0 where no sandbox is left", () => {
    expect(podSandboxChanged({}, [])).toEqual({ changed: true, attempt: 0, sandboxID: "" });
  });

  it("keeps the newest sandbox while it alone is ready", () => {
    expect(podSandboxChanged({}, [ready, gone])).toEqual({
      changed: false,
      attempt: 1,
      sandboxID: "sb1",
    });
  });

  it.each([
    ["two sandboxes are ready", [ready, { ...gone, state: "SANDBOX_READY" } as const]],
    ["the newest one is not ready", [{ ...ready, state: "SANDBOX_NOTREADY" } as const]],
    ["it has no address", [{ ...ready, ip: "" }]],
  ])("counts the attempt up when %s", (_, sandboxes) => {
    expect(podSandboxChanged({}, sandboxes)).toEqual({
      changed: true,
      attempt: 2,
      sandboxID: "sb1",
    });
  });

  it("forgets the id when the network mode differs, so that nobody hears of a change", () => {
    const change = { changed: true, attempt: 2, sandboxID: "" };
    expect(podSandboxChanged({ hostNetwork: true }, [ready])).toEqual(change);
    expect(podSandboxChanged({}, [{ ...ready, network: "NODE" }])).toEqual(change);
  });

  it("wants no address of a sandbox in the host's network", () => {
    const host = { id: "sb1", state: "SANDBOX_READY", network: "NODE" } as const;
    expect(podSandboxChanged({ hostNetwork: true }, [host]).changed).toBe(false);
  });
});
