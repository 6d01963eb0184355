import type { AnyObject } from "../api/objects.ts";
import type { Container, Pod } from "../api/pod.ts";
import { type ApiStatus, newBadRequest } from "./api-status.ts";
import type { FieldError } from "./field-error.ts";
import { strategyFor } from "./strategies.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { isValidPathSegmentName } from "./validation-rbac.ts";

/** What came of a PUT or PATCH before it is stored. */
export type Updated =
  | {
      readonly object: AnyObject;
      /** The object may be stored when there are none. */
      readonly errors: readonly FieldError[];
      /** What kubectl prints besides. */
      readonly warnings: readonly string[];
    }
  | { readonly refusal: ApiStatus };

/**
 * An object as it would be after an update; both with their defaults. A kind that is not modelled
 * is asked for its metadata only. apiserver/pkg/registry/rest/update.go BeforeUpdate
 */
export function beforeUpdate(object: AnyObject, old: AnyObject): Updated {
  const strategy = strategyFor(object);
  const sent = withOldMetadata(object, old);
  if (sent.metadata?.namespace !== old.metadata?.namespace) return { refusal: otherNamespace };
  const before = strategy?.convert?.(old) ?? old;
  const converted = strategy?.convert?.(sent) ?? sent;
  const prepared = strategy?.prepareForUpdate?.(converted, before) ?? converted;
  const isNamespaced = strategy?.isNamespaced ?? sent.metadata?.namespace !== undefined;
  const rules = { isNamespaced, validateName: isValidPathSegmentName };
  const errors = [
    ...validateObjectMeta(prepared.metadata ?? {}, rules),
    ...metadataUpdateErrors(prepared, old),
    ...(strategy?.validateUpdate(prepared, before) ?? []),
  ];
  const warnings = errors.length > 0 ? [] : strategy?.warningsOnUpdate?.(prepared, before);
  return { object: prepared, errors, warnings: warnings ?? [] };
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
