import type { ObjectMeta } from "../api/meta.ts";
import type { AnyObject } from "../api/objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { FieldError } from "./field-error.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import type { PodValidationOptions } from "./validation-container-restart.ts";
import { validateObjectMetaUpdate } from "./validation-metadata-update.ts";

/**
 * What the API server does with objects of one kind before it keeps them: pkg/apis for defaults
 * and validation, pkg/registry for the rest. All but `validate` and `validateUpdate` may be absent.
 */
export interface Strategy<Kind extends AnyObject = AnyObject> {
  readonly isNamespaced: boolean;
  /** pkg/apis/<group>/<version>/defaults.go */
  setDefaults?(object: Kind): Kind;
  /** What old names and forms of fields come to; pkg/apis/<group>/<version>/conversion.go */
  convert?(object: Kind): Kind;
  /** A new object as it is kept; it has its uid already. */
  prepareForCreate?(object: Kind): Kind;
  validate(object: Kind, options?: PodValidationOptions): readonly FieldError[];
  /** Of a valid object. */
  warningsOnCreate?(object: Kind): readonly string[];
  /** A changed object as it is kept. */
  prepareForUpdate?(object: Kind, old: Kind): Kind;
  validateUpdate(object: Kind, old: Kind): readonly FieldError[];
  warningsOnUpdate?(object: Kind, old: Kind): readonly string[];
}

interface WithStatus extends AnyObject {
  readonly spec?: object;
  readonly status?: object;
}

/** Nobody creates an object with a status, and its first generation is 1. */
export function created<Kind extends WithStatus>(object: Kind): Kind {
  return firstGeneration(withoutStatus(object));
}

/** Nobody creates an object with a status. */
export function withoutStatus<Kind extends WithStatus>(object: Kind): Kind {
  const sent: Kind & { status?: object } = { ...object };
  delete sent.status;
  return sent;
}

/** Of kinds whose changes are counted. */
export function firstGeneration<Kind extends AnyObject>(object: Kind): Kind {
  return { ...object, metadata: { ...object.metadata, generation: 1 } };
}

/** Nobody but its owner updates a status. */
export function withOldStatus<Kind extends WithStatus>(object: Kind, old: Kind): Kind {
  const { status } = old;
  if (status !== undefined) return { ...object, status };
  if (object.status === undefined) return object;
  return { ...object, status: {} };
}

/** Another spec is another generation. */
export function withGeneration<Kind extends WithStatus>(object: Kind, old: Kind): Kind {
  const isSame = semanticDeepEqual(object.spec, old.spec, "spec");
  return isSame ? object : nextGeneration(object, old);
}

/** One more than before. */
export function nextGeneration<Kind extends AnyObject>(object: Kind, old: Kind): Kind {
  const generation = (old.metadata?.generation ?? 0) + 1;
  return { ...object, metadata: { ...object.metadata, generation } };
}

/** What no update of any kind may change of the metadata. */
export function metadataUpdateErrors(object: AnyObject, old: AnyObject): readonly FieldError[] {
  const none: Unchecked<ObjectMeta> = {};
  return validateObjectMetaUpdate(object.metadata ?? none, old.metadata ?? none);
}

/** Whether the two have another generation. */
export function isOtherGeneration(object: AnyObject, old: AnyObject): boolean {
  return object.metadata?.generation !== old.metadata?.generation;
}
