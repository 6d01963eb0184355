import type { Node } from "../../machines/api/node.ts";
import type { Pod, PodSpec } from "../../machines/api/pod.ts";
import type { Handle } from "../../machines/scheduler/framework/handle.ts";
import { newSnapshot } from "./snapshot.ts";
import { buildContainer, buildPod } from "./build.ts";
import { handleOf } from "./scheduler-world.ts";

/** A node of 4 CPU, 8Gi and 110 pods unless told otherwise. */
export function buildNode(name: string, { labels = {}, ...node }: NodeOptions = {}): Node {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
    spec: node.spec ?? {},
    status: { allocatable: { cpu: "4", memory: "8Gi", pods: "110", ...node.allocatable } },
  };
}

interface NodeOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: NonNullable<Node["spec"]>;
  readonly allocatable?: Readonly<Record<string, string>>;
}

/** A pod that asks for so much CPU. */
export function buildPodOf(name: string, cpu: string, spec: Partial<PodSpec> = {}): Pod {
  const containers = [buildContainer("app", { resources: { requests: { cpu } } })];
  return buildPod(name, { containers, ...spec });
}

/** A cluster of these nodes and pods and nothing else. */
export function buildHandle(nodes: readonly Node[], pods: readonly Pod[] = []): Handle {
  return { ...handleOf({}), snapshot: newSnapshot(nodes, pods) };
}
