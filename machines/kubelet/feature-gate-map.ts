import { type FeatureStage, gateDependencies, knownGates } from "./known-feature-gates.ts";

type FeatureGates = Readonly<Record<string, boolean>>;

/** They switch every gate of a stage that is not named itself. */
const specialGates: Readonly<Record<string, FeatureStage>> = { AllAlpha: "Alpha", AllBeta: "Beta" };

/** component-base/featuregate/feature_gate.go Enabled, after SetFromMap */
export function featureEnabled(gate: string, featureGates: FeatureGates = {}): boolean {
  const known = knownGates.get(gate);
  const special = Object.keys(specialGates).find((all) => specialGates[all] === known?.stage);
  const all = special === undefined ? undefined : featureGates[special];
  return featureGates[gate] ?? all ?? known?.isOn ?? false;
}

/** A gate that is wrong, in Kubernetes' words. */
export interface FeatureGateError {
  readonly gate: string;
  readonly message: string;
}

/**
 * Why a kubelet does not take the gates; Kubernetes looks at an unknown name first, and at
 * dependencies only when all else is right. The same file, SetFromMap.
 */
export function featureGateErrors(featureGates: FeatureGates = {}): readonly FeatureGateError[] {
  const names = Object.keys(featureGates).toSorted();
  const unknown = names.filter((name) => !(name in specialGates) && !knownGates.has(name));
  if (unknown.length > 0) {
    return unknown.map((gate) => ({ gate, message: `unrecognized feature gate: ${gate}` }));
  }
  const locked = names.flatMap((name) => lockedError(name, featureGates[name] === true));
  return locked.length > 0 ? locked : dependencyErrors(featureGates);
}

function lockedError(gate: string, value: boolean): readonly FeatureGateError[] {
  const { isLocked = false, isOn = value } = knownGates.get(gate) ?? {};
  if (!isLocked || isOn === value) return [];
  const message = `cannot set feature gate ${gate} to ${value}, feature is locked to ${isOn}`;
  return [{ gate, message }];
}

function dependencyErrors(featureGates: FeatureGates): readonly FeatureGateError[] {
  return Object.entries(gateDependencies).flatMap(([gate, needed]) => {
    if (!featureEnabled(gate, featureGates)) return [];
    const off = needed.filter((one) => !featureEnabled(one, featureGates));
    const words = `${gate} is enabled, but depends on features that are disabled`;
    return off.length === 0 ? [] : [{ gate, message: `${words}: [${off.join(" ")}]` }];
  });
}
