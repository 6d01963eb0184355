import { parseDuration } from "../api/go-duration.ts";
import type { KubeletConfiguration } from "../api/kubelet-configuration.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FeatureGateError, featureGateErrors } from "./feature-gate-map.ts";
import { type ConfigurationError, refuse } from "./kubelet-configuration-error.ts";
import { validateThresholds } from "./kubelet-configuration-eviction.ts";

type AnyConfiguration = Unchecked<KubeletConfiguration>;
type NumberField = {
  [Name in keyof AnyConfiguration]-?: AnyConfiguration[Name] extends number | undefined
    ? Name
    : never;
}[keyof AnyConfiguration];

/**
 * What is wrong with a configuration that has its defaults, under the gates of a default v1.35.4;
 * with wrong gates of its own it is not looked at further.
 * Source: pkg/kubelet/apis/config/validation/validation.go ValidateKubeletConfiguration.
 */
export function validateKubeletConfiguration(config: AnyConfiguration): ConfigurationError[] {
  const ofGates = featureGateErrors(config.featureGates);
  if (ofGates.length > 0)
    return ofGates.flatMap((error) => refuse(fieldOf(error, config), error.message));
  return [
    ...validateNumbers(config),
    ...validateImageCollection(config),
    ...validatePulls(config),
    ...validateWords(config),
    ...validateShutdown(config),
    ...validateBackOff(config),
    ...validateEnforcement(config),
    ...validateThresholds(config),
  ];
}

/** A gate may be on that is not named itself. */
function fieldOf({ gate }: FeatureGateError, { featureGates = {} }: AnyConfiguration): string {
  return gate in featureGates ? `featureGates[${gate}]` : "featureGates";
}

function validateNumbers(config: AnyConfiguration): ConfigurationError[] {
  return ranges.flatMap(([field, least, most, flag, rule]) => {
    const value = config[field] ?? 0;
    const isInside = value >= least && value <= most;
    const shown = flag === "" ? `${field} must` : `${field} (--${flag}) ${value} must`;
    return isInside ? [] : refuse(field, `${shown} ${rule}`);
  });
}

const notNegative = "not be a negative number";
const percent = "be between 0 and 100, inclusive";

const ranges: readonly (readonly [NumberField, number, number, flag: string, rule: string])[] = [
  ["nodeLeaseDurationSeconds", 1, Infinity, "", "be greater than 0"],
  ["eventBurst", 0, Infinity, "event-burst", notNegative],
  ["eventRecordQPS", 0, Infinity, "event-qps", notNegative],
  ["imageGCHighThresholdPercent", 0, 100, "image-gc-high-threshold", percent],
  ["imageGCLowThresholdPercent", 0, 100, "image-gc-low-threshold", percent],
  ["kubeAPIBurst", 0, Infinity, "kube-api-burst", notNegative],
  ["kubeAPIQPS", 0, Infinity, "kube-api-qps", notNegative],
  ["maxPods", 0, Infinity, "max-pods", notNegative],
  ["oomScoreAdj", -1000, 1000, "oom-score-adj", "be between -1000 and 1000, inclusive"],
  ["podsPerCore", 0, Infinity, "pods-per-core", notNegative],
  ["registryBurst", 0, Infinity, "registry-burst", notNegative],
  ["registryPullQPS", 0, Infinity, "registry-qps", notNegative],
  ["containerLogMaxFiles", 2, Infinity, "", "be greater than 1"],
];

function validateImageCollection(config: AnyConfiguration): ConfigurationError[] {
  const { imageGCHighThresholdPercent: high = 0, imageGCLowThresholdPercent: low = 0 } = config;
  const { imageMaximumGCAge: most = "0s", imageMinimumGCAge: least = "0s" } = config;
  const [mostMs, leastMs] = [msOf(most), msOf(least)];
  const lowName = `imageGCLowThresholdPercent (--image-gc-low-threshold) ${low}`;
  const highName = `imageGCHighThresholdPercent (--image-gc-high-threshold) ${high}`;
  return [
    ...(low < high
      ? []
      : refuse("imageGCLowThresholdPercent", `${lowName} must be less than ${highName}`)),
    ...(mostMs < 0
      ? refuse("imageMaximumGCAge", `imageMaximumGCAge ${most} must not be negative`)
      : []),
    ...(mostMs > 0 && mostMs <= leastMs
      ? refuse(
          "imageMaximumGCAge",
          `imageMaximumGCAge ${most} must be greater than imageMinimumGCAge ${least}`,
        )
      : []),
  ];
}

