import type { Affinity, Container, Pod, PodSpec } from "../api/pod.ts";
import type { PodAffinity, PodAffinityTerm, TopologySpreadConstraint } from "../api/affinity.ts";
import type { LabelSelectorRequirement } from "../api/label-selector.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { applyAppArmorVersionSkew } from "./app-armor.ts";
import { semanticDeepEqual } from "./spec-equality.ts";

type Labels = Readonly<Record<string, string>>;

/** Nobody creates a pod with a status; pkg/registry/core/pod/strategy.go PrepareForCreate. */
export function prepareForCreate(pod: Unchecked<Pod>): Unchecked<Pod> {
  const { labels = {}, annotations = {} } = pod.metadata ?? {};
  const dropped = withSelectors(dropDisabledPodFields(pod.spec ?? {}), labels);
  const spec = applyAppArmorVersionSkew(dropped, annotations);
  const isGated = (spec.schedulingGates ?? []).length > 0;
  return {
    ...pod,
    metadata: { ...pod.metadata, generation: 1 },
    spec: stored(spec),
    status: isGated
      ? { phase: "Pending", conditions: [schedulingGatedCondition] }
      : { phase: "Pending" },
  };
}

/**
 * An update leaves the status alone, and another spec is another generation;
 * pkg/registry/core/pod/strategy.go PrepareForUpdate.
 */
export function prepareForUpdate(pod: Unchecked<Pod>, old: Unchecked<Pod>): Unchecked<Pod> {
  const { status: _, ...sent } = pod;
  const spec = stored(dropDisabledPodFields(pod.spec ?? {}));
  const isSame = semanticDeepEqual(spec, stored(old.spec ?? {}));
  const { generation: before } = old.metadata ?? {};
  const generation = isSame ? before : (before ?? 0) + 1;
  const { status } = old;
  return {
    ...sent,
    metadata: { ...pod.metadata, ...(generation !== undefined && { generation }) },
    spec,
    ...(status && { status }),
  };
}

/** A spec as it is kept, whatever its fields were called when it was sent. */
export function stored(spec: Unchecked<PodSpec>): Unchecked<PodSpec> {
  return { ...spec, ...serviceAccountNames(spec), ...graceOf(spec) };
}

const schedulingGatedCondition = {
  type: "PodScheduled",
  status: "False",
  reason: "SchedulingGated",
  message: "Scheduling is blocked due to non-empty scheduling gates",
} as const;

/** A negative grace period has always meant one second; pkg/apis/core/v1/conversion.go. */
function graceOf({
  terminationGracePeriodSeconds: seconds = 0,
}: Unchecked<PodSpec>): Unchecked<PodSpec> {
  return seconds < 0 ? { terminationGracePeriodSeconds: 1 } : {};
}

/** Old name and new name are one field; the new one counts. */
function serviceAccountNames(spec: Unchecked<PodSpec>): Unchecked<PodSpec> {
  const name = spec.serviceAccountName || spec.serviceAccount;
  return name ? { serviceAccountName: name, serviceAccount: name } : {};
}

/** What gates guard that are off by default; pkg/api/pod/util.go DropDisabledPodFields. */
export function dropDisabledPodFields(spec: Unchecked<PodSpec>): Unchecked<PodSpec> {
  const { workloadRef: _, ...kept } = spec;
  const { containers, initContainers, ephemeralContainers, volumes } = kept;
  return {
    ...kept,
    ...(containers && { containers: containers.map(dropStopSignal) }),
    ...(initContainers && { initContainers: initContainers.map(dropStopSignal) }),
    ...(ephemeralContainers && { ephemeralContainers: ephemeralContainers.map(dropStopSignal) }),
    ...(volumes && { volumes: volumes.map(dropProjections) }),
  };
}

/** The gate ContainerStopSignals. */
function dropStopSignal(container: Unchecked<Container>): Unchecked<Container> {
  if (container.lifecycle?.stopSignal === undefined) return container;
  const { lifecycle, ...others } = container;
  const { stopSignal: _, ...hooks } = lifecycle;
  return Object.keys(hooks).length === 0 ? others : { ...others, lifecycle: hooks };
}

type AnyVolume = NonNullable<Unchecked<PodSpec>["volumes"]>[number];

/** The gates ClusterTrustBundleProjection and PodCertificateRequest. */
function dropProjections(volume: AnyVolume): AnyVolume {
  const sources = volume.projected?.sources?.map((source) => {
    const { clusterTrustBundle: _, podCertificate: __, ...kept } = source;
    return kept;
  });
  return sources === undefined
    ? volume
    : { ...volume, projected: { ...volume.projected, sources } };
}

/** The values that `matchLabelKeys` stand for join the selectors beside them. */
function withSelectors(spec: Unchecked<PodSpec>, labels: Labels): Unchecked<PodSpec> {
  const { affinity, topologySpreadConstraints } = spec;
  return {
    ...spec,
    ...(affinity && { affinity: mutatePodAffinity(affinity, labels) }),
    ...(topologySpreadConstraints && {
      topologySpreadConstraints: topologySpreadConstraints.map((one) =>
        applyMatchLabelKeys(one, labels),
      ),
    }),
  };
}

function mutatePodAffinity(affinity: Unchecked<Affinity>, labels: Labels): Unchecked<Affinity> {
  const { podAffinity, podAntiAffinity } = affinity;
  return {
    ...affinity,
    ...(podAffinity && { podAffinity: mutateTerms(podAffinity, labels) }),
    ...(podAntiAffinity && { podAntiAffinity: mutateTerms(podAntiAffinity, labels) }),
  };
}

function mutateTerms(terms: Unchecked<PodAffinity>, labels: Labels): Unchecked<PodAffinity> {
  const required = terms.requiredDuringSchedulingIgnoredDuringExecution;
  const preferred = terms.preferredDuringSchedulingIgnoredDuringExecution;
  return {
    ...terms,
    ...(required && {
      requiredDuringSchedulingIgnoredDuringExecution: required.map((term) => {
        return applyMatchLabelKeys(term, labels);
      }),
    }),
    ...(preferred && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map((weighted) => {
        const podAffinityTerm = applyMatchLabelKeys(weighted.podAffinityTerm ?? {}, labels);
        return { ...weighted, podAffinityTerm };
      }),
    }),
  };
}

type Selecting = Pick<
  Unchecked<PodAffinityTerm> & Unchecked<TopologySpreadConstraint>,
  "labelSelector" | "matchLabelKeys" | "mismatchLabelKeys"
>;

/** An absent selector matches nothing and stays absent. */
function applyMatchLabelKeys<Term extends Selecting>(term: Term, labels: Labels): Term {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  const added = [
    ...requirementsOf(matchLabelKeys, "In", labels),
    ...requirementsOf(mismatchLabelKeys, "NotIn", labels),
  ];
  if (labelSelector === undefined || added.length === 0) return term;
  const matchExpressions = [...(labelSelector.matchExpressions ?? []), ...added];
  return { ...term, labelSelector: { ...labelSelector, matchExpressions } };
}

function requirementsOf(
  keys: readonly string[],
  operator: "In" | "NotIn",
  labels: Labels,
): LabelSelectorRequirement[] {
  return keys.flatMap((key) => {
    const value = labels[key];
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  });
}
