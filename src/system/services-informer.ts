import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod, isStored } from "../../machines/api/objects.ts";
import { getServicesToUpdate } from "../../machines/controllers/endpoint/services-for-pod.ts";
import {
  controllerName,
  managedByLabel,
  serviceNameLabel,
} from "../../machines/controllers/endpointslice/slices.ts";
import type { StoreChange } from "../store/change.ts";
import { keyOf } from "../store/store.ts";
import { addressOf, type Message } from "./composition.ts";
import { keyAdded } from "./key-added.ts";
import type { KubeWorld } from "./world.ts";

/** What the controllers of endpoints do when they hear of a change; their informers' handlers. */
export function endpointsControllersHear(
  world: KubeWorld,
  change: StoreChange,
): readonly Message[] {
  const { object, type } = change;
  switch (object.kind) {
    case "Service":
      return both(keyOf(object));
    case "Pod":
      return podUpdated(world, change);
    case "Endpoints":
      return type === "DELETED" ? [keyAdded("endpoints", keyOf(object))] : [];
    case "EndpointSlice":
      return sliceChanged(world, change);
    default:
      return [];
  }
}

function both(key: string): readonly Message[] {
  return [keyAdded("endpoints", key), keyAdded("endpointSlice", key)];
}

/** onPodUpdate, syncPod */
function podUpdated({ store }: KubeWorld, change: StoreChange): readonly Message[] {
  const { namespace } = change.object.metadata;
  const services = store.select("Service", { namespace });
  if (services.length === 0) return [];
  const [oldPod, newPod] = [previousOf(change), currentOf(change)].map((object) => {
    return object !== undefined && isPod(object) ? object : undefined;
  });
  const stored = services.filter((service) => isStored(service, "Service"));
  const touched = getServicesToUpdate(stored, oldPod, newPod);
  return touched.flatMap((service) => both(keyOf(service)));
}

function previousOf({ type, previous, object }: StoreChange): KubeObject | undefined {
  return type === "DELETED" ? object : previous;
}

function currentOf({ type, object }: StoreChange): KubeObject | undefined {
  return type === "DELETED" ? undefined : object;
}

/** onEndpointSliceAdd, onEndpointSliceUpdate, onEndpointSliceDelete: somebody else wrote it. */
function sliceChanged(world: KubeWorld, { object, previous }: StoreChange): readonly Message[] {
  const keys = [object, previous].flatMap((slice) => serviceKeyOf(slice) ?? []);
  const foreign = [...new Set(keys)].filter((key) => !isOwnWrite(world, key));
  return foreign.map((key) => keyAdded("endpointSlice", key, endpointSliceChangeMinSyncDelayMs));
}

/** endpointslice_controller.go endpointSliceChangeMinSyncDelay */
const endpointSliceChangeMinSyncDelayMs = 1_000;

/** Of a slice that the controller keeps, or kept until now. */
function serviceKeyOf(slice: KubeObject | undefined): string | undefined {
  const { labels = {}, namespace = "" } = slice?.metadata ?? {};
  const service = labels[serviceNameLabel];
  if (labels[managedByLabel] !== controllerName || service === undefined) return undefined;
  return `${namespace}/${service}`;
}

/** What the sync under way has asked for is what its tracker expects. */
function isOwnWrite(world: KubeWorld, object: string): boolean {
  const sync = world.controllers.recall(
    "sync",
    addressOf({ machine: "endpointSlice", subject: { object } }),
  );
  return sync !== undefined && sync.asks.length > 0;
}
