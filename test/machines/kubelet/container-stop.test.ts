import { assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";

import {
  hookKind,
  nextPreStop,
  remainingGraceSeconds,
  stopTimeoutSeconds,
} from "../../../machines/kubelet/container-stop.ts";

const graceSeconds = integer({ min: 0, max: 3_600 });

describe("nextPreStop", () => {
  it.each([
    ["exec", 30, "callHook"],
    ["http", 1, "callHook"],
    ["sleep", 30, "sleep"],
    ["invalid", 30, "failHook"],
    ["none", 30, "skipHook"],
    ["exec", 0, "skipHook"],
    ["invalid", 0, "skipHook"],
    ["sleep", -1, "skipHook"],
  ] as const)("an %s hook with %i s of grace: %s", (preStop, grace, step) => {
    expect(nextPreStop(preStop, grace)).toBe(step);
  });
});

describe("stopTimeoutSeconds", () => {
  it("is what is left of the grace period, but never less than 2 s", () => {
    assert(
      property(graceSeconds, graceSeconds, (grace, elapsed) => {
        const timeout = stopTimeoutSeconds(remainingGraceSeconds(grace, elapsed));
        expect(timeout).toBe(Math.max(2, grace - elapsed));
      }),
    );
  });
});

describe("hookKind", () => {
  it("takes the first handler that is set; tcpSocket was never implemented", () => {
    const exec = { command: ["true"] };
    expect(hookKind({ exec, sleep: { seconds: 1 } })).toBe("exec");
    expect(hookKind({ httpGet: { port: 80 } })).toBe("http");
    expect(hookKind({ sleep: { seconds: 1 } })).toBe("sleep");
    expect(hookKind({ tcpSocket: { port: 80 } })).toBe("invalid");
    expect(hookKind(undefined)).toBe("none");
  });
});
