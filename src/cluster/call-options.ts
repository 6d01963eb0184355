import type { CallOptions } from "../system/api/call.ts";

/** Of which namespace; `default` unless it is said. */
export interface InNamespace {
  readonly namespace?: string;
}

export interface ListOptions
  extends Pick<
    CallOptions,
    | "labelSelector"
    | "fieldSelector"
    | "limit"
    | "continue"
    | "resourceVersion"
    | "resourceVersionMatch"
  > {
  /** All namespaces unless it is said. */
  readonly namespace?: string;
}

export interface WriteOptions extends InNamespace, Pick<CallOptions, "dryRun" | "fieldManager"> {}

export interface PatchOptions extends WriteOptions, Pick<CallOptions, "force"> {
  /** `strategic` unless it is said, as kubectl does. */
  readonly type?: "strategic" | "merge" | "json" | "apply";
  readonly subresource?: "status" | "scale" | "resize";
}

export interface DeleteOptions
  extends InNamespace,
    Pick<
      CallOptions,
      "gracePeriodSeconds" | "propagationPolicy" | "preconditions" | "dryRun" | "labelSelector"
    > {}

export interface ApplyOptions extends WriteOptions, Pick<CallOptions, "force"> {
  /** The API server merges, and tracks who has which fields. */
  readonly serverSide?: boolean;
  /** How messages call the text. */
  readonly file?: string;
}
