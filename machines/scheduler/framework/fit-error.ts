import type { NodeToStatus } from "./node-to-status.ts";
import type { Status } from "./status.ts";

/** What an attempt that found no node has learned; pkg/scheduler/framework/types.go Diagnosis. */
export interface Diagnosis {
  readonly nodeToStatus: NodeToStatus;
  /** Those that refused a node, or all of them; the queue asks them for hints. */
  readonly unschedulablePlugins: ReadonlySet<string>;
  readonly preFilterMsg: string;
}

/** `FitError.Error`; with `postFilterMsg` it is the message that a user sees. */
export function fitErrorMessage(
  { nodeToStatus, preFilterMsg }: Pick<Diagnosis, "nodeToStatus" | "preFilterMsg">,
  numAllNodes: number,
  postFilterMsg = "",
): string {
  const why = preFilterMsg === "" ? histogram(nodeToStatus, numAllNodes) : ` ${preFilterMsg}.`;
  const after = postFilterMsg === "" ? "" : ` ${postFilterMsg}`;
  return `0/${numAllNodes} nodes are available:${why}${after}`;
}

/** Each reason and its nodes, sorted as text: 10 before 2. */
function histogram({ explicit, absentNodesStatus }: NodeToStatus, numAllNodes: number): string {
  const counts = new Map<string, number>();
  const count = ({ reasons }: Status, nodes: number) => {
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + nodes);
  };
  for (const status of explicit.values()) count(status, 1);
  if (explicit.size < numAllNodes) count(absentNodesStatus, numAllNodes - explicit.size);
  const parts = [...counts].map(([reason, nodes]) => `${nodes} ${reason}`).toSorted(byBytes);
  return parts.length === 0 ? "" : ` ${parts.join(", ")}.`;
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
