import type { Deployment, IntOrString, ReplicaSet } from "../../machines/api/workload-objects.ts";

/** What decides how many pods a Deployment may have. */
export interface Sizing {
  readonly replicas: number;
  readonly maxSurge?: IntOrString;
  readonly maxUnavailable?: IntOrString;
  readonly strategy?: "RollingUpdate" | "Recreate";
  readonly statusReplicas?: number;
}

/** A Deployment `web` with nothing but its sizes. */
export function deploymentOf(sizing: Sizing): Deployment {
  const { replicas, maxSurge, maxUnavailable, strategy, statusReplicas } = sizing;
  const rollingUpdate = {
    ...(maxSurge !== undefined && { maxSurge }),
    ...(maxUnavailable !== undefined && { maxUnavailable }),
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default", uid: "uid-web" },
    spec: {
      replicas,
      selector: {},
      template: { spec: { containers: [] } },
      strategy: { ...(strategy !== undefined && { type: strategy }), rollingUpdate },
    },
    ...(statusReplicas !== undefined && { status: { replicas: statusReplicas } }),
  };
}

/** A ReplicaSet as the cases of arithmetic write it. */
export interface BriefReplicaSet {
  readonly name: string;
  readonly replicas: number;
  readonly available?: number;
  readonly creationTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function replicaSetOf(brief: BriefReplicaSet): ReplicaSet {
  const { name, replicas, available = 0, creationTimestamp = "", annotations = {} } = brief;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name, namespace: "default", uid: `uid-${name}`, creationTimestamp, annotations },
    spec: { replicas, selector: {}, template: { spec: { containers: [] } } },
    status: { replicas, availableReplicas: available },
  };
}
