import { atomOf, deduceAtom, fieldType } from "./field-type.ts";
import { isFields, isList } from "./patch-value.ts";

/**
 * The paths of fields that a type does not have, in order of the text:
 * `spec.template.spec.containers[0].imagee`. sigs.k8s.io/json UnmarshalStrict
 */
export function unknownFields(value: unknown, type: string, path = ""): readonly string[] {
  const found = atomOf(type);
  if (found === undefined) return [];
  const { map, list } = deduceAtom(found, value);
  if (map !== undefined && isFields(value)) {
    return Object.entries(value).flatMap(([name, part]) => {
      const inside = path === "" ? name : `${path}.${name}`;
      const own = fieldType(map, name);
      return own === undefined ? [inside] : unknownFields(part, own, inside);
    });
  }
  if (list === undefined || !isList(value)) return [];
  return value.flatMap((part, at) => unknownFields(part, list.element, `${path}[${at}]`));
}
