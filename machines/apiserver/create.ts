import { type AnyObject, isKind, isValid } from "../api/objects.ts";
import { computePodQOS } from "../api/pod-qos.ts";
import type { Pod } from "../api/pod.ts";
import { appArmorWarnings } from "./app-armor.ts";
import type { FieldError } from "./field-error.ts";
import { strategyFor } from "./strategies.ts";
import type { PodValidationOptions } from "./validation-container-restart.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { isValidPathSegmentName } from "./validation-rbac.ts";

/** What the decoder fills in; pkg/apis/<group>/<version>/defaults.go. */
export function setObjectDefaults(object: AnyObject): AnyObject {
  const strategy = strategyFor(object);
  return strategy?.setDefaults?.(object) ?? object;
}

/** What came of a POST before it is stored. */
export interface Created {
  readonly object: AnyObject;
  /** The object is whole when there are none. */
  readonly errors: readonly FieldError[];
  /** What kubectl prints besides. */
  readonly warnings: readonly string[];
}

/**
 * apiserver/pkg/registry/rest/create.go BeforeCreate, with the strategy of the object's kind; a
 * kind that is not modelled is asked for its metadata only.
 */
export function beforeCreate(object: AnyObject, options?: PodValidationOptions): Created {
  const strategy = strategyFor(object);
  const converted = strategy?.convert?.(object) ?? object;
  const prepared = strategy?.prepareForCreate?.(converted) ?? converted;
  const own = strategy?.validate(prepared, options) ?? [];
  const errors = own.length > 0 ? own : commonErrors(prepared);
  const early = isKind(object, "Pod") ? appArmorWarnings(object) : [];
  if (errors.length > 0) return { object: prepared, errors, warnings: early };
  const warnings = [...early, ...(strategy?.warningsOnCreate?.(prepared) ?? [])];
  const isPod = isKind(prepared, "Pod") && isValid<"Pod">(prepared, errors);
  return { object: isPod ? withQosClass(prepared) : prepared, errors, warnings };
}

/** What the metadata of any kind must obey, asked last so that a kind's own words come first. */
function commonErrors(object: AnyObject): readonly FieldError[] {
  const isNamespaced =
    strategyFor(object)?.isNamespaced ?? object.metadata?.namespace !== undefined;
  const rules = { isNamespaced, validateName: isValidPathSegmentName };
  return validateObjectMeta(object.metadata ?? {}, rules);
}

/** The class is decided once, when the pod is created. */
function withQosClass(pod: Pod): Pod {
  return { ...pod, status: { ...pod.status, qosClass: computePodQOS(pod) } };
}
