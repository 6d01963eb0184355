import type { ObjectMeta } from "../api/meta.ts";

interface Annotated {
  readonly metadata?: Pick<ObjectMeta, "annotations">;
}

/** A pod that the kubelet read from a file or URL; pkg/kubelet/types/pod_update.go IsStaticPod. */
export function isStaticPod(pod: Annotated): boolean {
  const source = pod.metadata?.annotations?.["kubernetes.io/config.source"];
  return source !== undefined && source !== "api";
}

/** What the API server shows of a static pod; pkg/kubelet/types/pod_update.go IsMirrorPod. */
export function isMirrorPod(pod: Annotated): boolean {
  return pod.metadata?.annotations?.["kubernetes.io/config.mirror"] !== undefined;
}
