import type { KubeEvent } from "../../machines/api/event.ts";
import type { System } from "../../src/system/system.ts";
import type { KubeWorld } from "../../src/system/world.ts";

/** Runs a system until nothing but periodic work is left; reports each Event as it is recorded. */
export function runAndWatch(
  system: System<KubeWorld>,
  untilMs: number,
  seen: (event: KubeEvent, atMs: number) => void,
): void {
  while (system.isBusy && (system.nextAt() ?? Number.POSITIVE_INFINITY) <= untilMs) {
    system.step();
    for (const { object } of system.world.store.takeChanges()) {
      if (isEvent(object)) seen(object, system.now);
    }
  }
}

function isEvent(object: { readonly kind: string }): object is KubeEvent {
  return object.kind === "Event";
}
