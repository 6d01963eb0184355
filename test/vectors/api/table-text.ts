import type { KubeObject } from "../../../machines/api/meta.ts";
import {
  type PrintedTable,
  printTable,
  type Table,
  type TableOptions,
} from "../../../machines/api/table-layout.ts";
import { printerOf, printRow } from "../../../machines/api/table-printers.ts";
import { parseTime } from "../../../machines/api/time.ts";
import { readDefaulted } from "../../support/created.ts";

interface TableInput {
  readonly batches: readonly (readonly KubeObject[])[];
  readonly options: TableOptions & { readonly withKind?: string; readonly group?: string };
  readonly now: string;
}

/** What is printed of some objects, batch after batch as a watch brings them. */
export function run({ batches, options, now }: TableInput): unknown {
  const { withKind, group = "", ...rest } = options;
  const kind = group === "" ? withKind : `${withKind}.${group}`;
  const flags: TableOptions = kind === undefined ? rest : { ...rest, kindPrefix: kind };
  const printed: PrintedTable[] = [];
  for (const batch of batches) {
    printed.push(printTable(tableOf(batch, parseTime(now)), flags, printed.at(-1)));
  }
  return { text: printed.map((one) => one.text).join("") };
}

function tableOf(objects: readonly KubeObject[], nowMs: number): Table {
  const read = objects.map(readDefaulted);
  const { columns, wide } = printerOf(read[0]?.kind ?? "");
  const rows = read.map((object) => ({
    metadata: object.metadata,
    cells: printRow(object, nowMs),
  }));
  return { columns: { all: columns, wide }, rows };
}
