import type { ApiResource } from "./api-resources.ts";
import type { AnyObject } from "../api/objects.ts";
import { type Fields, isFields } from "./patch-value.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { strategyFor } from "./strategies.ts";

/**
 * A new object's status is nobody's but its controllers'; and its first generation. Of a kind whose
 * own strategy says more that has been done before. pkg/registry PrepareForCreate
 */
export function prepareNew(object: AnyObject, resource: ApiResource): AnyObject {
  if (strategyFor(object) !== undefined) return object;
  const { status: _, ...kept } = fieldsOf(object);
  const bare: AnyObject = hasStatus(resource) ? kept : object;
  if (resource.generation === undefined) return bare;
  return { ...bare, metadata: { ...bare.metadata, generation: 1 } };
}

/**
 * What a PUT of the object, or of its status, leaves of the rest: of the one the status stays, of
 * the other all but the status. pkg/registry PrepareForUpdate
 */
export function prepareChanged(
  object: AnyObject,
  old: AnyObject,
  resource: ApiResource,
  subresource: string | undefined,
): AnyObject {
  if (subresource === "status") return withStatusOnly(object, old, resource);
  const kept = hasStatus(resource) ? withPart(object, old, "status") : object;
  const { generation } = old.metadata ?? {};
  if (generation === undefined) return kept;
  const isNew = isOtherGeneration(kept, old, resource);
  return { ...kept, metadata: { ...kept.metadata, generation: generation + (isNew ? 1 : 0) } };
}

function hasStatus({ subresources }: ApiResource): boolean {
  return subresources.includes("status");
}

/** Of a Deployment labels stay, too; pkg/registry/apps/deployment deploymentStatusStrategy. */
function withStatusOnly(object: AnyObject, old: AnyObject, { kind }: ApiResource): AnyObject {
  const { labels: _, ...others } = object.metadata ?? {};
  const { labels, generation } = old.metadata ?? {};
  const metadata =
    kind === "Deployment" ? { ...others, ...(labels && { labels }) } : object.metadata;
  const kept = withPart(object, old, "spec");
  return { ...kept, metadata: { ...metadata, ...(generation !== undefined && { generation }) } };
}

function withPart(object: AnyObject, old: AnyObject, part: "spec" | "status"): AnyObject {
  const { [part]: _, ...others } = fieldsOf(object);
  const before = fieldsOf(old)[part];
  return before === undefined ? others : { ...others, [part]: before };
}

function isOtherGeneration(object: AnyObject, old: AnyObject, resource: ApiResource): boolean {
  const [after, before] = [fieldsOf(object), fieldsOf(old)];
  switch (resource.generation) {
    case undefined:
    case "once":
      return false;
    case "spec":
      return isOther(after, before, "spec");
    case "spec and annotations":
      return (
        isOther(after, before, "spec") ||
        !semanticDeepEqual(object.metadata?.annotations, old.metadata?.annotations, "annotations")
      );
    case "content":
      return contentOf(after, before).some((field) => isOther(after, before, field));
  }
}

function contentOf(after: Fields, before: Fields): readonly string[] {
  const all = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return all.filter((field) => !["metadata", "status", "apiVersion", "kind"].includes(field));
}

function isOther(after: Fields, before: Fields, field: string): boolean {
  return !semanticDeepEqual(after[field], before[field], field);
}

function fieldsOf(object: AnyObject): Fields {
  const fields: unknown = object;
  return isFields(fields) ? fields : {};
}
