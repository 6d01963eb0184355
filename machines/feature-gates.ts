/** A Kubernetes minor whose behaviour the charts know. */
export type Minor = (typeof minors)[number];

/** In order of release. */
export const minors = ["1.32", "1.33", "1.34", "1.35", "1.36"] as const;

/** The release whose code the default charts were taken from and compared with. */
export const modelledKubernetes = "v1.35.4";

/** What the charts show unless they are asked for another. */
export const defaultMinor: Minor = "1.35";

/** A gate that `featureGates` does not name has its default; one that the minor lacks is off. */
export function gateIsOn(
  gate: string,
  minor: Minor,
  featureGates: Readonly<Record<string, boolean>> = {},
): boolean {
  const history = gates.find(({ name }) => name === gate);
  if (history === undefined || !isWithin(minor, history.since, history.until)) return false;
  return featureGates[gate] ?? (history.on !== undefined && isWithin(minor, history.on));
}

/** Both ends belong to the range; an open end is every minor on that side. */
export function isWithin(minor: string, since?: string, until?: string): boolean {
  const number = minorNumber(minor);
  return (
    (since === undefined || number >= minorNumber(since)) &&
    (until === undefined || number <= minorNumber(until))
  );
}

/** 35 of `1.35`, so that 1.9 comes before 1.10. */
function minorNumber(minor: string): number {
  return Number(minor.split(".")[1]);
}

interface GateHistory {
  readonly name: string;
  /** The minors that know it; before 1.32 nobody asks. */
  readonly since?: Minor;
  readonly until?: Minor;
  /** The first minor where it is on by default. */
  readonly on?: Minor;
}

/** The gates that a chart may name; pkg/features/kube_features.go. */
export const gates: readonly GateHistory[] = [
  { name: "ChangeContainerStatusOnKubeletRestart", since: "1.35" },
  { name: "ContainerRestartRules", since: "1.34", on: "1.35" },
  { name: "ContainerStopSignals", since: "1.33" },
  { name: "InPlacePodVerticalScaling", on: "1.33" },
  { name: "KubeletCrashLoopBackOffMax", on: "1.35" },
  { name: "KubeletEnsureSecretPulledImages", since: "1.33", on: "1.35" },
  { name: "NodeDeclaredFeatures", since: "1.35", on: "1.36" },
  { name: "NodeSwap", on: "1.32" },
  { name: "PodLevelResources", on: "1.34" },
  { name: "PodLifecycleSleepAction", on: "1.32" },
  { name: "PodLifecycleSleepActionAllowZero", on: "1.33" },
  { name: "PodObservedGenerationTracking", since: "1.33", on: "1.34" },
  { name: "PodReadyToStartContainersCondition", on: "1.32" },
  { name: "ReduceDefaultCrashLoopBackOffDecay", since: "1.33" },
  { name: "RestartAllContainersOnContainerExits", since: "1.35", on: "1.36" },
  { name: "SidecarContainers", on: "1.32" },
];
