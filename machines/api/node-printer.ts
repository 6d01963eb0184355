import type { ObjectMeta } from "./meta.ts";
import type { Node } from "./node.ts";
import { age, orNone } from "./printers.ts";

/** The columns of `kubectl get nodes`; those of `-o wide` come after the others. */
export const nodeColumns = {
  always: ["NAME", "STATUS", "ROLES", "AGE", "VERSION"],
  wide: ["INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"],
} as const;

export type NodeRow = Readonly<Record<(typeof nodeColumns)["always" | "wide"][number], string>>;

/** A node's row by column; pkg/printers/internalversion/printers.go printNode. */
export function printNode(
  node: Pick<Node, "metadata" | "spec" | "status">,
  nowMs: number,
): NodeRow {
  const { metadata, spec, status = {} } = node;
  const ready = status.conditions?.findLast((condition) => condition.type === "Ready");
  const readyWord = ready?.status === "True" ? "Ready" : "NotReady";
  const word = ready === undefined ? "Unknown" : readyWord;
  const info = status.nodeInfo ?? {};
  const address = (type: string): string =>
    status.addresses?.find((one) => one.type === type)?.address ?? "<none>";
  return {
    NAME: metadata.name,
    STATUS: spec?.unschedulable === true ? `${word},SchedulingDisabled` : word,
    ROLES: orNone(nodeRoles(metadata).join(",")),
    AGE: age(metadata.creationTimestamp, nowMs),
    VERSION: info["kubeletVersion"] ?? "",
    "INTERNAL-IP": address("InternalIP"),
    "EXTERNAL-IP": address("ExternalIP"),
    "OS-IMAGE": info["osImage"] || "<unknown>",
    "KERNEL-VERSION": info["kernelVersion"] || "<unknown>",
    "CONTAINER-RUNTIME": info["containerRuntimeVersion"] || "<unknown>",
  };
}

/** The roles that a node's labels name, sorted; findNodeRoles. */
export function nodeRoles({ labels = {} }: Pick<ObjectMeta, "labels">): readonly string[] {
  const roles = Object.entries(labels).map(([key, value]) => {
    if (key.startsWith(rolePrefix)) return key.slice(rolePrefix.length);
    return key === "kubernetes.io/role" ? value : "";
  });
  return [...new Set(roles)].filter((role) => role !== "").toSorted();
}

const rolePrefix = "node-role.kubernetes.io/";
