import type { CustomResourceDefinition } from "../api/extension-objects.ts";
import type { KubeObject } from "../api/meta.ts";
import type { ApiResource } from "./api-resources.ts";

export function isDefinition(object: KubeObject): object is CustomResourceDefinition {
  return object.kind === "CustomResourceDefinition";
}

/** The resources that a definition brings, one for each version that is served. */
export function resourcesOf({ spec }: CustomResourceDefinition): readonly ApiResource[] {
  const { group, names, scope, versions } = spec;
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
  const condition = (type: string, reason: string, message: string) => ({
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
