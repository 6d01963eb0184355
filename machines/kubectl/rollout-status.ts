import { quote } from "../api/quote.ts";
import { parseInt64 } from "../api/selector.ts";
import type { DaemonSet, Deployment, StatefulSet } from "../api/workload-objects.ts";

/** What `kubectl rollout status` says of a workload right now. */
export interface RolloutStatus {
  /** With its line break; empty where there is an error. */
  readonly message: string;
  /** Nothing more is to be waited for. */
  readonly done: boolean;
  readonly error: string | null;
}

/** kubectl/pkg/polymorphichelpers/rollout_status.go; `revision` 0 is any. */
export function rolloutStatus(
  object: Deployment | DaemonSet | StatefulSet,
  revision: number,
): RolloutStatus {
  switch (object.kind) {
    case "Deployment":
      return deploymentStatus(object, revision);
    case "DaemonSet":
      return daemonSetStatus(object);
    case "StatefulSet":
      return statefulSetStatus(object);
  }
}

function deploymentStatus(deployment: Deployment, revision: number): RolloutStatus {
  const { metadata, spec, status = {} } = deployment;
  const name = quote(metadata.name);
  const error = revision > 0 ? revisionError(deployment, revision) : undefined;
  if (error !== undefined) return failed(error);
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return waiting("Waiting for deployment spec update to be observed...");
  }
  const progressing = status.conditions?.find(({ type }) => type === "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") {
    return failed(`deployment ${name} exceeded its progress deadline`);
  }
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  const wait = `Waiting for deployment ${name} rollout to finish:`;
  if (spec.replicas !== undefined && updatedReplicas < spec.replicas) {
    const counts = `${updatedReplicas} out of ${spec.replicas}`;
    return waiting(`${wait} ${counts} new replicas have been updated...`);
  }
  if (replicas > updatedReplicas) {
    return waiting(`${wait} ${replicas - updatedReplicas} old replicas are pending termination...`);
  }
  if (availableReplicas < updatedReplicas) {
    const counts = `${availableReplicas} of ${updatedReplicas}`;
    return waiting(`${wait} ${counts} updated replicas are available...`);
  }
  return finished(`deployment ${name} successfully rolled out`);
}

/** Why it is not about the revision that was asked for; an unmarked one has revision 0. */
function revisionError({ metadata }: Deployment, revision: number): string | undefined {
  const text = metadata.annotations?.["deployment.kubernetes.io/revision"] ?? "0";
  const running = parseInt64(text);
  if (running === undefined) {
    const reason = `strconv.ParseInt: parsing ${quote(text)}: ${numError(text)}`;
    return `cannot get the revision of deployment ${quote(metadata.name)}: ${reason}`;
  }
  if (running === BigInt(revision)) return undefined;
  return `desired revision (${revision}) is different from the running revision (${running})`;
}

/** strconv.ErrRange or ErrSyntax. */
function numError(text: string): string {
  return /^[+-]?\d+$/.test(text) ? "value out of range" : "invalid syntax";
}

function daemonSetStatus({ metadata, spec = {}, status = {} }: DaemonSet): RolloutStatus {
  if (spec.updateStrategy?.type !== "RollingUpdate") return notRolling;
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return waiting("Waiting for daemon set spec update to be observed...");
  }
  const {
    desiredNumberScheduled: desired = 0,
    updatedNumberScheduled: updated = 0,
    numberAvailable: available = 0,
  } = status;
  const name = quote(metadata.name);
  const wait = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < desired) {
    return waiting(`${wait} ${updated} out of ${desired} new pods have been updated...`);
  }
  if (available < desired) {
    return waiting(`${wait} ${available} of ${desired} updated pods are available...`);
  }
  return finished(`daemon set ${name} successfully rolled out`);
}

function statefulSetStatus({ metadata, spec = {}, status = {} }: StatefulSet): RolloutStatus {
  const { replicas, updateStrategy = {} } = spec;
  if (updateStrategy.type !== "RollingUpdate") return notRolling;
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0 } = status;
  if (observedGeneration === 0 || (metadata.generation ?? 0) > observedGeneration) {
    return waiting("Waiting for statefulset spec update to be observed...");
  }
  if (replicas !== undefined && readyReplicas < replicas) {
    return waiting(`Waiting for ${replicas - readyReplicas} pods to be ready...`);
  }
  if (updateStrategy.rollingUpdate !== undefined) {
    const { partition } = updateStrategy.rollingUpdate;
    const wanted =
      replicas === undefined || partition === undefined ? undefined : replicas - partition;
    if (wanted !== undefined && updatedReplicas < wanted) {
      const counts = `${updatedReplicas} out of ${wanted} new pods have been updated...`;
      return waiting(`Waiting for partitioned roll out to finish: ${counts}`);
    }
    const counts = `${updatedReplicas} new pods have been updated...`;
    return finished(`partitioned roll out complete: ${counts}`);
  }
  const { updateRevision = "", currentRevision = "", currentReplicas = 0 } = status;
  if (updateRevision !== currentRevision) {
    const counts = `${updatedReplicas} pods at revision ${updateRevision}...`;
    return waiting(`waiting for statefulset rolling update to complete ${counts}`);
  }
  const counts = `${currentReplicas} pods at revision ${currentRevision}...`;
  return finished(`statefulset rolling update complete ${counts}`);
}

const notRolling: RolloutStatus = {
  message: "",
  done: true,
  error: "rollout status is only available for RollingUpdate strategy type",
};

function waiting(text: string): RolloutStatus {
  return { message: `${text}\n`, done: false, error: null };
}

function finished(text: string): RolloutStatus {
  return { message: `${text}\n`, done: true, error: null };
}

function failed(error: string): RolloutStatus {
  return { message: "", done: false, error };
}
