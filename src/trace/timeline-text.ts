import { type PrintedTable, printTable } from "../../machines/api/table-layout.ts";
import type { DeedRow } from "./cluster-timeline.ts";
import { type Colours, statusColour } from "./colours.ts";
import type { TimelineRow } from "./timeline.ts";

/** How the lines are to look; `columns` is the width of the terminal, undefined elsewhere. */
export interface TextStyle {
  readonly colours: Colours;
  readonly columns?: number | undefined;
  /** With a column for who did it. */
  readonly withWho?: boolean;
}

type Row = TimelineRow | DeedRow;

/** The lines of a time line, and what a watch must know to go on below them. */
export interface PrintedTimeline {
  readonly lines: readonly string[];
  readonly table: PrintedTable;
}

const columnNames = [
  "TIME",
  "WHO",
  "POD",
  "STATUS",
  "READY",
  "RESTARTS",
  "REASON",
  "EVENT",
] as const;

/** Rows as a table; with `before`, the rows that come next under it. */
export function timelineText(
  rows: readonly Row[],
  style: TextStyle,
  before?: PrintedTable,
): PrintedTimeline {
  const table = printTable(
    {
      columns: { all: namesOf(style), wide: [] },
      rows: rows.map((row) => ({ cells: cellsOf(row), metadata: {} })),
    },
    {},
    before,
  );
  const headers = rows.length > 0 && before?.hasHeader !== true ? 1 : 0;
  const lines = table.text.split("\n").slice(0, rows.length + headers);
  const statuses = [...lines.slice(0, headers).map(() => undefined), ...rows];
  return {
    lines: lines.map((line, at) => {
      const row = statuses[at];
      const text = row === undefined || "status" in row ? line : spanning(line, row, table);
      return paint(cut(text, style.columns), row, table, style);
    }),
    table,
  };
}

function namesOf({ withWho }: Pick<TextStyle, "withWho">): readonly string[] {
  return withWho === true ? columnNames : columnNames.filter((name) => name !== "WHO");
}

/** What is no news of a pod has no cells between who did it and what that was. */
function spanning(line: string, { cause }: DeedRow, { widths }: PrintedTable): string {
  const [time = 0, who = 0] = widths;
  return `${line.slice(0, time + who)}${cause}`;
}

/** Widths that a watch begins with, so that its columns stay where they are. */
export function timelineStart(pods: readonly string[], withWho = false): PrintedTable {
  const longest = Math.max(...pods.map((pod) => pod.length), withWho ? 30 : "POD".length);
  const who = withWho ? ["pod-garbage-collector-controller".length] : [];
  const cells = ["59m59.9s".length, ...who, longest, "ContainerStatusUnknown".length, 5, 8, 9];
  return { text: "", widths: cells.map((length) => length + 3), hasHeader: false };
}

/** How a pod is called in a line: the namespace only where it is not the usual one. */
export function podName(namespace: string, name: string): string {
  return namespace === "default" ? name : `${namespace}/${name}`;
}

/** `0.4s`, `1m20.0s`, `2h0m5.1s`: tenths of a second, cut. */
export function timeText(atMs: number): string {
  const tenths = Math.floor(atMs / 100);
  const seconds = `${Math.floor(tenths / 10) % 60}.${tenths % 10}s`;
  const minutes = Math.floor(tenths / 600);
  if (minutes === 0) return seconds;
  return minutes < 60
    ? `${minutes}m${seconds}`
    : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}

function cellsOf(row: Row): Readonly<Record<(typeof columnNames)[number], string>> {
  const { atMs, who = "", cause } = row;
  const told = { TIME: timeText(atMs), WHO: who, EVENT: cause };
  if (!("status" in row)) {
    return { ...told, POD: "", STATUS: "", READY: "", RESTARTS: "", REASON: "" };
  }
  const { namespace, name, status, ready, restarts, reason } = row;
  return {
    ...told,
    POD: podName(namespace, name),
    STATUS: status,
    READY: ready,
    RESTARTS: String(restarts),
    REASON: reason,
  };
}

/** Only the last column is long enough to be cut. */
function cut(line: string, columns = Number.POSITIVE_INFINITY): string {
  const characters = [...line.trimEnd()];
  if (characters.length <= columns) return characters.join("");
  return `${characters.slice(0, Math.max(0, columns - 1)).join("")}…`;
}

function paint(
  line: string,
  row: Row | undefined,
  { widths }: PrintedTable,
  { colours, withWho }: TextStyle,
): string {
  if (row === undefined) return colours.dim(line);
  if (!("status" in row)) return line;
  const statusColumn = namesOf({ withWho: withWho === true }).indexOf("STATUS");
  const start = widths.slice(0, statusColumn).reduce((sum, width) => sum + width, 0);
  const end = start + row.status.length;
  const word = colours[statusColour(row.status)](line.slice(start, end));
  return `${line.slice(0, start)}${word}${line.slice(end)}`;
}
