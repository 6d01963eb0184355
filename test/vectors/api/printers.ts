import type { KubeObject } from "../../../machines/api/meta.ts";
import { isPod } from "../../../machines/api/objects.ts";
import { podRowConditions } from "../../../machines/api/printers.ts";
import { printerOf, printRow } from "../../../machines/api/table-printers.ts";
import { parseTime } from "../../../machines/api/time.ts";
import { readDefaulted } from "../../support/created.ts";

interface PrinterInput {
  readonly object: KubeObject;
  readonly now: string;
  readonly wide: boolean;
}

/** A row as the server's table has it; what is wide is dropped where it was not asked for. */
export function run({ object: given, now, wide }: PrinterInput): unknown {
  const object = readDefaulted(given);
  const { columns, wide: wideOnes } = printerOf(object.kind);
  const shown = wide ? columns : columns.filter((name) => !wideOnes.includes(name));
  const row = printRow(object, parseTime(now));
  const conditions = isPod(object) ? podRowConditions(object.status?.phase) : [];
  return {
    columns: shown,
    cells: Object.fromEntries(shown.map((name) => [name, row[name]])),
    ...(conditions.length > 0 && { rowConditions: conditions }),
  };
}
