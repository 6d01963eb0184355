import { quote } from "../api/quote.ts";

/** The Event of a preStop hook that failed; its error stays in the kubelet's log. */
export const preStopHookFailed = "PreStopHook failed";

/**
 * The text of a Killing event. The caller's sentence names the container by its slot; a caller
 * without one ends the whole pod. pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer
 */
export function killingMessage(message: string, slot: string, name: string): string {
  return message === "" ? `Stopping container ${name}` : message.replaceAll(slot, () => name);
}

/** Why a container of another definition cannot be killed; the same function. */
export function containerSpecMissing(
  container: { readonly name: string; readonly id: string },
  pod: { readonly name: string; readonly namespace?: string; readonly uid?: string },
  message: string,
): string {
  const podText = `${pod.name}_${pod.namespace ?? ""}(${pod.uid ?? ""})`;
  return (
    `failed to get containerSpec ${quote(container.name)} (id=${quote(container.id)}) ` +
    `in pod ${quote(podText)} when killing container for reason ${quote(message)}`
  );
}

export interface KillFailure {
  readonly action: "KillContainer" | "KillPodSandbox";
  /** The container's name, or the pod's uid. */
  readonly target: string;
  readonly message: string;
}

/**
 * The error of a pod that could not be killed as a whole; undefined when all went well.
 * pkg/kubelet/container/sync_result.go PodSyncResult.Error
 */
export function killPodError(failures: readonly KillFailure[]): string | undefined {
  const texts = failures.map(
    ({ action, target, message }) =>
      `failed to ${quote(action)} for ${quote(target)} with ${action}Error: ${quote(message)}`,
  );
  const different = [...new Set(texts)];
  return different.length > 1 ? `[${different.join(", ")}]` : different[0];
}
