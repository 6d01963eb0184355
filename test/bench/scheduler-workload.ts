import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";

/** Clusters and pods as those with which the real kube-scheduler was measured. */
export const workloads = ["plain", "anti-affinity", "topology-spread"] as const;

export type Workload = (typeof workloads)[number];

/** 32 CPUs, 128 Gi, 110 pods, in three zones in turn. */
export function nodesOf(count: number): readonly Node[] {
  return Array.from({ length: count }, (_, nth) => {
    const name = `node-${nth}`;
    const capacity = { cpu: "32", memory: "128Gi", pods: "110" };
    const labels = {
      "kubernetes.io/hostname": name,
      "topology.kubernetes.io/zone": `zone-${nth % 3}`,
    };
    return {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name, labels },
      status: { capacity, allocatable: capacity },
    };
  });
}

/** How many apps the pods belong to. */
export function appsOf(nodes: number, pods: number): number {
  return Math.max(10, Math.trunc((4 * pods) / nodes));
}

/** The nth pod: one container that asks for 100m and 128Mi. */
export function podOf(workload: Workload, nth: number, apps: number): Pod {
  const app = `app-${nth % apps}`;
  const name = `pod-${nth}`;
  const requests = { cpu: "100m", memory: "128Mi" };
  const matchLabels = { app };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default", uid: name, labels: { app } },
    spec: {
      schedulerName: "default-scheduler",
      containers: [{ name: "app", image: "registry.example/app:1", resources: { requests } }],
      ...relations[workload](matchLabels),
    },
  };
}

const relations = {
  plain: () => ({}),
  "anti-affinity": (matchLabels) => ({
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels } },
        ],
      },
    },
  }),
  "topology-spread": (matchLabels) => ({
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels },
      },
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels },
      },
    ],
  }),
} as const satisfies Record<
  Workload,
  (matchLabels: Readonly<Record<string, string>>) => Partial<Pod["spec"]>
>;
