import type { KubeletConfiguration } from "../api/kubelet-configuration.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { parseThresholdConfig } from "./eviction-thresholds.ts";
import { type ConfigurationError, refuse } from "./kubelet-configuration-error.ts";

/** What the kubelet says when it starts; pkg/kubelet/eviction/helpers.go ParseThresholdConfig. */
export function validateThresholds(
  config: Pick<Unchecked<KubeletConfiguration>, (typeof statementFields)[number]>,
): ConfigurationError[] {
  const own = statementFields.flatMap((field) => {
    return Object.entries(config[field] ?? {}).flatMap(([signal, text]) => {
      const isSoft = field === "evictionSoft";
      const grace = isSoft ? { evictionSoftGracePeriod: { [signal]: "1s" } } : {};
      const parsed = parseThresholdConfig({ ...grace, [field]: { [signal]: text } });
      return "error" in parsed ? refuse(`${field}[${signal}]`, parsed.error) : [];
    });
  });
  if (own.length > 0) return own;
  const { evictionSoft = {}, evictionSoftGracePeriod = {} } = config;
  const together = parseThresholdConfig({ evictionSoft, evictionSoftGracePeriod });
  return "error" in together ? refuse("evictionSoft", together.error) : [];
}

const statementFields = [
  "evictionHard",
  "evictionSoft",
  "evictionSoftGracePeriod",
  "evictionMinimumReclaim",
] as const;
