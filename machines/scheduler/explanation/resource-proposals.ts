import type { Container, Pod } from "../../api/pod.ts";
import { newQuantity, type Quantity, subQuantity, cmpQuantity } from "../../api/quantity.ts";
import { formatQuantity, mustParse } from "../../api/quantity-text.ts";
import { computePodResourceRequest, fitsRequest } from "../filter/node-resources-fit.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import type { Resource } from "../framework/resource.ts";
import type { Proposal } from "./helpful-change.ts";

/**
 * What is missing of the one resource that is short; `full` is the node with those that wait for
 * it. Two that are short need two changes.
 */
export function resourceProposals(
  { pod }: PodInfo,
  nodeInfo: NodeInfo,
  full: NodeInfo,
): readonly Proposal[] {
  const request = computePodResourceRequest(pod);
  const [missing, ...others] = fitsRequest(request, full);
  if (missing === undefined || others.length > 0) return [];
  const { resourceName: resource } = missing;
  const wanted = resource === "pods" ? 1 : amountOf(request, resource);
  const used = resource === "pods" ? full.pods.length : amountOf(full.requested, resource);
  const deficit = wanted + used - amountOf(nodeInfo.allocatable, resource);
  const by = quantityOf(resource, deficit);
  const change = { node: nodeInfo.name, resource, by: formatQuantity(by) };
  const more: Proposal = {
    sort: `moreOnNode ${resource}`,
    size: deficit,
    nodeName: nodeInfo.name,
    node: { ...nodeInfo, allocatable: withMore(nodeInfo.allocatable, resource, deficit) },
    change: { type: "moreOnNode", ...change },
  };
  const smaller = withLess(pod, resource, by);
  if (smaller === undefined) return [more];
  const less: Proposal = {
    sort: `lessRequested ${resource}`,
    size: deficit,
    nodeName: nodeInfo.name,
    pod: smaller,
    change: { type: "lessRequested", ...change },
  };
  return [more, less];
}

function amountOf(resource: Resource, name: string): number {
  const field = fields[name];
  return field === undefined ? (resource.scalarResources.get(name) ?? 0) : resource[field];
}

function withMore(resource: Resource, name: string, by: number): Resource {
  const field = fields[name];
  if (field !== undefined) return { ...resource, [field]: resource[field] + by };
  const scalarResources = new Map(resource.scalarResources);
  scalarResources.set(name, (scalarResources.get(name) ?? 0) + by);
  return { ...resource, scalarResources };
}

type AmountField = Exclude<keyof Resource, "scalarResources">;

const fields: Readonly<Record<string, AmountField>> = {
  cpu: "milliCPU",
  memory: "memory",
  "ephemeral-storage": "ephemeralStorage",
  pods: "allowedPodNumber",
};

function quantityOf(resource: string, amount: number): Quantity {
  if (resource === "cpu") return newQuantity(amount, -3);
  return newQuantity(amount, 0, resource === "memory" ? "BinarySI" : "DecimalSI");
}

/** The container that asks for most asks for less; undefined when no single one can. */
function withLess(pod: Pod, resource: string, by: Quantity): Pod | undefined {
  const { containers } = pod.spec;
  const most = containers.reduce<Container | undefined>((before, one) => {
    return cmpQuantity(requestOf(one, resource), requestOf(before, resource)) > 0 ? one : before;
  }, undefined);
  const asked = requestOf(most, resource);
  if (most === undefined || cmpQuantity(asked, by) < 0) return undefined;
  const left = formatQuantity(subQuantity(asked, by));
  const after = containers.map((one) => {
    if (one !== most) return one;
    const requests = { ...one.resources?.requests, [resource]: left };
    return { ...one, resources: { ...one.resources, requests } };
  });
  return { ...pod, spec: { ...pod.spec, containers: after } };
}

function requestOf(container: Container | undefined, resource: string): Quantity {
  return mustParse(container?.resources?.requests?.[resource] ?? "0");
}