function validatePulls(config: AnyConfiguration): ConfigurationError[] {
  const { maxParallelImagePulls: most, serializeImagePulls = true } = config;
  if (most === undefined) return [];
  const onlyOne =
    "maxParallelImagePulls cannot be larger than 1 unless SerializeImagePulls (--serialize-image-pulls) is set to false";
  return [
    ...(most < 1
      ? refuse("maxParallelImagePulls", `maxParallelImagePulls ${most} must be a positive number`)
      : []),
    ...(serializeImagePulls && most > 1 ? refuse("maxParallelImagePulls", onlyOne) : []),
  ];
}

function validateWords(config: AnyConfiguration): ConfigurationError[] {
  const swap = config.memorySwap?.swapBehavior ?? "";
  const policy = config.imagePullCredentialsVerificationPolicy ?? "";
  const isList = (config.preloadedImagesVerificationAllowlist ?? []).length > 0;
  const swapMessage = `memorySwap.swapBehavior ${quote(swap)} must be one of: "", "LimitedSwap" or "NoSwap"`;
  const onlyWith =
    'can\'t set `preloadedImagesVerificationAllowlist` if `imagePullCredentialsVertificationPolicy` is not "NeverVerifyAllowlistedImages"';
  const policyField = "imagePullCredentialsVerificationPolicy";
  const shown = `option ${quote(policy)} specified for ${policyField}. Valid options are`;
  return [
    ...(["", "NoSwap", "LimitedSwap"].includes(swap)
      ? []
      : refuse("memorySwap.swapBehavior", swapMessage)),
    ...(policies.includes(policy) ? [] : refuse(policyField, `${shown} ${optionsOf(policies)}`)),
    ...(isList && policy !== "NeverVerifyAllowlistedImages"
      ? refuse("preloadedImagesVerificationAllowlist", onlyWith)
      : []),
  ];
}

const policies: readonly string[] = [
  "NeverVerify",
  "NeverVerifyPreloadedImages",
  "NeverVerifyAllowlistedImages",
  "AlwaysVerify",
];

function optionsOf(words: readonly string[]): string {
  const quoted = words.map(quote);
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

function validateShutdown(config: AnyConfiguration): ConfigurationError[] {
  const { shutdownGracePeriod: all = "0s", shutdownGracePeriodCriticalPods: critical = "0s" } =
    config;
  const [allMs, criticalMs] = [msOf(all), msOf(critical)];
  const byPriority = (config.shutdownGracePeriodByPodPriority ?? []).length > 0;
  const rule = "must be either zero or otherwise >= 1 sec";
  const field = "shutdownGracePeriodCriticalPods";
  const both =
    "Cannot specify both shutdownGracePeriodByPodPriority and shutdownGracePeriod at the same time";
  return [
    ...(criticalMs > allMs
      ? refuse(field, `${field} ${critical} must be <= shutdownGracePeriod ${all}`)
      : []),
    ...(isOdd(allMs) ? refuse("shutdownGracePeriod", `shutdownGracePeriod ${all} ${rule}`) : []),
    ...(isOdd(criticalMs) ? refuse(field, `${field} ${critical} ${rule}`) : []),
    ...(byPriority && (allMs > 0 || criticalMs > 0)
      ? refuse("shutdownGracePeriodByPodPriority", both)
      : []),
  ];
}

function isOdd(ms: number): boolean {
  return ms < 0 || (ms > 0 && ms < 1_000);
}

function validateBackOff(config: AnyConfiguration): ConfigurationError[] {
  const ms = msOf(config.crashLoopBackOff?.maxContainerRestartPeriod ?? "5m0s");
  const name = "CrashLoopBackOff.MaxContainerRestartPeriod";
  const isInside = Math.trunc(ms) >= 1_000 && Math.trunc(ms) <= 300_000;
  const message = `${name} (got: ${ms / 1_000} seconds) must be set between 1s and 300s`;
  return isInside ? [] : refuse("crashLoopBackOff.maxContainerRestartPeriod", message);
}

function validateEnforcement(config: AnyConfiguration): ConfigurationError[] {
  const field = "enforceNodeAllocatable";
  const flag = `${field} (--enforce-node-allocatable)`;
  const options = [
    "pods",
    "system-reserved",
    "system-reserved-compressible",
    "kube-reserved",
    "kube-reserved-compressible",
    "none",
  ];
  return (config.enforceNodeAllocatable ?? []).flatMap((one) => {
    if (options.includes(one)) return [];
    const valid = `Valid options are ${optionsOf(options)}`;
    return refuse(field, `option ${quote(one)} specified for ${flag}. ${valid}`);
  });
}

function msOf(duration: string): number {
  return parseDuration(duration) ?? 0;
}
