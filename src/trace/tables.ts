import { compareText } from "../../machines/api/compare-text.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { printTable } from "../../machines/api/table-layout.ts";
import { printerOf } from "../../machines/api/table-printers.ts";
import { resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import { objectName } from "../../machines/kubectl/cmd/mapping.ts";

/** `kubectl get` of several kinds at once: a table of each, kinds in the order of the objects. */
export function objectTables(objects: readonly KubeObject[], nowMs: number): string {
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  const withNamespace = objects.some(({ metadata }) => {
    return metadata.namespace !== undefined && metadata.namespace !== "default";
  });
  const tables = kinds.map((kind) => {
    return tableOf(objects.filter((object) => object.kind === kind).toSorted(byName), {
      nowMs,
      withNamespace,
    });
  });
  return tables.join("\n");
}

function tableOf(
  objects: readonly KubeObject[],
  { nowMs, withNamespace }: { readonly nowMs: number; readonly withNamespace: boolean },
): string {
  const kind = objects[0]?.kind ?? "";
  const { columns, wide, cells } = printerOf(kind);
  const rows = objects.map((object) => {
    const row = cells(object, nowMs);
    const named = columns.map((name, index) => [name, row[index] ?? ""] as const);
    const { metadata } = object;
    return { cells: { ...Object.fromEntries(named), NAME: prefixed(object) }, metadata };
  });
  const isNamespaced = objects.some(({ metadata }) => metadata.namespace !== undefined);
  const options = { withNamespace: withNamespace && isNamespaced };
  return printTable({ columns: { all: columns, wide }, rows }, options).text;
}

/** `deployment.apps/web` */
function prefixed({ kind, metadata: { name } }: KubeObject): string {
  const resource = resourceOfKind(kind);
  return resource === undefined ? `${kind.toLowerCase()}/${name}` : objectName(resource, name);
}

function byName(one: KubeObject, other: KubeObject): number {
  const [first, second] = [one.metadata, other.metadata];
  const byNamespace = compareText(first.namespace ?? "", second.namespace ?? "");
  return byNamespace === 0 ? compareText(first.name, second.name) : byNamespace;
}
