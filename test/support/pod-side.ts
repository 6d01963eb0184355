import type { Pod } from "../../machines/api/pod.ts";
import type { RuntimeStatus } from "../../machines/kubelet/runtime-status.ts";
import { KubeWorld, type PodSide } from "../../src/system/world.ts";

/** A world with one pod that its kubelet knows, and what the runtime has of it. */
export function worldWith(pod: Pod, runtime: RuntimeStatus, epochMs = 0): KubeWorld {
  const world = new KubeWorld(epochMs);
  world.addSide(podKey(pod), podSide(pod, runtime));
  return world;
}

export function podKey({ metadata: { namespace = "default", name } }: Pod): string {
  return `${namespace}/${name}`;
}

function podSide(pod: Pod, runtime: RuntimeStatus): PodSide {
  return {
    uid: pod.metadata.uid ?? "",
    node: pod.spec.nodeName ?? "",
    pod,
    runtime,
    cache: runtime,
    generated: undefined,
    staged: undefined,
    reasons: {},
    probeResults: {},
    verdict: undefined,
    made: 0,
    isFinished: false,
    podIsTerminal: false,
    isStopped: false,
    hasProbeWorkers: false,
    backOffUntilMs: undefined,
    mounted: [],
    processes: {},
  };
}
