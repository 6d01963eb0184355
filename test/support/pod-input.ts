import type { ObjectMeta } from "../../machines/api/meta.ts";
import type { Pod, PodSpec } from "../../machines/api/pod.ts";

/** A pod as vectors write it: Go's zero values are left out, even a spec without containers. */
export interface PodInput {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec?: Partial<PodSpec>;
  readonly status?: NonNullable<Pod["status"]>;
}

/** The same pod with the fields that an API object always has. */
export function podOf({ metadata, spec, status }: PodInput): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "", ...metadata },
    spec: { containers: [], ...spec },
    ...(status && { status }),
  };
}
