import type { PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";

/** What a plugin makes of a pod's spec, or why it does not let it in. */
export type Admission =
  | { readonly spec: Unchecked<PodSpec> }
  | { readonly refusal: AdmissionRefusal };

export interface AdmissionRefusal {
  /** The field that somebody has to change. */
  readonly field: string;
  /** After `pods "web" is forbidden: `. */
  readonly message: string;
}

/** `field` is the one below the pod's spec. */
export function refuse(field: string, message: string): Admission {
  return { refusal: { field: `spec.${field}`, message } };
}
