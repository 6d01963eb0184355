import { compareText } from "../api/compare-text.ts";
import { line } from "../api/describe-lines.ts";
import type { Node } from "../api/node.ts";
import { isStored } from "../api/objects.ts";
import type { Pod } from "../api/pod.ts";
import { age } from "../api/printers.ts";
import {
  addQuantity,
  newQuantity,
  type Quantity,
  quantityMilliValue,
  quantityValue,
} from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { podLimits, podRequests, type Quantities } from "../api/resources.ts";
import type { Around } from "./describe-around.ts";

interface Totals {
  readonly requests: Quantities;
  readonly limits: Quantities;
}

/** What the node's pods ask for and may use; kubectl/pkg/describe describeNodeResource. */
export function nodeResourceLines(node: Node, { objects, nowMs }: Around): string {
  const pods = objects
    .filter((one) => isStored(one, "Pod"))
    .filter(({ spec, status }) => {
      return spec.nodeName === node.metadata.name && !ended.includes(status?.phase ?? "");
    });
  const room = roomOf(node);
  const amounts = pods.map((pod) => [pod, totalsOf(pod)] as const);
  return [
    line(0, `Non-terminated Pods:\t(${pods.length} in total)`),
    line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge"),
    line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---"),
    ...amounts.map(([{ metadata }, totals]) => {
      const { namespace = "", name, creationTimestamp } = metadata;
      const parts = ["cpu", "memory"].flatMap((resource) => sharesOf(totals, room, resource));
      return line(
        1,
        `${namespace}\t${name}\t\t${parts.join("\t")}\t${age(creationTimestamp, nowMs)}`,
      );
    }),
    allocatedLines(summed(amounts.map(([, totals]) => totals)), room),
  ].join("");
}

const ended: readonly string[] = ["Succeeded", "Failed"];

function allocatedLines(total: Totals, room: Quantities): string {
  const names = [...room.keys()].toSorted(compareText);
  const pages = names.filter((name) => name.startsWith("hugepages-"));
  const others = names.filter((name) => !pages.includes(name) && !ordinary.includes(name));
  const shared = [...always, ...pages].map((name) => {
    const shares = sharesOf(total, room, name, 0);
    return line(1, `${name}\t${shares.join("\t")}`);
  });
  const counted = others.map((name) => {
    const [requests, limits] = [amountOf(total.requests, name), amountOf(total.limits, name)];
    return line(1, `${name}\t${formatQuantity(requests)}\t${formatQuantity(limits)}`);
  });
  return [
    line(0, "Allocated resources:"),
    line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)"),
    line(1, "Resource\tRequests\tLimits"),
    line(1, "--------\t--------\t------"),
    ...shared,
    ...counted,
  ].join("");
}

const always = ["cpu", "memory", "ephemeral-storage"];
const ordinary = [...always, "pods"];

/** What Go makes of a share of nothing, as a whole number. */
const ofNothing = "-9223372036854775808";

function sharesOf(
  { requests, limits }: Totals,
  room: Quantities,
  name: string,
  without: number | string = ofNothing,
): readonly string[] {
  const valueOf = name === "cpu" ? quantityMilliValue : quantityValue;
  const whole = valueOf(amountOf(room, name));
  return [requests, limits].map((amounts) => {
    const amount = amountOf(amounts, name);
    const share = whole === 0 ? without : Math.trunc((valueOf(amount) / whole) * 100);
    return `${formatQuantity(amount)} (${share}%)`;
  });
}

function totalsOf(pod: Pod): Totals {
  const options = { skipPodLevelResources: true };
  const requests = podRequests(pod, { ...options, useStatusResources: true });
  return { requests, limits: podLimits(pod, options) };
}

function summed(all: readonly Totals[]): Totals {
  return {
    requests: sum(all.map(({ requests }) => requests)),
    limits: sum(all.map(({ limits }) => limits)),
  };
}

function sum(all: readonly Quantities[]): Quantities {
  const total = new Map<string, Quantity>();
  for (const [name, amount] of all.flatMap((amounts) => [...amounts])) {
    const before = total.get(name);
    total.set(name, before === undefined ? amount : addQuantity(before, amount));
  }
  return total;
}

/** What can be allocated, or all there is where the node does not tell. */
function roomOf({ status = {} }: Node): Quantities {
  const { capacity = {}, allocatable = {} } = status;
  const room = Object.keys(allocatable).length > 0 ? allocatable : capacity;
  return new Map(Object.entries(room).map(([name, text]) => [name, mustParse(text)]));
}

function amountOf(amounts: Quantities, name: string): Quantity {
  return amounts.get(name) ?? newQuantity(0n);
}
