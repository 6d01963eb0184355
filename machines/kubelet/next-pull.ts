import type { ImagePullPolicy } from "../api/pod.ts";

/** What the kubelet does first for an image that a container asks for. */
export type NextPull = "refuseInvalidName" | "inspect" | "pull";

/**
 * Only the policies IfNotPresent and Never ask the runtime; an empty policy, which the API server
 * never sends, pulls. pkg/kubelet/images/image_manager.go EnsureImageExists, imagePullPrecheck
 */
export function nextPull(policy: ImagePullPolicy | "", referenceIsValid: boolean): NextPull {
  if (!referenceIsValid) return "refuseInvalidName";
  return policy === "IfNotPresent" || policy === "Never" ? "inspect" : "pull";
}

/**
 * The image on the node, as this pod may use it: `present` is not checked any further (before
 * 1.35), `inaccessible` was pulled with credentials that the pod does not have.
 */
export type ImagePresence = "absent" | "present" | "accessible" | "inaccessible";

/** What the runtime's answer leads to. */
export type AfterInspection = "usePresent" | "useAccessible" | "refuseNeverPull" | "pull";

/** The same function's second part: nobody learns of an image that he may not use. */
export function afterInspection(
  policy: ImagePullPolicy | "",
  image: ImagePresence,
): AfterInspection {
  if (image === "present") return "usePresent";
  if (image === "accessible") return "useAccessible";
  return policy === "Never" ? "refuseNeverPull" : "pull";
}
