import type { Pod } from "../../machines/api/pod.ts";
import type { ContainerState } from "../../machines/api/pod-status.ts";
import { printPod } from "../../machines/api/printers.ts";
import type { OutlineState } from "../../src/diagram/outline.ts";

/**
 * What `kubectl get pods` shows of a pod of one container when the API has heard of this state;
 * nothing for a state that is not shown as such.
 */
export function statusAlone(machine: string, state: OutlineState): string | undefined {
  if (machine === "podPhase") {
    const known = phases.find((one) => one === state.key);
    return known === undefined ? undefined : statusOf({ phase: known });
  }
  const isLeaf = state.states.length === 0;
  if (machine !== "container" || !isLeaf) return undefined;
  const shown = containerState(state);
  if (shown === undefined) return undefined;
  const one = { name: "app", ready: shown.running !== undefined, restartCount: 0, state: shown };
  const phase = shown.running === undefined ? "Pending" : "Running";
  return statusOf({ phase, containerStatuses: [one] });
}

const phases = ["Pending", "Running", "Succeeded", "Failed", "Unknown"] as const;

/** The key of a state is its reason, where it has one; without one it is not told as such. */
function containerState({ path, key }: OutlineState): ContainerState | undefined {
  const [group] = path.split(".");
  if (key === "created" || key === "unborn") return undefined;
  if (group === "Running") return { running: {} };
  if (group === "Terminated") return { terminated: { reason: key, exitCode: 1 } };
  return { waiting: { reason: key } };
}

function statusOf(status: Pod["status"]): string {
  const pod: Pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: { containers: [{ name: "app" }] },
    ...(status && { status }),
  };
  return printPod(pod, 0).STATUS;
}
