import { formatLabels } from "./labels.ts";
import type { ObjectMeta } from "./meta.ts";
import { alignTabs } from "./tab-writer.ts";

/** The flags of `kubectl get` that change a table. */
export interface TableOptions {
  readonly wide?: boolean;
  readonly noHeaders?: boolean;
  readonly withNamespace?: boolean;
  readonly showLabels?: boolean;
  /** `-L`: a column for each of these keys. */
  readonly labelColumns?: readonly string[];
  /** `pod` or `deployment.apps`, put before the names when kinds are mixed. */
  readonly kindPrefix?: string;
}

export interface Table {
  readonly columns: {
    /** In order. */
    readonly all: readonly string[];
    /** Those of them that only `-o wide` shows. */
    readonly wide: readonly string[];
  };
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly cells: Readonly<Record<string, string | number | boolean>>;
  readonly metadata: Pick<ObjectMeta, "namespace" | "labels">;
}

/** What has been printed, and what the next rows of the same watch must know of it. */
export interface PrintedTable {
  readonly text: string;
  readonly widths: readonly number[];
  readonly hasHeader: boolean;
}

/**
 * A table as kubectl lays it out; `before` is what the same watch printed so far.
 * Source: cli-runtime pkg/printers/tableprinter.go
 */
export function printTable(
  { columns, rows }: Table,
  options: TableOptions = {},
  before: PrintedTable = nothingPrinted,
): PrintedTable {
  if (rows.length === 0) return { ...before, text: "" };
  const names =
    options.wide === true
      ? columns.all
      : columns.all.filter((name) => !columns.wide.includes(name));
  const header = before.hasHeader || options.noHeaders === true ? [] : [headers(names, options)];
  const lines = [...header, ...rows.map((row) => cellsOf(row, names, options))];
  const tabbed = lines.map((cells) => `${cells.join("\t")}\n`).join("");
  return { ...alignTabs(tabbed, tabWidths, before.widths), hasHeader: true };
}

const nothingPrinted: PrintedTable = { text: "", widths: [], hasHeader: false };

/** cli-runtime pkg/printers/tabwriter.go. */
const tabWidths = { minWidth: 6, padding: 3 } as const;

function headers(names: readonly string[], options: TableOptions): readonly string[] {
  const { withNamespace, labelColumns = [], showLabels } = options;
  return [
    ...(withNamespace === true ? ["NAMESPACE"] : []),
    ...names,
    ...labelColumns.map((key) => key.slice(key.lastIndexOf("/") + 1).toUpperCase()),
    ...(showLabels === true ? ["LABELS"] : []),
  ];
}

function cellsOf(
  row: TableRow,
  names: readonly string[],
  options: TableOptions,
): readonly string[] {
  const { metadata } = row;
  const { withNamespace, labelColumns = [], showLabels, kindPrefix } = options;
  const prefix = kindPrefix === undefined ? "" : `${kindPrefix}/`;
  const cells = [
    ...(withNamespace === true ? [metadata.namespace ?? ""] : []),
    ...names.map((name) => (name === "NAME" ? prefix : "") + String(row.cells[name] ?? "")),
    ...labelColumns.map((key) => metadata.labels?.[key] ?? ""),
    ...(showLabels === true ? [formatLabels(metadata.labels)] : []),
  ];
  return cells.map(oneLine);
}

/** Cut at the first line break; what could steer a terminal is made visible. */
function oneLine(cell: string): string {
  const end = cell.search(/[\f\n\r]/);
  return escapeTerminal(end < 0 ? cell : `${cell.slice(0, end)}...`);
}

/** cli-runtime pkg/printers/terminal.go EscapeTerminal. */
export function escapeTerminal(text: string): string {
  return text.replaceAll("\u001b", "^[").replaceAll("\r", "\\r");
}
