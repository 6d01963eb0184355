import type { CustomResourceDefinition } from "../../machines/api/extension-objects.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { isDefinition, resourcesOf } from "../../machines/apiserver/custom-resources.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import { textOf, valueAt, valueOf } from "../yaml/node.ts";
import type { ManifestEntry } from "./decode.ts";
import type { ManifestKind } from "./schema/kinds.ts";

/** The kinds that definitions among manifests, or known before, bring. */
export function definedKinds(
  entries: readonly ManifestEntry[],
  known: readonly KubeObject[],
): readonly ManifestKind[] {
  const written = entries.flatMap(({ node }) => {
    if (textOf(valueAt(node, "kind")) !== "CustomResourceDefinition") return [];
    const value: unknown = valueOf(node);
    return isWhole(value) ? [value] : [];
  });
  return [...known.filter(isDefinition), ...written].flatMap(resourcesOf).map((resource) => {
    const { group, version, kind, isNamespaced, custom } = resource;
    const schema = custom?.schema;
    return {
      apiVersion: `${group}/${version}`,
      kind,
      isNamespaced,
      custom: schema === undefined ? {} : { schema },
    };
  });
}

/** One that is not is refused when it is read itself. */
function isWhole(value: unknown): value is CustomResourceDefinition {
  if (!isFields(value) || !isFields(value["spec"])) return false;
  const { group, names, versions } = value["spec"];
  const isNamed = isFields(names) && typeof names["kind"] === "string";
  return (
    typeof group === "string" && isNamed && Array.isArray(versions) && versions.every(isFields)
  );
}
