import { isIPv6 } from "../../api/ip-address.ts";
import type { Node } from "../../api/node.ts";
import type { EndpointSlice, Service } from "../../api/network-objects.ts";
import type { Pod } from "../../api/pod.ts";
import { formatTime } from "../../api/time.ts";
import { semanticDeepEqual } from "../../apiserver/spec-equality.ts";
import { lastChangeTriggerTime, podsOfService } from "../endpoint/service-pods.ts";
import {
  computeEndpointLastChangeTriggerTime,
  type TriggerTimes,
} from "../endpoint/trigger-time.ts";
import { newAggregate, record, type Sync, type SyncError } from "../sync.ts";
import { type AddressType, desiredEndpoints, portMapKey } from "./desired-endpoints.ts";
import { finalize, ownedBy } from "./finalize.ts";
import { needsHints, withHints } from "./hints.ts";
import {
  controllerName,
  managedByLabel,
  newEndpointSlice,
  reconcileByPortMapping,
  serviceNameLabel,
  type SliceChanges,
} from "./slices.ts";

/** What the controller's caches hold of a service. */
export interface ServiceView {
  readonly service: Service;
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly slices: readonly EndpointSlice[];
  readonly maxEndpointsPerSlice?: number;
  readonly lastTriggerTimes?: TriggerTimes;
}

/** Why it failed, and what to remember of the service. */
export interface ServiceResult {
  readonly error?: SyncError;
  readonly seen?: TriggerTimes;
}

/** pkg/controller/endpointslice/endpointslice_controller.go syncService */
export function* syncService(view: ServiceView): Sync<ServiceResult> {
  const { service } = view;
  const pods = podsOfService(service, view.pods);
  if (pods === undefined) return {};
  const slices = view.slices.filter((slice) => isOfService(slice, service));
  const triggered = computeEndpointLastChangeTriggerTime(service, pods, view.lastTriggerTimes);
  const { triggerTimeMs, seen } = triggered;
  const error = newAggregate(yield* reconcile({ ...view, pods, slices }, triggerTimeMs));
  if (error === undefined) return { seen };
  const { namespace = "", name } = service.metadata;
  const what = `Error updating Endpoint Slices for Service ${namespace}/${name}`;
  const message = `${what}: ${error.message}`;
  yield* record(service, "Warning", "FailedToUpdateEndpointSlices", message);
  return { seen, error };
}

function isOfService({ metadata }: EndpointSlice, service: Service): boolean {
  return (
    metadata.labels?.[serviceNameLabel] === service.metadata.name &&
    metadata.labels[managedByLabel] === controllerName &&
    metadata.deletionTimestamp === undefined
  );
}

/** endpointslice reconciler.go Reconcile */
function* reconcile(
  view: ServiceView,
  triggerTimeMs: number | undefined,
): Sync<readonly SyncError[]> {
  const { service, slices } = view;
  const types = getAddressTypesForService(service);
  const errors: SyncError[] = [];
  for (const type of types) {
    const { changes, errors: skipped } = reconcileByAddressType(view, type);
    const stamped = { ...changes, ...stampedSlices(changes, triggerTimeMs) };
    const failed = yield* finalize(service, stamped);
    errors.push(...skipped.map((message) => ({ message })), ...(failed ? [failed] : []));
  }
  const stale = slices.filter(({ addressType }) => !types.includes(addressType));
  const failed = yield* finalize(service, { toCreate: [], toUpdate: [], toDelete: stale });
  return failed === undefined ? errors : [...errors, failed];
}

