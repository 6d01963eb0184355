import { nodeColumns, printNode } from "../../../machines/api/node-printer.ts";
import type { Node } from "../../../machines/api/node.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { podColumns, printPod } from "../../../machines/api/printers.ts";
import {
  type PrintedTable,
  printTable,
  type Table,
  type TableOptions,
} from "../../../machines/api/table-layout.ts";
import { parseTime } from "../../../machines/api/time.ts";

interface TableInput {
  readonly batches: readonly (readonly (Pod | Node)[])[];
  readonly options: TableOptions & { readonly withKind?: string; readonly group?: string };
  readonly now: string;
}

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

function tableOf(objects: readonly (Pod | Node)[], nowMs: number): Table {
  const rows = objects.map((object) => ({
    metadata: object.metadata,
    cells: object.kind === "Pod" ? { ...printPod(object, nowMs) } : { ...printNode(object, nowMs) },
  }));
  return { columns: objects[0]?.kind === "Node" ? nodeColumns : podColumns, rows };
}
