import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import { type Fields, isFields, isList } from "../../machines/apiserver/patch-value.ts";

/**
 * What admission plugins have put into a pod: what it has, and its author has not written.
 *
 * @param written the pod as its author wrote it
 */
export function admissionNotes(pod: KubeObject, written: Fields): readonly string[] {
  if (!isPod(pod)) return [];
  const spec = isFields(written["spec"]) ? written["spec"] : {};
  const notes = plugins.map(({ name, fields }) => {
    const added = fields.filter((field) => hasMore(Object.entries(pod.spec), spec, field));
    return { name, added };
  });
  return notes
    .filter(({ added }) => added.length > 0)
    .map(({ name, added }) => `${name} set ${added.join(", ")}`);
}

/** Which fields of a pod's spec each plugin changes. */
const plugins: readonly { readonly name: string; readonly fields: readonly string[] }[] = [
  { name: "ServiceAccount", fields: ["serviceAccountName", "volumes"] },
  { name: "Priority", fields: ["priority", "preemptionPolicy"] },
  { name: "DefaultTolerationSeconds", fields: ["tolerations"] },
  { name: "RuntimeClass", fields: ["overhead"] },
];

function hasMore(
  entries: readonly (readonly [string, unknown])[],
  written: Fields,
  field: string,
): boolean {
  const value = entries.find(([name]) => name === field)?.[1];
  const before = written[field];
  if (isList(value)) return value.length > (isList(before) ? before.length : 0);
  return value !== undefined && before === undefined;
}
