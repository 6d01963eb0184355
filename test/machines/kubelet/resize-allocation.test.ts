import { describe, expect, it } from "vitest";

import {
  allocationFromPod,
  hasSameResources,
  isAllocated,
  resizeRequiresRestart,
  updatePodFromAllocation,
} from "../../../machines/kubelet/resize-allocation.ts";
import { podResizeMessage } from "../../../machines/kubelet/resize-messages.ts";
import { buildContainer, buildPod } from "../../support/build.ts";

const asks = (cpu: string, memory = "64Mi") => ({ requests: { cpu, memory } });
const pod = buildPod("web", {
  initContainers: [
    buildContainer("setup", { resources: asks("1") }),
    buildContainer("log", { resources: asks("10m"), restartPolicy: "Always" }),
  ],
  containers: [buildContainer("app", { resources: asks("20m") })],
});
const allocation = allocationFromPod(pod.spec);

describe("an allocation", () => {
  it("is what containers and sidecars ask for", () => {
    expect(allocation).toEqual({ app: asks("20m"), log: asks("10m") });
  });

  it("counts amounts, not how they are written", () => {
    expect(hasSameResources(asks("500m"), asks("0.5"))).toBe(true);
    expect(hasSameResources(asks("500m"), { requests: { cpu: "500m" } })).toBe(false);
    expect(isAllocated(pod.spec, { ...allocation, app: asks("0.02") })).toBe(true);
  });

  it("takes the place of what the spec asks for, and leaves a pod alone that asks for no more", () => {
    const allocated = updatePodFromAllocation(pod, { ...allocation, app: asks("5m") });
    expect(allocated.spec.containers[0]?.resources).toEqual(asks("5m"));
    expect(updatePodFromAllocation(pod, allocation)).toBe(pod);
  });
});

describe("resizeRequiresRestart", () => {
  const resizePolicy = [{ resourceName: "memory", restartPolicy: "RestartContainer" }];

  it.each([
    ["another amount of a resource with that policy", asks("1", "1Gi"), true],
    ["another amount of another resource", asks("2"), false],
    ["a new limit of it", { ...asks("1"), limits: { memory: "1Gi" } }, true],
  ])("%s", (_, after, expected) => {
    expect(resizeRequiresRestart({ resizePolicy }, asks("1"), after)).toBe(expected);
    expect(resizeRequiresRestart({}, asks("1"), after)).toBe(false);
  });
});

describe("podResizeMessage", () => {
  it("is the words and the resources as Go writes them", () => {
    const resources = { requests: { memory: "1Gi", cpu: "1" }, limits: { cpu: "2" } };
    const spec = { containers: [{ name: "app", resources }, { name: "bare" }] };
    expect(podResizeMessage("Pod resize Deferred", spec, 3, "no room")).toBe(
      'Pod resize Deferred: {"containers":[{"name":"app","resources":{"limits":{"cpu":"2"},' +
        '"requests":{"cpu":"1","memory":"1Gi"}}},{"name":"bare","resources":{}}],' +
        '"generation":3,"error":"no room"}',
    );
  });
});
