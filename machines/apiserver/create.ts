import type { KubeObject } from "../api/meta.ts";
import { isKind, isValid } from "../api/objects.ts";
import type { Pod } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  setDefaultsNode,
  setDefaultsPersistentVolumeClaim,
  setDefaultsPriorityClass,
  setDefaultsSecret,
} from "./defaults-objects.ts";
import { setObjectDefaultsPod } from "./defaults-pod.ts";
import type { FieldError } from "./field-error.ts";
import { appArmorWarnings } from "./app-armor.ts";
import { computePodQOS } from "../api/pod-qos.ts";
import { completePodCidrs, foldStringData, prepareClaim } from "./prepare-objects.ts";
import { prepareForCreate } from "./prepare-pod.ts";
import type { PodValidationOptions } from "./validation-container-restart.ts";
import { validatePersistentVolumeClaim } from "./validation-claims.ts";
import {
  validateConfigMap,
  validateNode,
  validatePriorityClass,
  validateRuntimeClass,
} from "./validation-objects.ts";
import { validatePodCreate } from "./validation-pod-create.ts";
import { validateSecret, warningsForSecret } from "./validation-secret.ts";
import { getWarningsForPod } from "./warnings-pod.ts";

/** An object of any kind that the API server keeps, as somebody sent it. */
export type AnyObject = Unchecked<KubeObject>;

/** What the decoder fills in; pkg/apis/<group>/<version>/defaults.go. */
export function setObjectDefaults(object: AnyObject): AnyObject {
  if (isKind(object, "Pod")) return setObjectDefaultsPod(object);
  if (isKind(object, "Node")) return setDefaultsNode(object);
  if (isKind(object, "Secret")) return setDefaultsSecret(object);
  if (isKind(object, "PersistentVolumeClaim")) return setDefaultsPersistentVolumeClaim(object);
  return isKind(object, "PriorityClass") ? setDefaultsPriorityClass(object) : object;
}

/** What came of a POST before it is stored. */
export interface Created {
  readonly object: AnyObject;
  /** The object is whole when there are none. */
  readonly errors: readonly FieldError[];
  /** What kubectl prints besides. */
  readonly warnings: readonly string[];
}

/** apiserver/pkg/registry/rest/create.go BeforeCreate, with the strategy of the object's kind. */
export function beforeCreate(object: AnyObject, options?: PodValidationOptions): Created {
  const prepared = prepare(object);
  const errors = validate(prepared, options);
  const early = isKind(object, "Pod") ? appArmorWarnings(object) : [];
  if (errors.length > 0) return { object: prepared, errors, warnings: early };
  const warnings = [...early, ...warningsOnCreate(prepared)];
  const isPod = isKind(prepared, "Pod") && isValid<"Pod">(prepared, errors);
  return { object: isPod ? withQosClass(prepared) : prepared, errors, warnings };
}

function warningsOnCreate(object: AnyObject): readonly string[] {
  if (isKind(object, "Pod")) return getWarningsForPod(object);
  return isKind(object, "Secret") ? warningsForSecret(object) : [];
}

/** The class is decided once, when the pod is created. */
function withQosClass(pod: Pod): Pod {
  return { ...pod, status: { ...pod.status, qosClass: computePodQOS(pod) } };
}

/** What a kind's strategy does before it looks whether the object is valid; pkg/registry. */
function prepare(object: AnyObject): AnyObject {
  if (isKind(object, "Pod")) return prepareForCreate(object);
  if (isKind(object, "Node")) return completePodCidrs(object);
  if (isKind(object, "Secret")) return foldStringData(object);
  if (isKind(object, "PersistentVolumeClaim")) return prepareClaim(object);
  if (!isKind(object, "PriorityClass")) return object;
  return { ...object, metadata: { ...object.metadata, generation: 1 } };
}

/** Every field that the API server would refuse. */
function validate(object: AnyObject, options?: PodValidationOptions): readonly FieldError[] {
  if (isKind(object, "Pod")) return validatePodCreate(object, options);
  if (isKind(object, "Node")) return validateNode(object);
  if (isKind(object, "ConfigMap")) return validateConfigMap(object);
  if (isKind(object, "Secret")) return validateSecret(object);
  if (isKind(object, "PersistentVolumeClaim")) return validatePersistentVolumeClaim(object);
  if (isKind(object, "RuntimeClass")) return validateRuntimeClass(object);
  return isKind(object, "PriorityClass") ? validatePriorityClass(object) : [];
}
