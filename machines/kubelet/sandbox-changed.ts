import type { PodSpec } from "../api/pod.ts";
import type { SandboxRecord } from "./runtime-status.ts";

export interface SandboxChange {
  readonly changed: boolean;
  /** Of the sandbox to create, or of the one to keep. */
  readonly attempt: number;
  /** Empty where no sandbox is left, and after a change of the network mode. */
  readonly sandboxID: string;
}

type SandboxView = Pick<SandboxRecord, "id" | "attempt" | "state" | "ip" | "network">;

/**
 * Only the newest sandbox counts, and only while it alone is ready, in the spec's network, with an
 * address. pkg/kubelet/kuberuntime/util/util.go PodSandboxChanged
 */
export function podSandboxChanged(
  spec: Pick<PodSpec, "hostNetwork">,
  sandboxes: readonly SandboxView[] = [],
): SandboxChange {
  const newest = sandboxes[0];
  if (newest === undefined) return { changed: true, attempt: 0, sandboxID: "" };
  const { id: sandboxID, attempt = 0 } = newest;
  const hostNetwork = spec.hostNetwork ?? false;
  const ready = sandboxes.filter((sandbox) => sandbox.state === "SANDBOX_READY").length;
  if (ready > 1 || newest.state !== "SANDBOX_READY") {
    return { changed: true, attempt: attempt + 1, sandboxID };
  }
  if ((newest.network === "NODE") !== hostNetwork) {
    return { changed: true, attempt: attempt + 1, sandboxID: "" };
  }
  if (!hostNetwork && (newest.ip ?? "") === "") {
    return { changed: true, attempt: attempt + 1, sandboxID };
  }
  return { changed: false, attempt, sandboxID };
}
