import type { Outline } from "./outline.ts";

/** The outline as a JSON document for programs; outline.schema.json describes it. */
export function outlineJson({ id, description, delays, root }: Outline): string {
  const document = { apiVersion: "kubechart/v1", kind: "Outline", id, description, delays, root };
  return `${JSON.stringify(document, null, 2)}\n`;
}
