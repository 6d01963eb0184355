import type { Container } from "./pod.ts";

/** What stands in one column of a row. */
export type Cell = string | number | boolean;

/** How `kubectl get` shows the objects of one kind. */
export interface KindPrinter<Kind> {
  /** Headers, in order. */
  readonly columns: readonly string[];
  /** Those of them that only `-o wide` shows. */
  readonly wide: readonly string[];
  /** In the order of the columns. */
  cells(object: Kind, nowMs: number): readonly Cell[];
}

/** A printer whose columns are given as a text: with a `+` those of `-o wide`. */
export function kindPrinter<Kind>(
  columns: string,
  cells: (object: Kind, nowMs: number) => readonly Cell[],
): KindPrinter<Kind> {
  const names = columns.split("|").map((name) => name.trim());
  return {
    columns: names.map((name) => name.replace(/^\+/, "")),
    wide: names.filter((name) => name.startsWith("+")).map((name) => name.slice(1)),
    cells,
  };
}

/** Names and images; pkg/printers/internalversion/printers.go layoutContainerCells. */
export function containerCells(
  template: { readonly spec?: { readonly containers?: readonly Container[] } } | undefined,
): readonly [names: string, images: string] {
  const containers = template?.spec?.containers ?? [];
  return [
    containers.map(({ name }) => name).join(","),
    containers.map(({ image = "" }) => image).join(","),
  ];
}

/** How many entries a cell shows. */
const mostListed = 3;

/** The first few, and how many more; listWithMoreString. */
export function listWithMore(all: readonly string[], nothing: string, most = mostListed): string {
  const shown = all.slice(0, most).join(",");
  if (all.length > most) return `${shown} + ${all.length - most} more...`;
  return shown || nothing;
}
