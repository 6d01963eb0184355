import type {
  ExtensionPoint,
  KubeSchedulerConfiguration,
  KubeSchedulerProfile,
} from "../../api/scheduler-configuration.ts";
import * as field from "./configuration-error.ts";
import type { SchedulerConfigurationError } from "./configuration-error.ts";
import { inTreePlugins } from "./extension-points.ts";
import { pluginListsOf } from "./plugin-lists.ts";
import { validatePluginArgs } from "./plugin-args-validation.ts";

type Errors = readonly SchedulerConfigurationError[];

/**
 * Why a kube-scheduler would not start with it, and what of it is not modelled; with its defaults.
 * Source: apis/config/validation/validation.go ValidateKubeSchedulerConfiguration.
 */
export function validateKubeSchedulerConfiguration(config: KubeSchedulerConfiguration): Errors {
  const { parallelism = 16, profiles = [], extenders = [] } = config;
  const { podInitialBackoffSeconds: initial = 1, podMaxBackoffSeconds: most = 10 } = config;
  const atLeast = "must be greater than or equal to PodInitialBackoffSeconds";
  const known = [
    ...(parallelism > 0
      ? []
      : [
          field.invalid("parallelism", parallelism, "should be an integer value greater than zero"),
        ]),
    ...profiles.flatMap((profile, index) => profileErrors(profile, index, profiles)),
    ...percentage("percentageOfNodesToScore", config.percentageOfNodesToScore),
    ...(initial > 0
      ? []
      : [field.invalid("podInitialBackoffSeconds", initial, "must be greater than 0")]),
    ...(most >= initial ? [] : [field.invalid("podMaxBackoffSeconds", most, atLeast)]),
    ...extenders.map((_, index) => ({
      field: `extenders[${index}]`,
      message: "no extender: nobody is there to be asked over HTTP in a virtual cluster",
    })),
  ];
  return known.length > 0 ? known : profiles.flatMap(startErrors);
}

function profileErrors(
  profile: KubeSchedulerProfile,
  index: number,
  profiles: readonly KubeSchedulerProfile[],
): Errors {
  const path = `profiles[${index}]`;
  const { schedulerName = "", pluginConfig = [] } = profile;
  const first = profiles.findIndex((one) => one.schedulerName === schedulerName);
  return [
    ...(schedulerName === "" ? [field.required(`${path}.schedulerName`)] : []),
    ...percentage(`${path}.percentageOfNodesToScore`, profile.percentageOfNodesToScore),
    ...removedPlugins(profile, path),
    ...pluginConfig.flatMap(({ name, args }, at) => {
      const own = `${path}.pluginConfig[${at}]`;
      const isSecond = pluginConfig.findIndex((one) => one.name === name) < at;
      const told = validatePluginArgs(name, args ?? {}, `${own}.args`);
      return [...(isSecond ? [field.duplicate(own, name)] : []), ...told];
    }),
    ...(schedulerName !== "" && first < index
      ? [field.duplicate(`${path}.schedulerName`, `profiles[${first}].schedulerName`)]
      : []),
  ];
}

/** invalidPluginsByVersion */
function removedPlugins({ plugins = {} }: KubeSchedulerProfile, path: string): Errors {
  const version = "kubescheduler.config.k8s.io/v1";
  return Object.entries(plugins).flatMap(([point, { enabled = [] }]) =>
    enabled.flatMap(({ name }, index) => {
      if (point === "multiPoint" || !removed.includes(name)) return [];
      const detail = `was invalid in version "v1" (KubeSchedulerConfiguration is version "${version}")`;
      return [field.invalid(`${path}.plugins.${point}.enabled[${index}]`, name, detail)];
    }),
  );
}

const removed: readonly string[] = ["AzureDiskLimits", "CinderLimits", "EBSLimits", "GCEPDLimits"];

function percentage(path: string, value: number | undefined): Errors {
  const isInside = value === undefined || (value >= 0 && value <= 100);
  return isInside ? [] : [field.invalid(path, value, "not in valid range [0-100]")];
}

/** What keeps a profile from being made: profile/profile.go NewMap, and what is not modelled. */
function startErrors(profile: KubeSchedulerProfile, index: number): Errors {
  const path = `profiles[${index}].plugins`;
  const lists = pluginListsOf(profile);
  const about = `initializing profiles: creating profile for scheduler name ${profile.schedulerName}`;
  if ("error" in lists) return [{ field: path, message: `${about}: ${lists.error}` }];
  const at = (point: ExtensionPoint) => lists.at.get(point) ?? [];
  if (at("queueSort").length !== 1) {
    const rule = `only one queue sort plugin required for profile with scheduler name`;
    const message = `${rule} "${profile.schedulerName}", but got ${at("queueSort").length}`;
    return [{ field: path, message: `${about}: ${message}` }];
  }
  if (at("bind").length === 0) {
    const rule = "at least one bind plugin is needed for profile with scheduler name";
    return [{ field: path, message: `${about}: ${rule} "${profile.schedulerName}"` }];
  }
  const [before, after] = [at("preFilter"), at("filter").filter((name) => filters.has(name))];
  const apart = "the same plugins at preFilter as at filter, which are asked together here";
  const unready = at("score").find((name) => scores.has(name) && !at("preScore").includes(name));
  return [
    ...(before.join() === after.join() ? [] : [{ field: `${path}.filter`, message: apart }]),
    ...(unready === undefined
      ? []
      : [{ field: `${path}.preScore`, message: `${unready} at preScore, as it is at score` }]),
  ];
}

/** Plugins that are asked about the pod before they are asked about nodes. */
const filters = both("preFilter", "filter");
const scores = both("preScore", "score");

function both(pre: ExtensionPoint, main: ExtensionPoint): ReadonlySet<string> {
  const having = [...inTreePlugins].filter(([, points]) => {
    return points.includes(pre) && points.includes(main);
  });
  return new Set(having.map(([name]) => name));
}
