import { compareText } from "../api/compare-text.ts";
import { line, multiline, timeText } from "../api/describe-lines.ts";
import type { ResourceList } from "../api/meta.ts";
import { nodeRoles } from "../api/node-printer.ts";
import type { Node, NodeCondition, Taint } from "../api/node.ts";
import { orNone } from "../api/printers.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { type Around, described, listed } from "./describe-around.ts";
import { nodeResourceLines } from "./describe-node-resources.ts";
import { metadataLines } from "./describe-template.ts";

/** kubectl/pkg/describe describeNode. */
export function describeNode(node: Node, around: Around): string {
  const { metadata, spec = {}, status = {} } = node;
  const addresses = status.addresses ?? [];
  return described(node, around, [
    line(0, `Name:\t${metadata.name}`),
    line(0, `Roles:\t${orNone(nodeRoles(metadata).join(","))}`),
    metadataLines(node),
    line(0, `CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`),
    multiline("Taints", taintTexts(spec.taints)),
    line(0, `Unschedulable:\t${spec.unschedulable ?? false}`),
    leaseLines(metadata.name, around),
    conditionLines(status.conditions),
    line(0, "Addresses:"),
    ...addresses.map(({ type, address }) => line(1, `${type}:\t${address}`)),
    amountLines("Capacity", status.capacity),
    amountLines("Allocatable", status.allocatable),
    line(0, "System Info:"),
    ...systemInfo.map(([title, field]) => line(1, `${title}:\t${status.nodeInfo?.[field] ?? ""}`)),
    spec.podCIDR ? line(0, `PodCIDR:\t${spec.podCIDR}`) : "",
    spec.podCIDRs?.length ? line(0, `PodCIDRs:\t${spec.podCIDRs.join(",")}`) : "",
    spec.providerID ? line(0, `ProviderID:\t${spec.providerID}`) : "",
    nodeResourceLines(node, around),
  ]);
}

const systemInfo = [
  ["Machine ID", "machineID"],
  ["System UUID", "systemUUID"],
  ["Boot ID", "bootID"],
  ["Kernel Version", "kernelVersion"],
  ["OS Image", "osImage"],
  ["Operating System", "operatingSystem"],
  ["Architecture", "architecture"],
  ["Container Runtime Version", "containerRuntimeVersion"],
  ["Kubelet Version", "kubeletVersion"],
  ["Kube-Proxy Version", "kubeProxyVersion"],
] as const;

/** By effect, then by key; printTaintsMultilineWithIndent. */
function taintTexts(taints: readonly Taint[] = []): readonly string[] {
  const sorted = taints.toSorted((a, b) =>
    compareText(`${a.effect},${a.key}`, `${b.effect},${b.key}`),
  );
  return sorted.map(({ key, value = "", effect }) => {
    return `${key}${value === "" ? "" : `=${value}`}:${effect}`;
  });
}

/** By which the node says that it lives; describeNodeLease. */
function leaseLines(name: string, around: Around): string {
  const leases = listed(around, "Lease", "kube-node-lease");
  const lease = leases.find(({ metadata }) => metadata.name === name);
  if (lease === undefined) {
    const missing = `leases.coordination.k8s.io "${name}" not found`;
    return line(0, `Lease:\tFailed to get lease: ${missing}`);
  }
  const { holderIdentity, acquireTime, renewTime } = lease.spec ?? {};
  return [
    line(0, "Lease:"),
    line(1, `HolderIdentity:\t${holderIdentity ?? "<unset>"}`),
    line(1, `AcquireTime:\t${acquireTime ? timeText(acquireTime) : "<unset>"}`),
    line(1, `RenewTime:\t${renewTime ? timeText(renewTime) : "<unset>"}`),
  ].join("");
}

function conditionLines(conditions: readonly NodeCondition[] = []): string {
  if (conditions.length === 0) return "";
  const rows = conditions.map((condition) => {
    const { type, status, reason = "", message = "" } = condition;
    const heartbeat = timeText(condition.lastHeartbeatTime);
    const transition = timeText(condition.lastTransitionTime);
    return line(1, `${type} \t${status} \t${heartbeat} \t${transition} \t${reason} \t${message}`);
  });
  return [
    line(0, "Conditions:"),
    line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage"),
    line(1, "----\t------\t-----------------\t------------------\t------\t-------"),
    ...rows,
  ].join("");
}

function amountLines(title: string, amounts: ResourceList = {}): string {
  const names = Object.entries(amounts).toSorted(([a], [b]) => compareText(a, b));
  if (names.length === 0) return "";
  const rows = names.map(([name, text]) => line(1, `${name}:\t${formatQuantity(mustParse(text))}`));
  return line(0, `${title}:`) + rows.join("");
}
