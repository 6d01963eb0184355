import type { Node } from "../../../machines/api/node.ts";
import { nodeColumns, printNode } from "../../../machines/api/node-printer.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { podColumns, podRowConditions, printPod } from "../../../machines/api/printers.ts";
import { parseTime } from "../../../machines/api/time.ts";

interface PrinterInput {
  readonly object: Pod | Node;
  readonly now: string;
  readonly wide: boolean;
}

export function run({ object, now, wide }: PrinterInput): unknown {
  const nowMs = parseTime(now);
  if (object.kind === "Node") return shown(nodeColumns, printNode(object, nowMs), wide);
  const rowConditions = podRowConditions(object.status?.phase);
  return {
    ...shown(podColumns, printPod(object, nowMs), wide),
    ...(rowConditions.length === 0 ? {} : { rowConditions }),
  };
}

function shown<Column extends string>(
  { always, wide }: { readonly always: readonly Column[]; readonly wide: readonly Column[] },
  row: Readonly<Record<Column, string>>,
  isWide: boolean,
): object {
  const names = isWide ? [...always, ...wide] : always;
  return {
    columns: names,
    cells: Object.fromEntries(names.map((name) => [name, row[name]])),
  };
}
