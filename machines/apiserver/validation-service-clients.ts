import type { Service, ServiceSpec } from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  required,
  validateRequiredChoice,
} from "./field-error.ts";
import { isValidCidrForLegacyField } from "./validation-ip.ts";

type AnyService = Unchecked<Service>;
type Spec = Unchecked<ServiceSpec>;

/** The message for what only a load balancer has. */
export const onlyBalanced = "may only be used when `type` is 'LoadBalancer'";

const maxTimeoutSeconds = 86_400;

/** How long a client stays with one pod; validateClientIPAffinityConfig. */
export function validateSessionAffinity({
  sessionAffinity = "",
  sessionAffinityConfig: config,
}: Spec): FieldError[] {
  const path = "spec.sessionAffinityConfig";
  const affinities = ["ClientIP", "None"];
  const errors = validateRequiredChoice(sessionAffinity, affinities, "spec.sessionAffinity");
  if (sessionAffinity === "None" && config !== undefined) {
    return [...errors, forbidden(path, "must not be set when session affinity is None")];
  }
  if (sessionAffinity !== "ClientIP") return errors;
  const when = "when session affinity type is ClientIP";
  if (config === undefined) return [...errors, required(path, when)];
  if (config.clientIP === undefined) return [...errors, required(`${path}.clientIP`, when)];
  const { timeoutSeconds } = config.clientIP;
  const at = `${path}.clientIP.timeoutSeconds`;
  if (timeoutSeconds === undefined) return [...errors, required(at, when)];
  const isFine = timeoutSeconds > 0 && timeoutSeconds <= maxTimeoutSeconds;
  const detail = `must be greater than 0 and less than ${maxTimeoutSeconds}`;
  return isFine ? errors : [...errors, invalid(at, timeoutSeconds, detail)];
}

const rangesKey = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** Which clients a load balancer lets in, as a field or as the annotation before it. */
export function validateSourceRanges(
  { metadata, spec = {} }: AnyService,
  old?: AnyService,
): FieldError[] {
  const { loadBalancerSourceRanges: ranges = [], type } = spec;
  const isBalanced = type === "LoadBalancer";
  const path = "spec.LoadBalancerSourceRanges";
  if (ranges.length > 0) {
    const before = old?.spec?.loadBalancerSourceRanges?.map((range) => range.trim());
    return [
      ...(isBalanced ? [] : [forbidden(path, onlyBalanced)]),
      ...ranges.flatMap((range, index) => {
        return isValidCidrForLegacyField(`${path}[${index}]`, range.trim(), before);
      }),
    ];
  }
  const annotation = metadata?.annotations?.[rangesKey];
  if (annotation === undefined) return [];
  const at = `metadata.annotations[${rangesKey}]`;
  const isNew = old?.metadata?.annotations?.[rangesKey] !== annotation;
  const listed = isNew && annotation.trim() !== "" ? annotation.trim().split(",") : [];
  return [
    ...(isBalanced ? [] : [forbidden(at, onlyBalanced)]),
    ...listed.flatMap((range) => isValidCidrForLegacyField(at, range.trim())),
  ];
}
