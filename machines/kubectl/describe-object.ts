import { describePod } from "../api/describe.ts";
import { eventsOfPod } from "../api/describe-events.ts";
import type { KubeObject } from "../api/meta.ts";
import { isStored } from "../api/objects.ts";
import type { Around } from "./describe-around.ts";
import { describePersistentVolumeClaim } from "./describe-claim.ts";
import { describeCronJob, describeJob } from "./describe-jobs.ts";
import { describeNamespace } from "./describe-namespace.ts";
import { describeNode } from "./describe-node.ts";
import { describeService } from "./describe-service.ts";
import * as workloads from "./describe-workloads.ts";

/** What `kubectl describe` shows of an object; nothing of kinds that it has no words for. */
export function describeObject(object: KubeObject, around: Around): string | undefined {
  if (isStored(object, "Pod")) {
    const events = around.events && eventsOfPod(object.metadata, around.events);
    return describePod(object, events, around.nowMs);
  }
  if (isStored(object, "Node")) return describeNode(object, around);
  if (isStored(object, "Namespace")) return describeNamespace(object, around);
  if (isStored(object, "Service")) return describeService(object, around);
  if (isStored(object, "Deployment")) return workloads.describeDeployment(object, around);
  if (isStored(object, "ReplicaSet")) return workloads.describeReplicaSet(object, around);
  if (isStored(object, "StatefulSet")) return workloads.describeStatefulSet(object, around);
  if (isStored(object, "DaemonSet")) return workloads.describeDaemonSet(object, around);
  if (isStored(object, "Job")) return describeJob(object, around);
  if (isStored(object, "CronJob")) return describeCronJob(object, around);
  if (isStored(object, "PersistentVolumeClaim"))
    return describePersistentVolumeClaim(object, around);
  return undefined;
}
