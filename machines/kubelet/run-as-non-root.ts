import type { ObjectMeta } from "../api/meta.ts";
import { isValidUserId } from "../api/names.ts";
import type { Container, PodSpec } from "../api/pod.ts";

interface UserPod {
  readonly metadata: Pick<ObjectMeta, "name" | "namespace" | "uid">;
  readonly spec: Pick<PodSpec, "securityContext">;
}

/**
 * Why a container may not run as the user that it would have; the container's own security context
 * goes before the pod's, and an image without a user runs as root.
 * pkg/kubelet/kuberuntime/security_context_others.go verifyRunAsNonRoot
 */
export function verifyRunAsNonRoot(
  pod: UserPod,
  { name, securityContext }: Pick<Container, "name" | "securityContext">,
  imageUser: number | string = 0,
): string | undefined {
  const { runAsNonRoot, runAsUser } = { ...pod.spec.securityContext, ...securityContext };
  if (runAsNonRoot !== true) return undefined;
  const said = runAsUser === undefined ? imageMistake(imageUser) : ownMistake(runAsUser);
  return said && `${said} (pod: ${JSON.stringify(formatPod(pod))}, container: ${name})`;
}

function ownMistake(runAsUser: number): string | undefined {
  return runAsUser === 0 ? "container's runAsUser breaks non-root policy" : undefined;
}

function imageMistake(user: number | string): string | undefined {
  if (typeof user === "string") {
    return `container has runAsNonRoot and image has non-numeric user (${user}), ${unverified}`;
  }
  if (user === 0) return "container has runAsNonRoot and image will run as root";
  const mistakes = isValidUserId(user);
  if (mistakes.length === 0) return undefined;
  const range = `(Must be 1-(${highestUserId}))`;
  return `container has runAsNonRoot and image has an invalid user id (${user}). ${range}: ${mistakes.join("; ")}`;
}

const unverified = "cannot verify user is non-root";
const highestUserId = 2 ** 31 - 1;

/** pkg/kubelet/util/format/pod.go Pod */
function formatPod({ metadata: { name, namespace = "", uid = "" } }: UserPod): string {
  return `${name}_${namespace}(${uid})`;
}
