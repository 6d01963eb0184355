import type { NodeInfo } from "./node-info.ts";
import type { Snapshot } from "./snapshot.ts";
import { type Code, type Status, unresolvable } from "./status.ts";

/** Why nodes were refused; pkg/scheduler/framework/interface.go NodeToStatus. */
export interface NodeToStatus {
  /** Nodes that were asked, in that order. */
  readonly explicit: ReadonlyMap<string, Status>;
  /** What holds for all the others. */
  readonly absentNodesStatus: Status;
}

/** `NewDefaultNodeToStatus`. */
export const noNodeStatuses: NodeToStatus = {
  explicit: new Map(),
  absentNodesStatus: unresolvable(),
};

/** `Get`. */
export function statusOfNode({ explicit, absentNodesStatus }: NodeToStatus, node: string): Status {
  return explicit.get(node) ?? absentNodesStatus;
}

/** `NodesForStatusCode`: in the snapshot's order when they were not asked one by one. */
export function nodesForStatusCode(
  statuses: NodeToStatus,
  { nodeInfoList, nodeInfoMap }: Snapshot,
  code: Code,
): readonly NodeInfo[] {
  if (statuses.absentNodesStatus.code === code) {
    return nodeInfoList.filter(({ name }) => statusOfNode(statuses, name).code === code);
  }
  return [...statuses.explicit].flatMap(([name, status]) => {
    return status.code === code ? (nodeInfoMap.get(name) ?? []) : [];
  });
}
