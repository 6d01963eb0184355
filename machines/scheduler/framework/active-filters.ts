import type { NodeInfo } from "./node-info.ts";
import { signatureOf } from "./node-memory.ts";
import type { NodeFilter } from "./plugin.ts";
import { errorStatus, isRejected, type Status, statusMessage, type Verdict } from "./status.ts";

/** So many, from the first on, look at nothing but the node. */
export interface LocalFilters {
  readonly count: number;
  readonly signature: string;
}

/** A plugin that has seen the pod and did not skip. */
export interface ActiveFilter {
  readonly name: string;
  readonly nodeFilter: NodeFilter;
}

/** The first ones whose answers can be remembered. */
export function localFilters(filters: readonly ActiveFilter[]): LocalFilters {
  const parts: string[] = [];
  for (const { name, nodeFilter } of filters) {
    if (nodeFilter.signature === undefined) break;
    parts.push(name, nodeFilter.signature);
  }
  return { count: parts.length / 2, signature: signatureOf(parts) };
}

/** Those from one place to another, up to the first that does not agree. */
export function askFilters(
  filters: readonly ActiveFilter[],
  from: number,
  to: number,
  nodeInfo: NodeInfo,
): Verdict {
  for (let index = from; index < to; index++) {
    const active = filters[index];
    const status = active?.nodeFilter.filter(nodeInfo);
    if (active !== undefined && status !== undefined) return refusalBy(active.name, status);
  }
  return undefined;
}

function refusalBy(name: string, status: Status): Status {
  const { code, reasons } = status;
  if (isRejected(status)) return { code, reasons, plugin: name };
  const error = `running "${name}" filter plugin: ${statusMessage(status)}`;
  return { ...errorStatus(error), plugin: name };
}
