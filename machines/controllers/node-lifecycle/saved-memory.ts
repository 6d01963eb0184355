import type { Node } from "../../api/node.ts";
import type { NodeLifecycleMemory } from "./monitor-node-health.ts";
import type { NodeHealth } from "./node-health.ts";
import { RateLimitedTimedQueue, type SavedQueue } from "./rate-limited-queue.ts";
import type { ZoneState } from "./zone-state.ts";

/** What the controller remembers, as plain JSON that nobody changes. */
export interface SavedNodeLifecycle {
  readonly known: readonly (readonly [string, Node])[];
  readonly health: readonly (readonly [string, NodeHealth])[];
  readonly zoneStates: readonly (readonly [string, ZoneState])[];
  readonly tainters: readonly (readonly [string, SavedQueue])[];
}

export function savedMemory(memory: NodeLifecycleMemory): SavedNodeLifecycle {
  const { known, health, zoneStates, tainters } = memory;
  return {
    known: [...known].map(([name, node]) => [name, namesOf(node)] as const),
    health: [...health],
    zoneStates: [...zoneStates],
    tainters: [...tainters].map(([zone, queue]) => [zone, queue.save()] as const),
  };
}

/** All that is told of a node that has gone. */
function namesOf({ apiVersion, kind, metadata: { name, uid } }: Node): Node {
  return { apiVersion, kind, metadata: { name, ...(uid !== undefined && { uid }) } };
}

/** A copy that may be changed. */
export function loadedMemory(saved: SavedNodeLifecycle): NodeLifecycleMemory {
  const tainters = saved.tainters.map(
    ([zone, queue]) => [zone, RateLimitedTimedQueue.load(queue)] as const,
  );
  return {
    known: new Map(saved.known),
    health: new Map(saved.health),
    zoneStates: new Map(saved.zoneStates),
    tainters: new Map(tainters),
  };
}
