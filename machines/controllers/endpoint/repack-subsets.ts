import { compareText } from "../../api/compare-text.ts";
import type { EndpointAddress, EndpointPort, EndpointSubset } from "../../api/network-objects.ts";
import { fnv1a128 } from "../fnv.ts";
import { dumpForHash, goStructs } from "../go-dump.ts";

/** Whether each address is ready, by what tells addresses apart. */
type AddressSet = ReadonlyMap<string, boolean>;

/**
 * The same addresses and ports in the one form that can be compared: addresses that offer the same
 * ports are one subset. Source: pkg/api/v1/endpoints/util.go RepackSubsets.
 */
export function repackSubsets(subsets: readonly EndpointSubset[]): readonly EndpointSubset[] {
  const addresses = new Map<string, EndpointAddress>();
  const ports = new Map<string, EndpointPort | undefined>();
  const byPort = new Map<string, Map<string, boolean>>();
  for (const subset of subsets) {
    for (const port of subset.ports?.length ? subset.ports : [undefined]) {
      const key = JSON.stringify(port ?? null);
      ports.set(key, port);
      const set = byPort.get(key) ?? new Map<string, boolean>();
      byPort.set(key, set);
      mapAddressesByPort(subset, set, addresses);
    }
  }
  const packed = new Map<string, { readonly set: AddressSet; readonly ports: EndpointPort[] }>();
  for (const [key, set] of byPort) {
    const offered = setKey(set);
    const pack = packed.get(offered) ?? { set, ports: [] };
    packed.set(offered, pack);
    const port = ports.get(key);
    if (port !== undefined) pack.ports.push(port);
  }
  const repacked = [...packed.values()].map((pack) => subsetOf(pack.set, pack.ports, addresses));
  return sortSubsets(repacked);
}

/** Not ready wins. */
function mapAddressesByPort(
  { addresses = [], notReadyAddresses = [] }: EndpointSubset,
  set: Map<string, boolean>,
  known: Map<string, EndpointAddress>,
): void {
  for (const [list, isReady] of [[addresses, true] as const, [notReadyAddresses, false] as const]) {
    for (const address of list) {
      const key = `${address.ip}\n${address.targetRef?.uid ?? ""}`;
      if (!known.has(key)) known.set(key, address);
      set.set(key, isReady && (set.get(key) ?? true));
    }
  }
}

function setKey(set: AddressSet): string {
  return JSON.stringify([...set].toSorted(([a], [b]) => compareText(a, b)));
}

function subsetOf(
  set: AddressSet,
  ports: readonly EndpointPort[],
  known: ReadonlyMap<string, EndpointAddress>,
): EndpointSubset {
  const of = (wanted: boolean): readonly EndpointAddress[] => {
    const keys = [...set].flatMap(([key, isReady]) => (isReady === wanted ? [key] : []));
    return keys.flatMap((key) => known.get(key) ?? []).toSorted(compareAddresses);
  };
  const [addresses, notReadyAddresses] = [of(true), of(false)];
  return {
    ...(addresses.length > 0 && { addresses }),
    ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
    ...(ports.length > 0 && { ports: ports.toSorted(byHash("EndpointPort")) }),
  };
}

/** LessEndpointAddress */
function compareAddresses(a: EndpointAddress, b: EndpointAddress): number {
  if (a.ip !== b.ip) return compareText(a.ip, b.ip);
  const [one, other] = [a.targetRef, b.targetRef];
  if (one === undefined || other === undefined) return Number(!!one) - Number(!!other);
  return compareText(one.uid ?? "", other.uid ?? "");
}

/** SortSubsets */
function sortSubsets(subsets: readonly EndpointSubset[]): readonly EndpointSubset[] {
  return subsets.toSorted(byHash("EndpointSubset"));
}

function byHash(type: string) {
  return (a: object, b: object): number => compareText(hashOf(type, a), hashOf(type, b));
}

/** pkg/util/hash DeepHashObject */
function hashOf(type: string, value: object): string {
  return fnv1a128(dumpForHash(structs, type, value));
}

/** api core/v1/types.go */
const structs = goStructs(`
EndpointSubset addresses:[]EndpointAddress notReadyAddresses:[]EndpointAddress ports:[]EndpointPort
EndpointAddress IP=ip:string hostname:string nodeName:*string targetRef:*ObjectReference
EndpointPort name:string port:int32 protocol:Protocol appProtocol:*string
ObjectReference kind:string namespace:string name:string UID=uid:types.UID
  APIVersion=apiVersion:string resourceVersion:string fieldPath:string
`);