/** The placeholder says that somebody has looked: there is nobody to send to. */
function reconcileByAddressType(
  view: ServiceView,
  addressType: AddressType,
): { readonly changes: SliceChanges; readonly errors: readonly string[] } {
  const { service, pods, maxEndpointsPerSlice = defaultMaxEndpointsPerSlice } = view;
  const nodes = new Map(view.nodes.map((node) => [node.metadata.name, node]));
  const { groups, errors } = desiredEndpoints(service, pods, nodes, addressType);
  const existing = view.slices.filter((slice) => slice.addressType === addressType);
  const [own, foreign] = [true, false].map((wanted) => {
    return existing.filter((slice) => ownedBy(slice, service) === wanted);
  });
  const byPorts = new Map<string, readonly EndpointSlice[]>();
  for (const slice of own ?? []) {
    const key = portMapKey(slice.ports ?? []);
    byPorts.set(key, [...(byPorts.get(key) ?? []), slice]);
  }
  const changes = [...groups].map(([key, group]) => {
    const slices = byPorts.get(key) ?? [];
    return reconcileByPortMapping(service, slices, group, addressType, maxEndpointsPerSlice);
  });
  const orphaned = [...byPorts].flatMap(([key, slices]) => (groups.has(key) ? [] : slices));
  const toCreate = changes.flatMap((one) => one.toCreate);
  const toUpdate = changes.flatMap((one) => one.toUpdate);
  const toDelete = [...(foreign ?? []), ...changes.flatMap((one) => one.toDelete), ...orphaned];
  const placed = withPlaceholder(service, addressType, existing, { toCreate, toUpdate, toDelete });
  return { changes: withTrafficHints(service, existing, placed), errors };
}

function withPlaceholder(
  service: Service,
  addressType: AddressType,
  existing: readonly EndpointSlice[],
  changes: SliceChanges,
): SliceChanges {
  const { toCreate, toDelete } = changes;
  if (existing.length !== toDelete.length || toCreate.length > 0) return changes;
  const placeholder = newEndpointSlice(service, [], addressType);
  const [only] = toDelete;
  const isThere = toDelete.length === 1 && only !== undefined && isSameSlice(only, placeholder);
  return isThere ? { ...changes, toDelete: [] } : { ...changes, toCreate: [placeholder] };
}

/** placeholderSliceCompare */
function isSameSlice(one: EndpointSlice, other: EndpointSlice): boolean {
  return (
    one.metadata.namespace === other.metadata.namespace &&
    semanticDeepEqual(one.metadata.labels, other.metadata.labels, "labels") &&
    semanticDeepEqual(one.ports, other.ports) &&
    semanticDeepEqual(one.endpoints, other.endpoints)
  );
}

function withTrafficHints(
  service: Service,
  existing: readonly EndpointSlice[],
  { toCreate, toUpdate, toDelete }: SliceChanges,
): SliceChanges {
  const changed = new Set([...toUpdate, ...toDelete].map(({ metadata }) => metadata.name));
  const unchanged = existing.filter(({ metadata }) => !changed.has(metadata.name));
  const hinted = unchanged.filter((slice) => needsHints(service, slice));
  return {
    toCreate: toCreate.map((slice) => withHints(service, slice)),
    toUpdate: [...toUpdate, ...hinted].map((slice) => withHints(service, slice)),
    toDelete,
  };
}

/** addTriggerTimeAnnotation */
function stampedSlices(
  { toCreate, toUpdate }: SliceChanges,
  triggerTimeMs: number | undefined,
): Pick<SliceChanges, "toCreate" | "toUpdate"> {
  const stamp = (slice: EndpointSlice): EndpointSlice => {
    const { [lastChangeTriggerTime]: _, ...kept } = slice.metadata.annotations ?? {};
    const annotations =
      triggerTimeMs === undefined
        ? kept
        : { ...kept, [lastChangeTriggerTime]: formatTime(triggerTimeMs) };
    return { ...slice, metadata: { ...slice.metadata, annotations } };
  };
  return { toCreate: toCreate.map(stamp), toUpdate: toUpdate.map(stamp) };
}

/** endpointslice utils.go getAddressTypesForService */
function getAddressTypesForService({ spec }: Service): readonly AddressType[] {
  const { ipFamilies = [], clusterIP = "" } = spec ?? {};
  if (ipFamilies.length > 0) return [...new Set(ipFamilies)];
  if (clusterIP === "" || clusterIP === "None") return ["IPv4", "IPv6"];
  return [isIPv6(clusterIP) ? "IPv6" : "IPv4"];
}

const defaultMaxEndpointsPerSlice = 100;
