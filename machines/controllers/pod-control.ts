import type { KubeObject } from "../api/meta.ts";
import { nameIsDnsSubdomain } from "../api/names.ts";
import type { PodTemplateSpec } from "../api/workload-objects.ts";
import { newControllerRef } from "./controller-ref-manager.ts";
import {
  type ApiAnswer,
  type ApiRequest,
  hasStatusCause,
  isNotFound,
  record,
  type Sync,
  type SyncError,
} from "./sync.ts";

/** The pod that a controller asks for; pkg/controller/controller_utils.go GetPodFromTemplate. */
export function getPodFromTemplate(
  { metadata = {}, spec }: PodTemplateSpec,
  parent: KubeObject,
): object {
  const { labels = {}, annotations = {}, finalizers = [] } = metadata;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      generateName: getPodsPrefix(parent.metadata.name),
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(finalizers.length > 0 && { finalizers }),
      ownerReferences: [newControllerRef(parent)],
    },
    spec,
  };
}

/** With a dash where the name is not too long for one; getPodsPrefix. */
function getPodsPrefix(controllerName: string): string {
  const prefix = `${controllerName}-`;
  return nameIsDnsSubdomain(prefix, true).length === 0 ? prefix : controllerName;
}

/** RealPodControl.CreatePods before the answer. */
export function createPodRequest(template: PodTemplateSpec, parent: KubeObject): ApiRequest {
  const { namespace = "" } = parent.metadata;
  const object = getPodFromTemplate(template, parent);
  return { verb: "create", resource: "pods", namespace, object };
}

/** RealPodControl.DeletePod before the answer. */
export function deletePodRequest(pod: KubeObject): ApiRequest {
  const { namespace = "", name } = pod.metadata;
  return { verb: "delete", resource: "pods", namespace, name };
}

/** What is told of a creation; of one in a namespace that goes, nothing. createPods */
export function* podCreated({ object, error }: ApiAnswer, parent: KubeObject): Sync<void> {
  if (error === undefined) {
    const message = `Created pod: ${object?.metadata.name ?? ""}`;
    yield* record(parent, "Normal", "SuccessfulCreate", message);
  } else if (!isNamespaceTerminating({ error })) {
    yield* record(parent, "Warning", "FailedCreate", `Error creating: ${error.message}`);
  }
}

export function isNamespaceTerminating({ error }: ApiAnswer): boolean {
  return hasStatusCause(error, "NamespaceTerminating");
}

/** What is told of a deletion, and why it failed; DeletePod. */
export function* podDeleted(
  { error }: ApiAnswer,
  pod: KubeObject,
  parent: KubeObject,
): Sync<SyncError | undefined> {
  if (error === undefined) {
    const message = `Deleted pod: ${pod.metadata.name}`;
    yield* record(parent, "Normal", "SuccessfulDelete", message);
    return undefined;
  }
  if (isNotFound(error)) return error;
  yield* record(parent, "Warning", "FailedDelete", `Error deleting: ${error.message}`);
  return { message: `unable to delete pods: ${error.message}` };
}
