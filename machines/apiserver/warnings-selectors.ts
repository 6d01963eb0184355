import { isValidLabelValue } from "../api/names.ts";
import type { NodeSelectorTerm, PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** Labels of nodes that are out of use, and constraints without a selector. */
export function labelWarnings(spec: AnyPodSpec, before: string): readonly string[] {
  const node = spec.affinity?.nodeAffinity;
  const path = `${before}.affinity.nodeAffinity`;
  return [
    ...Object.keys(spec.nodeSelector ?? {})
      .toSorted()
      .flatMap((key) => deprecatedLabel(key, `${before}.nodeSelector[${key}]: `)),
    ...(node?.[required]?.nodeSelectorTerms ?? []).flatMap((term, index) => {
      return termWarnings(term, `${path}.${required}.nodeSelectorTerms[${index}]`, false);
    }),
    ...(node?.[preferred] ?? []).flatMap(({ preference = {} }, index) => {
      return termWarnings(preference, `${path}.${preferred}[${index}].preference`, true);
    }),
    ...(spec.topologySpreadConstraints ?? []).flatMap((constraint, index) => {
      const at = `${before}.topologySpreadConstraints[${index}]`;
      const { topologyKey = "", labelSelector } = constraint;
      return [
        ...deprecatedLabel(topologyKey, `${at}.topologyKey: ${topologyKey} is `),
        ...(labelSelector === undefined ? [`${at}.labelSelector: ${matchesNothing}`] : []),
      ];
    }),
  ];
}

const matchesNothing = "a null labelSelector results in matching no pod";

/** A label of nodes that is out of use. */
export function deprecatedLabel(label: string, before: string): readonly string[] {
  const message = deprecatedNodeLabels.get(label);
  return message === undefined ? [] : [`${before}${message}`];
}

/** GetWarningsForNodeSelectorTerm. */
export function termWarnings(
  term: Unchecked<NodeSelectorTerm>,
  path: string,
  checksValues: boolean,
): readonly string[] {
  return (term.matchExpressions ?? []).flatMap(({ key = "", values = [] }, index) => {
    const at = `${path}.matchExpressions[${index}]`;
    const wrong = checksValues ? values : [];
    return [
      ...deprecatedLabel(key, `${at}.key: ${key} is `),
      ...wrong.flatMap((value, valueIndex) => {
        const messages = isValidLabelValue(value);
        const text = `${at}.values[${valueIndex}]: ${value} is invalid, ${messages.join("; ")}`;
        return messages.length === 0 ? [] : [text];
      }),
    ];
  });
}

/** A term without a selector. */
export function affinityWarnings(
  spec: AnyPodSpec,
  kind: "podAffinity" | "podAntiAffinity",
  before: string,
): readonly string[] {
  const affinity = spec.affinity?.[kind];
  const path = `${before}.affinity.${kind}`;
  return [
    ...(affinity?.[required] ?? []).flatMap(({ labelSelector }, index) => {
      const at = `${path}.${required}[${index}].labelSelector`;
      return labelSelector === undefined ? [`${at}: ${matchesNothing}`] : [];
    }),
    ...(affinity?.[preferred] ?? []).flatMap(({ podAffinityTerm }, index) => {
      const at = `${path}.${preferred}[${index}].podAffinityTerm.labelSelector`;
      return podAffinityTerm?.labelSelector === undefined ? [`${at}: ${matchesNothing}`] : [];
    }),
  ];
}

const required = "requiredDuringSchedulingIgnoredDuringExecution";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";

/** pkg/api/node/util.go. */
const deprecatedNodeLabels: ReadonlyMap<string, string> = new Map([
  ["beta.kubernetes.io/arch", 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ["beta.kubernetes.io/os", 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  [
    "failure-domain.beta.kubernetes.io/region",
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  ],
  [
    "failure-domain.beta.kubernetes.io/zone",
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    "beta.kubernetes.io/instance-type",
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  ],
  ["app.kubernetes.io/created-by", "deprecated since v1.9"],
  [
    "scheduler.alpha.kubernetes.io/preferAvoidPods",
    "deprecated since v1.22; use Taints and Tolerations instead",
  ],
  ["node-role.kubernetes.io/master", 'use "node-role.kubernetes.io/control-plane" instead'],
]);
