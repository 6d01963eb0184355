import { type AnyObject, isKind } from "../api/objects.ts";
import type { Pod } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";

type Template = Pick<Unchecked<Pod>, "metadata" | "spec">;

/**
 * What an object makes its pods from; undefined where it makes none.
 * pod-security-admission/admission/admission.go ExtractPodSpec
 */
export function podTemplateIn(object: AnyObject): Template | undefined {
  if (isKind(object, "CronJob")) return object.spec?.jobTemplate?.spec?.template;
  const makes =
    isKind(object, "ReplicationController") ||
    isKind(object, "ReplicaSet") ||
    isKind(object, "Deployment") ||
    isKind(object, "StatefulSet") ||
    isKind(object, "DaemonSet") ||
    isKind(object, "Job");
  return makes ? object.spec?.template : undefined;
}
