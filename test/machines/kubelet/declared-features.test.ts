import { describe, expect, it } from "vitest";

import {
  declaredFeaturesRefusal,
  discoverNodeDeclaredFeatures,
} from "../../../machines/kubelet/declared-features.ts";

const declares = { NodeDeclaredFeatures: true };
const restartAll = "RestartAllContainersOnContainerExits";
const spec = {
  containers: [{ name: "app", restartPolicyRules: [{ action: "RestartAllContainers" }] }],
} as const;

describe("a kubelet", () => {
  it("declares nothing unless its gate is on", () => {
    expect(discoverNodeDeclaredFeatures({ featureGates: { [restartAll]: true } })).toBeUndefined();
  });

  it.each([
    [{}, ["GuaranteedQoSPodCPUResize"]],
    [{ cpuManagerPolicy: "static" }, []],
  ])("declares what it can do besides, set up with %o", (configuration, features) => {
    const featureGates = declares;
    expect(discoverNodeDeclaredFeatures({ ...configuration, featureGates })).toEqual(features);
  });

  it("declares its gates in order of name", () => {
    const gates = { ...declares, [restartAll]: true, InPlacePodVerticalScalingExclusiveCPUs: true };
    const configuration = { cpuManagerPolicy: "static", featureGates: gates };
    expect(discoverNodeDeclaredFeatures(configuration)).toEqual([
      "GuaranteedQoSPodCPUResize",
      restartAll,
    ]);
  });
});

describe("a pod whose rule restarts all containers", () => {
  it("is refused where that is not declared", () => {
    expect(declaredFeaturesRefusal(spec, [])).toEqual({
      reason: "PodFeatureUnsupported",
      message: `Pod requires node features that are not available: ${restartAll}`,
    });
  });

  it.each([undefined, [restartAll]])("is admitted where %o is declared", (declared) => {
    expect(declaredFeaturesRefusal(spec, declared)).toBeUndefined();
  });

  it("is the only one that needs something", () => {
    expect(declaredFeaturesRefusal({ containers: [{ name: "app" }] }, [])).toBeUndefined();
  });
});
