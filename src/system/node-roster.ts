import type { Pod } from "../../machines/api/pod.ts";
import { isPodPhaseTerminal } from "../../machines/api/pod-status.ts";
import { updatePodFromAllocation } from "../../machines/kubelet/resize-allocation.ts";
import type { PodSide } from "./pod-side.ts";

/**
 * By node: the pods that its kubelet has added and that may still use what they asked for, with the
 * resources that the node has given them. Worked out when asked for, and kept until a pod changes,
 * so that many pods can be admitted one after the other.
 */
export class NodeRosters {
  readonly #known = new Map<string, Pod[]>();

  /** pkg/kubelet/kubelet_pods.go getAllocatedPods, filterOutInactivePods */
  of(node: string, sides: () => Iterable<PodSide>): readonly Pod[] {
    let roster = this.#known.get(node);
    if (roster === undefined) {
      roster = [];
      for (const side of sides()) if (isActive(side)) roster.push(allocated(side));
      this.#known.set(node, roster);
    }
    return roster;
  }

  added(side: PodSide): void {
    if (isActive(side)) this.#known.get(side.node)?.push(allocated(side));
  }

  changed(node: string): void {
    this.#known.delete(node);
  }
}

function isActive({ isForgotten, isStopped, pod, staged, verdict }: PodSide): boolean {
  if (isForgotten === true || isStopped) return false;
  const isTerminal =
    isPodPhaseTerminal(pod.status?.phase) || isPodPhaseTerminal(staged?.status.phase);
  return !isTerminal || pod.metadata.deletionTimestamp !== undefined || verdict !== undefined;
}

function allocated({ pod, allocation }: PodSide): Pod {
  return updatePodFromAllocation(pod, allocation);
}
