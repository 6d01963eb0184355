import type { Pod } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden } from "./field-error.ts";
import type { PodValidationOptions } from "./validation-container-restart.ts";
import { validatePodMetadataAndSpec } from "./validation-pod.ts";
import { validateProfileAnnotationsMatch } from "./validation-pod-annotations.ts";

/** A new pod with its defaults; pkg/apis/core/validation/validation.go ValidatePodCreate. */
export function validatePodCreate(
  pod: Unchecked<Pod>,
  options: PodValidationOptions = {},
): FieldError[] {
  const { metadata = {}, spec = {} } = pod;
  const annotations = metadata.annotations ?? {};
  const isDebugged = (spec.ephemeralContainers ?? []).length > 0;
  const isGated = Boolean(spec.nodeName) && (spec.schedulingGates ?? []).length > 0;
  const stillGated = "cannot be set until all schedulingGates have been cleared";
  return [
    ...validatePodMetadataAndSpec(pod, options),
    ...(isDebugged ? [forbidden("spec.ephemeralContainers", "cannot be set on create")] : []),
    ...(isGated ? [forbidden("spec.nodeName", stillGated)] : []),
    ...validateProfileAnnotationsMatch(annotations, spec, "spec"),
  ];
}
