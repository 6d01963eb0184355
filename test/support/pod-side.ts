import type { Pod } from "../../machines/api/pod.ts";
import type { RuntimeStatus } from "../../machines/kubelet/runtime-status.ts";
import { defaultNode, nodeSide } from "../../src/cluster/nodes.ts";
import { addPod } from "../../src/system/projections/node.ts";
import { KubeWorld } from "../../src/system/world.ts";

/** A world with one pod that its kubelet knows, and what the runtime has of it. */
export function worldWith(pod: Pod, runtime: RuntimeStatus, kubeletStartMs = 0): KubeWorld {
  const world = new KubeWorld(0);
  const { nodeName = "node-1" } = pod.spec;
  world.setNode(nodeSide(defaultNode(nodeName), kubeletStartMs));
  const { metadata, spec } = pod;
  const key = podKey(pod);
  const namespace = metadata.namespace ?? "default";
  world.store.put<Pod>({
    ...pod,
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, namespace },
    spec: { ...spec, nodeName },
  });
  addPod(world, key);
  world.change(key, { pod, runtime, cache: runtime });
  return world;
}

export function podKey({ metadata: { namespace = "default", name } }: Pod): string {
  return `${namespace}/${name}`;
}
