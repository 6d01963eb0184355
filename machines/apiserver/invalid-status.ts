import type { KubeObject } from "../api/meta.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { errorBody, type FieldError, toAggregate } from "./field-error.ts";

/** The answer to an object that the API server refuses, with every cause. */
export interface InvalidStatus {
  readonly code: 422;
  readonly reason: "Invalid";
  readonly message: string;
  readonly causes: readonly {
    readonly field: string;
    readonly reason: string;
    readonly message: string;
  }[];
}

/** apimachinery/pkg/api/errors NewInvalid. */
export function newInvalid(
  object: Unchecked<KubeObject>,
  errors: readonly FieldError[],
): InvalidStatus {
  const group = /^(.*)\//.exec(object.apiVersion ?? "")?.[1];
  const kind = group === undefined ? object.kind : `${object.kind}.${group}`;
  const message = `${kind} "${object.metadata?.name ?? ""}" is invalid: ${toAggregate(errors)}`;
  const causes = errors.map((error) => {
    return { field: error.field, reason: error.type, message: errorBody(error) };
  });
  return { code: 422, reason: "Invalid", message, causes };
}
