import { describe, expect, it } from "vitest";

import { featureEnabled, featureGateErrors } from "../../../machines/kubelet/feature-gate-map.ts";
import { gateDependencies, knownGates } from "../../../machines/kubelet/known-feature-gates.ts";

const restartAll = "RestartAllContainersOnContainerExits";

describe("a gate that nobody names", () => {
  it("has the default of v1.35.4", () => {
    expect(featureEnabled("ContainerRestartRules")).toBe(true);
    expect(featureEnabled(restartAll)).toBe(false);
  });

  it("is on with all of its stage", () => {
    expect(featureEnabled(restartAll, { AllAlpha: true })).toBe(true);
    expect(featureEnabled(restartAll, { AllBeta: true })).toBe(false);
    expect(featureEnabled("ContainerRestartRules", { AllBeta: false })).toBe(false);
    expect(featureEnabled(restartAll, { AllAlpha: true, [restartAll]: false })).toBe(false);
  });
});

describe("the gates of a kubelet", () => {
  it.each([
    ["are taken with what they depend on", { [restartAll]: true, NodeDeclaredFeatures: true }, []],
    [
      "are refused without it",
      { [restartAll]: true },
      [
        `${restartAll} is enabled, but depends on features that are disabled: ` +
          "[NodeDeclaredFeatures]",
      ],
    ],
    [
      "are refused when one is unknown, whatever the others are",
      { RestartAll: true, [restartAll]: true },
      ["unrecognized feature gate: RestartAll"],
    ],
    [
      "are refused when one is locked",
      { PodLifecycleSleepAction: false },
      ["cannot set feature gate PodLifecycleSleepAction to false, feature is locked to true"],
    ],
    ["may say what a locked one is", { PodLifecycleSleepAction: true }, []],
    ["are all taken at once", { AllAlpha: true }, []],
  ])("%s", (_, gates, errors) => {
    expect(featureGateErrors(gates).map(({ message }) => message)).toEqual(errors);
  });

  it("are right when none is named", () => {
    expect(featureGateErrors()).toEqual([]);
  });
});

it("dependencies are known gates", () => {
  const names = Object.entries(gateDependencies).flat(2);
  expect(names.filter((name) => !knownGates.has(name))).toEqual([]);
  expect(knownGates.size).toBe(216);
});
