import { isQualifiedName } from "../../api/names.ts";
import { termErrors } from "../../api/node-affinity.ts";
import type { PluginArgs, ShapePoint } from "../../api/scheduler-configuration.ts";
import * as field from "./configuration-error.ts";
import type { SchedulerConfigurationError } from "./configuration-error.ts";

type Errors = readonly SchedulerConfigurationError[];

/** What is wrong with a plugin's arguments; apis/config/validation/validation_pluginargs.go. */
export function validatePluginArgs(plugin: string, args: PluginArgs, path: string): Errors {
  return validators[plugin]?.(args, path) ?? [];
}

const validators: Readonly<Record<string, (args: PluginArgs, path: string) => Errors>> = {
  DefaultPreemption: ({ minCandidateNodesPercentage: percentage = 10, ...args }, path) => {
    const { minCandidateNodesAbsolute: absolute = 100 } = args;
    const [percentagePath, absolutePath] = [
      `${path}.minCandidateNodesPercentage`,
      `${path}.minCandidateNodesAbsolute`,
    ];
    const both = "cannot be zero at the same time as";
    const areZero = percentage === 0 && absolute === 0;
    return [
      ...outside(percentagePath, percentage, 0, 100, "not in valid range [0, 100]"),
      ...outside(absolutePath, absolute, 0, Infinity, "not in valid range [0, inf)"),
      ...(areZero
        ? [
            field.invalid(percentagePath, 0, `${both} minCandidateNodesAbsolute`),
            field.invalid(absolutePath, 0, `${both} minCandidateNodesPercentage`),
          ]
        : []),
    ];
  },
  InterPodAffinity: ({ hardPodAffinityWeight = 1 }, path) => {
    const at = `${path}.hardPodAffinityWeight`;
    return outside(at, hardPodAffinityWeight, 0, 100, "not in valid range [0, 100]");
  },
  NodeAffinity: ({ addedAffinity }, path) => {
    const required = "requiredDuringSchedulingIgnoredDuringExecution";
    const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    const at = `${path}.addedAffinity`;
    const told = [
      ...(addedAffinity?.[required]?.nodeSelectorTerms ?? []).flatMap((term, index) =>
        termErrors(term, `${at}.${required}.nodeSelectorTerms[${index}].`),
      ),
      ...(addedAffinity?.[preferred] ?? []).flatMap(({ preference }, index) =>
        termErrors(preference, `${at}.${preferred}[${index}].`),
      ),
    ];
    return told.map((message) => ({ field: message.split(": ")[0] ?? at, message }));
  },
  NodeResourcesBalancedAllocation: ({ resources = [] }, path) =>
    resources.flatMap(({ name, weight = 0 }, index) => {
      const at = `${path}.resources[${index}]`;
      const isSecond = resources.findIndex((one) => one.name === name) < index;
      return [
        ...(isSecond ? [field.duplicate(`${at}.name`, name)] : []),
        ...(weight === 0 || weight === 1
          ? []
          : [field.invalid(`${at}.weight`, weight, "must be 1")]),
      ];
    }),
  NodeResourcesFit: validateNodeResourcesFitArgs,
  PodTopologySpread: validatePodTopologySpreadArgs,
  VolumeBinding: ({ bindTimeoutSeconds = 600, shape }, path) => {
    const detail = "invalid BindTimeoutSeconds, should not be a negative value";
    const gate = "turn on the feature gate StorageCapacityScoring";
    const unexpected = `unexpected field \`shape\`, remove it or ${gate}`;
    return [
      ...outside(`${path}.bindTimeoutSeconds`, bindTimeoutSeconds, 0, Infinity, detail),
      ...(shape === undefined ? [] : [field.invalid(`${path}.shape`, shape, unexpected)]),
    ];
  },
};

