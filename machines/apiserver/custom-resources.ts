import type { CustomResourceDefinition } from "../api/extension-objects.ts";
import type { KubeObject } from "../api/meta.ts";
import { formatTime } from "../api/time.ts";
import type { WorkloadCondition } from "../api/workload-objects.ts";
import type { ApiResource } from "./api-resources.ts";
import { customResourceCleanup } from "./finalizers.ts";

export function isDefinition(object: KubeObject): object is CustomResourceDefinition {
  return object.kind === "CustomResourceDefinition";
}

/** The resources that a definition brings, one for each version that is served. */
export function resourcesOf(definition: CustomResourceDefinition): readonly ApiResource[] {
  const { group, names, scope, versions } = definition.spec;
  return versions
    .filter(({ served }) => served)
    .map(({ name, schema, subresources = {} }): ApiResource => {
      const { status, scale } = subresources;
      const known = schema?.openAPIV3Schema;
      return {
        group,
        version: name,
        kind: names.kind,
        resource: names.plural,
        isNamespaced: scope === "Namespaced",
        subresources: [
          ...(status === undefined ? [] : ["status"]),
          ...(scale === undefined ? [] : ["scale"]),
        ],
        generation: "content",
        isUnconditional: false,
        createsOnUpdate: false,
        dependents: "delete",
        custom: {
          ...(isTerminating(definition) && { isTerminating: true }),
          shortNames: names.shortNames ?? [],
          ...(known !== undefined && { schema: known }),
          ...(scale !== undefined && { scale }),
        },
      };
    });
}

/**
 * What the controllers of names and of establishing write a moment later.
 * apiextensions-apiserver/pkg/controller/{status,establish}
 */
export function established(definition: CustomResourceDefinition): CustomResourceDefinition {
  const { metadata, spec } = definition;
  const stored = spec.versions.filter(({ storage }) => storage).map(({ name }) => name);
  const time = metadata.creationTimestamp;
  const condition = (type: string, reason: string, message: string): WorkloadCondition => ({
    ...(time && { lastTransitionTime: time }),
    message,
    reason,
    status: "True",
    type,
  });
  const conditions = [
    condition("NamesAccepted", "NoConflicts", "no conflicts found"),
    condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
  ];
  return {
    ...definition,
    status: { acceptedNames: spec.names, conditions, storedVersions: stored },
  };
}

/** How far the deletion of a definition has come. */
export function terminating(
  status: "True" | "False",
  reason: string,
  message: string,
): WorkloadCondition {
  return { type: "Terminating", status, reason, message };
}

/** apis/apiextensions/v1/helpers.go SetCRDCondition */
export function setDefinitionCondition(
  definition: CustomResourceDefinition,
  condition: WorkloadCondition,
  nowMs: number,
): CustomResourceDefinition {
  const { conditions = [] } = definition.status ?? {};
  const old = conditions.find(({ type }) => type === condition.type);
  const isSame = old?.status === condition.status;
  const since = (isSame ? old?.lastTransitionTime : undefined) ?? formatTime(nowMs);
  const next = { ...condition, lastTransitionTime: since };
  const all =
    old === undefined ? [...conditions, next] : conditions.map((one) => (one === old ? next : one));
  return { ...definition, status: { ...definition.status, conditions: all } };
}

/** registry/customresourcedefinition/etcd.go Delete: its objects are to go first. */
export function markedDefinition(
  definition: CustomResourceDefinition,
  nowMs: number,
): CustomResourceDefinition {
  const { finalizers = [] } = definition.metadata;
  const isHeld = finalizers.includes(customResourceCleanup);
  const metadata = {
    ...definition.metadata,
    deletionTimestamp: formatTime(nowMs),
    finalizers: isHeld ? finalizers : [...finalizers, customResourceCleanup],
  };
  const message =
    "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon";
  const condition = terminating("True", "InstanceDeletionPending", message);
  return setDefinitionCondition({ ...definition, metadata }, condition, nowMs);
}

/** Nothing of its kind is created any more. */
export function isTerminating({ status }: CustomResourceDefinition): boolean {
  const found = status?.conditions?.find(({ type }) => type === "Terminating");
  return found?.status === "True";
}
