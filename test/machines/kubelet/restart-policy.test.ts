import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ContainerRestartRule, RestartPolicy } from "../../../machines/api/pod.ts";
import { getBackoffKey } from "../../../machines/kubelet/back-off-key.ts";
import {
  containerShouldRestart,
  findMatchingContainerRestartRule,
  shouldAllContainersRestart,
  shouldContainerBeRestarted,
} from "../../../machines/kubelet/restart-policy.ts";

const on42: ContainerRestartRule = {
  action: "Restart",
  exitCodes: { operator: "In", values: [42] },
};
const policies = fc.constantFrom<RestartPolicy>("Always", "OnFailure", "Never");
const exitCodes = fc.integer({ min: 0, max: 255 });

describe("containerShouldRestart", () => {
  it.each([
    ["Always", 0, true],
    ["Always", 1, true],
    ["OnFailure", 0, false],
    ["OnFailure", 1, true],
    ["Never", 0, false],
    ["Never", 1, false],
  ] as const)("policy %s after exit %i answers %s", (restartPolicy, exitCode, restarts) => {
    expect(containerShouldRestart({}, { restartPolicy }, exitCode)).toBe(restarts);
  });

  it("asks the container's own policy before the pod's", () => {
    fc.assert(
      fc.property(policies, policies, exitCodes, (own, pods, exitCode) => {
        const answer = containerShouldRestart(
          { restartPolicy: own },
          { restartPolicy: pods },
          exitCode,
        );
        expect(answer).toBe(containerShouldRestart({}, { restartPolicy: own }, exitCode));
      }),
    );
  });

  it("asks a container's rules only beside a policy of its own", () => {
    const spec = { restartPolicy: "Never" } as const;
    const rules = { restartPolicyRules: [on42] };
    expect(containerShouldRestart(rules, spec, 42)).toBe(false);
    expect(containerShouldRestart({ ...rules, restartPolicy: "Never" }, spec, 42)).toBe(true);
    expect(containerShouldRestart({ ...rules, restartPolicy: "Never" }, spec, 41)).toBe(false);
  });

  it("falls through to the policy when a rule restarts all containers without its gate", () => {
    const container = {
      restartPolicy: "Never",
      restartPolicyRules: [{ ...on42, action: "RestartAllContainers" }],
    } as const;
    const gates = { RestartAllContainersOnContainerExits: true };
    expect(containerShouldRestart(container, {}, 42)).toBe(false);
    expect(containerShouldRestart(container, {}, 42, gates)).toBe(true);
  });
});

describe("findMatchingContainerRestartRule", () => {
  it("takes NotIn without values for every code and no exit codes for none", () => {
    const any: ContainerRestartRule = { action: "Restart", exitCodes: { operator: "NotIn" } };
    const rules = { restartPolicyRules: [{ action: "RestartAllContainers" }, any] } as const;
    fc.assert(
      fc.property(exitCodes, (exitCode) => {
        expect(findMatchingContainerRestartRule(rules, exitCode)).toBe(any);
      }),
    );
  });
});

describe("shouldContainerBeRestarted", () => {
  const app = { name: "app" };
  const spec = { restartPolicy: "Never" } as const;

  it.each([
    ["created", true],
    ["unknown", true],
    ["running", false],
    ["exited", false],
  ] as const)("a %s container under Never answers %s", (state, restarted) => {
    const containers = [{ name: "app", state, exitCode: 1 }];
    expect(shouldContainerBeRestarted(app, { spec }, { containers })).toBe(restarted);
  });

  it("starts a container that the runtime does not know, unless its pod is being deleted", () => {
    const metadata = { deletionTimestamp: "2030-01-01T00:00:00Z" };
    expect(shouldContainerBeRestarted(app, { spec }, {})).toBe(true);
    expect(shouldContainerBeRestarted(app, { metadata, spec }, {})).toBe(false);
  });

  it("ignores the container's own policy while ContainerRestartRules is off", () => {
    const own = { name: "app", restartPolicy: "Always" } as const;
    const runtime = { containers: [{ name: "app", state: "exited", exitCode: 1 }] } as const;
    expect(shouldContainerBeRestarted(own, { spec }, runtime)).toBe(true);
    const gates = { ContainerRestartRules: false };
    expect(shouldContainerBeRestarted(own, { spec }, runtime, gates)).toBe(false);
  });
});

describe("shouldAllContainersRestart", () => {
  it("finds the exit in the API's status when the runtime is not asked", () => {
    const rule = { ...on42, action: "RestartAllContainers" } as const;
    const spec = { containers: [{ name: "app", restartPolicyRules: [rule] }] };
    const containerStatuses = [{ name: "app", state: { terminated: { exitCode: 42 } } }];
    expect(shouldAllContainersRestart(spec, undefined, { containerStatuses })).toBe(true);
    expect(shouldAllContainersRestart(spec, [], { containerStatuses })).toBe(false);
  });
});

describe("getBackoffKey", () => {
  const pod = { name: "web", namespace: "default", uid: "1" };

  it("changes with image and resources, whatever the order of their names", () => {
    const key = (cpu: string) =>
      getBackoffKey(pod, { name: "app", resources: { requests: { memory: "1Gi", cpu } } });
    const reordered = { requests: { cpu: "1", memory: "1Gi" } };
    expect(key("1")).toBe(getBackoffKey(pod, { name: "app", resources: reordered }));
    expect(key("1")).not.toBe(key("2"));
  });
});
