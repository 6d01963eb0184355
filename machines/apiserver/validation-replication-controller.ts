import { nameIsDnsSubdomain } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { ReplicationController } from "../api/workload-objects.ts";
import { type FieldError, required } from "./field-error.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { validateNonnegativeField } from "./validation-numbers.ts";
import {
  validatePodTemplateSpec,
  validateRunsForEver,
  validateSelects,
} from "./validation-templates.ts";

/** pkg/apis/core/validation/validation.go ValidateReplicationController. */
export function validateReplicationController({
  metadata = {},
  spec = {},
}: Unchecked<ReplicationController>): FieldError[] {
  const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };
  return [...validateObjectMeta(metadata, rules), ...validateReplicationControllerSpec(spec)];
}

/** ValidateReplicationControllerSpec; its selector is nothing but labels. */
export function validateReplicationControllerSpec(
  spec: NonNullable<Unchecked<ReplicationController>["spec"]>,
): FieldError[] {
  const { selector = {}, template, replicas } = spec;
  const at = "spec.template";
  return [
    ...validateNonnegativeField(spec.minReadySeconds, "spec.minReadySeconds"),
    ...(Object.keys(selector).length === 0 ? [required("spec.selector")] : []),
    ...(replicas === undefined
      ? [required("spec.replicas")]
      : validateNonnegativeField(replicas, "spec.replicas")),
    ...(template === undefined
      ? [required(at)]
      : [
          ...validateSelects({ matchLabels: selector }, template, at),
          ...validatePodTemplateSpec(template, at),
          ...validateRunsForEver(template, at, "ReplicationController"),
        ]),
  ];
}
