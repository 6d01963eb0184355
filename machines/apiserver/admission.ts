import type { PriorityClass, RuntimeClass } from "../api/configuration-objects.ts";
import type { Pod } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { Admission } from "./admission-refusal.ts";
import { admitPriority } from "./admission-priority.ts";
import { admitRuntimeClass } from "./admission-runtime-class.ts";
import { admitServiceAccount } from "./admission-service-account.ts";
import { admitDefaultTolerations } from "./admission-tolerations.ts";

/** What plugins look up in the cluster. */
export interface AdmissionCluster {
  readonly priorityClasses: readonly Unchecked<PriorityClass>[];
  readonly runtimeClasses: readonly Unchecked<RuntimeClass>[];
}

/**
 * What changes a pod between decoding and storage, in the order in which the API server asks its
 * plugins: ServiceAccount, Priority, DefaultTolerationSeconds, RuntimeClass.
 * Source: pkg/kubeapiserver/options/plugins.go AllOrderedPlugins.
 */
export function admitPod(pod: Unchecked<Pod>, cluster: AdmissionCluster): Admission {
  const name = pod.metadata?.name ?? "";
  const withAccount = admitServiceAccount(pod.spec ?? {}, name);
  const prioritised = admitPriority(withAccount, cluster.priorityClasses);
  if ("refusal" in prioritised) return prioritised;
  return admitRuntimeClass(admitDefaultTolerations(prioritised.spec), cluster.runtimeClasses);
}

/**
 * What plugins change in a pod that is there already: a patch may have taken away what they had
 * filled in. Source: the same plugins, for updates.
 */
export function admitPodUpdate(pod: Unchecked<Pod>, old: Unchecked<Pod>): Unchecked<Pod> {
  const { priority, preemptionPolicy } = old.spec ?? {};
  const spec = admitDefaultTolerations(pod.spec ?? {});
  return {
    ...pod,
    spec: {
      ...spec,
      ...(spec.priority === undefined && priority !== undefined && { priority }),
      ...(spec.preemptionPolicy === undefined && preemptionPolicy && { preemptionPolicy }),
    },
  };
}