function validateNodeResourcesFitArgs(args: PluginArgs, path: string): Errors {
  const { ignoredResources = [], ignoredResourceGroups = [], scoringStrategy } = args;
  const { type = "LeastAllocated", resources = [] } = scoringStrategy ?? {};
  const strategy = `${path}.scoringStrategy`;
  const ratio = scoringStrategy?.requestedToCapacityRatio;
  return [
    ...ignoredResources.flatMap((one, index) =>
      labelName(`${path}.ignoredResources[${index}]`, one),
    ),
    ...ignoredResourceGroups.flatMap((one, index) => {
      const at = `${path}.ignoredResourceGroups[${index}]`;
      const slash = field.invalid(at, one, "resource group name can't contain '/'");
      return [...(one.includes("/") ? [slash] : []), ...labelName(at, one)];
    }),
    ...(strategies.includes(type)
      ? []
      : [field.notSupported(`${strategy}.type`, type, strategies)]),
    ...resources.flatMap(({ name, weight = 0 }, index) => {
      const detail = `resource weight of ${name} not in valid range (0, 100]`;
      const given = weight === 0 ? 1 : weight;
      return outside(`${strategy}.resources[${index}].weight`, given, 1, 100, detail);
    }),
    ...(ratio === undefined ? [] : validateFunctionShape(ratio.shape ?? [], `${strategy}.shape`)),
  ];
}

const strategies = ["LeastAllocated", "MostAllocated", "RequestedToCapacityRatio"];

function validateFunctionShape(shape: readonly ShapePoint[], path: string): Errors {
  if (shape.length === 0) return [field.required(path, "at least one point must be specified")];
  const falling = shape.findIndex(({ utilization }, index) => {
    return index > 0 && (shape[index - 1]?.utilization ?? 0) >= utilization;
  });
  const unsorted = field.invalid(
    `${path}[${falling}].utilization`,
    shape[falling]?.utilization,
    "values must be sorted in increasing order",
  );
  return [
    ...(falling < 0 ? [] : [unsorted]),
    ...shape.flatMap(({ utilization, score }, index) => [
      ...outside(
        `${path}[${index}].utilization`,
        utilization,
        0,
        100,
        "not in valid range [0, 100]",
      ),
      ...outside(`${path}[${index}].score`, score, 0, 10, "not in valid range [0, 10]"),
    ]),
  ];
}

function validatePodTopologySpreadArgs(args: PluginArgs, path: string): Errors {
  const { defaultingType = "System", defaultConstraints = [] } = args;
  const at = `${path}.defaultingType`;
  const isKnown = defaultingType === "System" || defaultingType === "List";
  const isEmpty = defaultConstraints.length === 0;
  const notEmpty = "when .defaultConstraints are not empty";
  return [
    ...(isKnown ? [] : [field.notSupported(at, defaultingType, ["System", "List"])]),
    ...(defaultingType === "System" && !isEmpty ? [field.invalid(at, "System", notEmpty)] : []),
    ...defaultConstraints.flatMap((constraint, index) => {
      const { maxSkew = 0, topologyKey = "", whenUnsatisfiable, labelSelector } = constraint;
      const own = `${path}.defaultConstraints[${index}]`;
      const selector = "constraint must not define a selector, as they deduced for each pod";
      const isSecond = defaultConstraints.slice(0, index).some((other) => {
        return other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable;
      });
      return [
        ...outside(`${own}.maxSkew`, maxSkew, 1, Infinity, "not in valid range (0, inf)"),
        ...(topologyKey === ""
          ? [field.required(`${own}.topologyKey`, "can not be empty")]
          : labelName(`${own}.topologyKey`, topologyKey)),
        ...action(`${own}.whenUnsatisfiable`, whenUnsatisfiable),
        ...(labelSelector === undefined ? [] : [field.forbidden(`${own}.labelSelector`, selector)]),
        ...(isSecond ? [field.duplicate(own, `{${topologyKey}, ${whenUnsatisfiable}}`)] : []),
      ];
    }),
  ];
}

function action(path: string, value: string | undefined): Errors {
  const supported = ["DoNotSchedule", "ScheduleAnyway"];
  if (value === undefined || value === "") return [field.required(path, "can not be empty")];
  return supported.includes(value) ? [] : [field.notSupported(path, value, supported)];
}

/** apimachinery metav1 validation ValidateLabelName */
function labelName(path: string, name: string): Errors {
  return isQualifiedName(name).map((message) => field.invalid(path, name, message));
}

function outside(path: string, value: number, least: number, most: number, rule: string): Errors {
  return value < least || value > most ? [field.invalid(path, value, rule)] : [];
}
