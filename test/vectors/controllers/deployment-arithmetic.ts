import { getScaledValueFromIntOrPercent } from "../../../machines/api/int-or-string.ts";
import type {
  Deployment,
  IntOrString,
  ReplicaSet,
} from "../../../machines/api/workload-objects.ts";
import {
  maxSurge,
  maxUnavailable,
  minAvailable,
  resolveFenceposts,
} from "../../../machines/controllers/deployment/fenceposts.ts";
import {
  getReplicaSetProportion,
  newRSNewReplicas,
} from "../../../machines/controllers/deployment/proportions.ts";
import { scale } from "../../../machines/controllers/deployment/scale.ts";
import {
  type BriefReplicaSet,
  deploymentOf,
  replicaSetOf,
  type Sizing,
} from "../../support/deployments.ts";
import { runScripted } from "../../support/scripted-sync.ts";

interface Input extends Sizing {
  readonly kind: string;
  readonly total: number;
  readonly value: IntOrString;
  readonly roundUp: boolean;
  readonly newReplicaSet: number & BriefReplicaSet;
  readonly oldReplicaSets: readonly (number & BriefReplicaSet)[];
  readonly replicaSetReplicas: number;
  readonly maxReplicasAnnotation?: string;
  readonly toAdd: number;
  readonly addedSoFar: number;
}

export function run(input: Input): unknown {
  return runners[input.kind]?.(input);
}

const runners: Readonly<Record<string, (input: Input) => unknown>> = {
  fenceposts: (input) => {
    const deployment = deploymentOf({ ...input, strategy: "RollingUpdate" });
    return {
      deployment: {
        maxSurge: maxSurge(deployment),
        maxUnavailable: maxUnavailable(deployment),
        minAvailable: minAvailable(deployment),
      },
      ...resolveFenceposts(input.maxSurge, input.maxUnavailable, input.replicas),
    };
  },
  percent: ({ value, total, roundUp }) => getScaledValueFromIntOrPercent(value, total, roundUp),
  percentBoth: ({ value, total }) => ({
    roundedDown: getScaledValueFromIntOrPercent(value, total, false).value,
    roundedUp: getScaledValueFromIntOrPercent(value, total, true).value,
  }),
  newReplicas: (input) => {
    const [own, ...old] = [input.newReplicaSet, ...input.oldReplicaSets].map((replicas, index) => {
      return replicaSetOf({ name: `web-${index}`, replicas });
    });
    return own && newRSNewReplicas(deploymentOf(input), [...old, own], own);
  },
  proportion: (input) => {
    const { maxReplicasAnnotation: max, replicaSetReplicas: replicas } = input;
    const annotations = max === undefined ? {} : { "deployment.kubernetes.io/max-replicas": max };
    const replicaSet = replicaSetOf({ name: "web-1", replicas, annotations });
    const deployment = deploymentOf({ ...input, strategy: "RollingUpdate" });
    const { toAdd, addedSoFar } = input;
    return { value: getReplicaSetProportion(replicaSet, deployment, toAdd, addedSoFar) };
  },
  scale: (input) => {
    const deployment = deploymentOf({ ...input, strategy: "RollingUpdate" });
    const own = input.newReplicaSet && replicaSetOf(input.newReplicaSet);
    return scaled(deployment, own, input.oldReplicaSets.map(replicaSetOf));
  },
};

function scaled(
  deployment: Deployment,
  own: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): unknown {
  const sizes = new Map([...old, ...(own ? [own] : [])].map((one) => [one.metadata.name, one]));
  const updatesInOrder: string[] = [];
  const { events } = runScripted(scale(deployment, own, old), ({ name = "", object }) => {
    updatesInOrder.push(name);
    const before = sizes.get(name);
    const after = before && { ...before, ...object };
    if (after === undefined) return {};
    sizes.set(name, after);
    return { object: after };
  });
  const shown = [...sizes].map(([name, one]) => [name, sizeOf(one)]);
  return { events, sizes: Object.fromEntries(shown), updatesInOrder };
}

function sizeOf({ metadata, spec }: ReplicaSet): object {
  const desired = metadata.annotations?.["deployment.kubernetes.io/desired-replicas"] ?? "";
  const max = metadata.annotations?.["deployment.kubernetes.io/max-replicas"] ?? "";
  return { desired, max, replicas: spec.replicas };
}
