import { durationString } from "../api/duration.ts";
import { quote } from "../api/quote.ts";
import type { StartRefusal } from "./start-refusal.ts";

// The sentences of pkg/kubelet/images/image_manager.go; images are named as containers name them.

export function invalidImageName(image: string, error: string): string {
  return `Failed to apply default image tag ${quote(image)}: ${error}`;
}

/** It names the reference that was not found out, and so nothing. */
export function inspectionFailed(error: string): string {
  return `Failed to inspect image "": ${error}`;
}

export function neverPulled(image: string): string {
  return `Container image ${quote(image)} is not present with pull policy of Never`;
}

/** Before 1.35 nobody looked whether the pod may use the image. */
export function alreadyPresent(image: string, isAccessChecked: boolean): string {
  const access = isAccessChecked ? " and can be accessed by the pod" : "";
  return `Container image ${quote(image)} already present on machine${access}`;
}

export function pulling(image: string): string {
  return `Pulling image ${quote(image)}`;
}

/** How long the pull took, and how long with the wait for its turn. */
export interface PullTimes {
  readonly pullMs: number;
  readonly totalMs: number;
  readonly sizeBytes: number;
}

export function pulled(image: string, { pullMs, totalMs, sizeBytes }: PullTimes): string {
  const [pull, total] = [pullMs, totalMs].map((ms) => durationString(Math.trunc(ms)));
  const times = `${pull} (${total} including waiting)`;
  return `Successfully pulled image ${quote(image)} in ${times}. Image size: ${sizeBytes} bytes.`;
}

/** The Event's text, with the runtime's own words. */
export function pullFailed(image: string, error: string): string {
  return `Failed to pull image ${quote(image)}: ${error}`;
}

/** With what the last pull failed for, as the waiting container says it; without, as the Event. */
export function backOffPulling(image: string, failure?: string): string {
  const text = `Back-off pulling image ${quote(image)}`;
  return failure === undefined ? text : `${text}: ${failure}`;
}

/** What a throttled pull fails with; pkg/kubelet/images/helpers.go PullImage. */
export const pullQPSExceeded = "pull QPS exceeded";

/** Why a pull failed, as far as the kubelet tells it apart by the first word of the error. */
export type PullFailure = Extract<
  StartRefusal,
  "ErrImagePull" | "RegistryUnavailable" | "SignatureValidationFailed"
>;

/** What the runtime's error becomes: a waiting reason and its message. evalCRIPullErr */
export function evalCRIPullErr(
  image: string,
  error: string,
): { readonly reason: PullFailure; readonly message: string } {
  for (const [reason, because] of namedErrors) {
    if (!error.startsWith(reason)) continue;
    const rest = error.slice(reason.length);
    return { reason, message: `image pull failed for ${image} because ${because}${rest}` };
  }
  return { reason: "ErrImagePull", message: error };
}

// k8s.io/cri-api/pkg/errors ErrRegistryUnavailable, ErrSignatureValidationFailed
const namedErrors = [
  ["RegistryUnavailable", "the registry is unavailable"],
  ["SignatureValidationFailed", "the signature validation failed"],
] as const;
