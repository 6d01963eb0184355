import { describe, expect, it } from "vitest";

import { type UserStep, userStepOf } from "../../src/trace/user-step.ts";

const remove: UserStep = {
  atMs: 5_000,
  text: "delete pod web",
  namespace: "default",
  names: ["web"],
};

function asked(steps: readonly UserStep[], atMs: number, name: string, namespace = "default") {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name, namespace } };
  return userStepOf(steps, { atMs, object });
}

describe("the step that a change answers", () => {
  it("is what a user typed at that moment about that object", () => {
    expect(asked([remove], 5_000, "web")).toBe("kubectl delete pod web");
  });

  it.each([
    ["another time", 5_001, "web", "default"],
    ["another pod", 5_000, "api", "default"],
    ["another namespace", 5_000, "web", "shop"],
  ])("is none at %s", (_, atMs, name, namespace) => {
    expect(asked([remove], atMs, name, namespace)).toBeUndefined();
  });

  it("may leave it to a selector or a file what is meant", () => {
    const all = { ...remove, text: "kubectl delete pods --all", names: [] };
    expect(asked([all], 5_000, "api")).toBe("kubectl delete pods --all");
  });
});
