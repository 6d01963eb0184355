import { isKind } from "../api/objects.ts";
import type { Container, Pod } from "../api/pod.ts";
import { type ApiStatus, newBadRequest } from "./api-status.ts";
import type { AnyObject } from "./create.ts";
import type { FieldError } from "./field-error.ts";
import { prepareForUpdate, stored } from "./prepare-pod.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { validateObjectMetaUpdate } from "./validation-metadata-update.ts";
import { validatePodUpdate } from "./validation-pod-update.ts";

/** What came of a PUT or PATCH before it is stored. */
export type Updated =
  | {
      readonly object: AnyObject;
      /** The object may be stored when there are none. */
      readonly errors: readonly FieldError[];
    }
  | { readonly refusal: ApiStatus };

/**
 * A pod as it would be after an update; both with their defaults. Other kinds are looked at for
 * their metadata only. apiserver/pkg/registry/rest/update.go BeforeUpdate
 */
export function beforeUpdate(object: AnyObject, old: AnyObject): Updated {
  const kept = withOldMetadata(object, old);
  if (kept.metadata?.namespace !== old.metadata?.namespace) return { refusal: otherNamespace };
  if (!isKind(kept, "Pod") || !isKind(old, "Pod")) {
    return {
      object: kept,
      errors: validateObjectMetaUpdate(kept.metadata ?? {}, old.metadata ?? {}),
    };
  }
  const before = { ...old, spec: stored(old.spec ?? {}) };
  const pod = prepareForUpdate(kept, before);
  const rules = { isNamespaced: true, validateName: () => [] };
  const errors = [
    ...validateObjectMeta(pod.metadata ?? {}, rules),
    ...validateObjectMetaUpdate(pod.metadata ?? {}, old.metadata ?? {}),
    ...validatePodUpdate(pod, before),
  ];
  return { object: pod, errors };
}

/** apiserver/pkg/registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace */
const otherNamespace = newBadRequest(
  "the namespace of the provided object does not match the namespace sent on the request",
);

/** Nobody changes when an object was made and when it has to go. */
function withOldMetadata(object: AnyObject, old: AnyObject): AnyObject {
  const { metadata = {} } = object;
  const before = old.metadata ?? {};
  const { generation, creationTimestamp, deletionTimestamp } = before;
  const uid = metadata.uid || before.uid;
  const graceSeconds = metadata.deletionGracePeriodSeconds ?? before.deletionGracePeriodSeconds;
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(uid && { uid }),
      ...(generation !== undefined && { generation }),
      ...(creationTimestamp && { creationTimestamp }),
      ...(deletionTimestamp && { deletionTimestamp }),
      ...(graceSeconds !== undefined && { deletionGracePeriodSeconds: graceSeconds }),
    },
  };
}

/** A pod's status alone changes; pkg/registry/core/pod/strategy.go podStatusStrategy. */
export function beforeStatusUpdate(pod: Pod, old: Pod): Pod {
  const { ownerReferences: _, ...metadata } = pod.metadata;
  const { ownerReferences } = old.metadata;
  const { qosClass } = old.status ?? {};
  return {
    ...pod,
    metadata: { ...metadata, ...(ownerReferences && { ownerReferences }) },
    spec: old.spec,
    status: { ...(qosClass && { qosClass }), ...pod.status },
  };
}

/** Of a resize only resources count; strategy.go podResizeStrategy, dropNonResizeUpdates. */
export function beforeResize(pod: Pod, old: Pod): Pod {
  const { spec } = old;
  const { initContainers } = spec;
  return {
    ...old,
    spec: {
      ...spec,
      containers: resized(pod.spec.containers, spec.containers),
      ...(initContainers && {
        initContainers: resized(pod.spec.initContainers, initContainers),
      }),
    },
  };
}

function resized(
  containers: readonly Container[] = [],
  before: readonly Container[] = [],
): readonly Container[] {
  return before.map((container, at) => {
    const { resources, resizePolicy } = containers[at] ?? {};
    return { ...container, ...(resources && { resources }), ...(resizePolicy && { resizePolicy }) };
  });
}
