import type { Emission } from "../composition.ts";
import type { KubeWorld } from "../world.ts";
import { recordContainerEvent } from "./container-event.ts";

/** Why the last start failed; shown until the container restarts. reason_cache.go Update */
export function cacheReason(world: KubeWorld, { fact, from, detail }: Emission): void {
  const { pod, container = "" } = from.subject;
  const side = world.side(pod);
  const reason = String(fact["reason"]);
  const said = detail?.["message"];
  const kept = side.reasons[container];
  const message = reason === "PostStartHookError" && kept ? kept.message : textOf(said);
  world.change(pod, { reasons: { ...side.reasons, [container]: { reason, message } } });
}

/** Created, Started and the failures on the way; kuberuntime_container.go startContainer. */
export function recordStartEvent(world: KubeWorld, { fact, from, now, detail }: Emission): void {
  const { pod, container = "" } = from.subject;
  const said = textOf(detail?.["message"]);
  const record = (type: "Normal" | "Warning", reason: string, message: string): void =>
    recordContainerEvent(world, from.subject, now, { type, reason, message });
  switch (fact["reason"]) {
    case "Created":
      return record("Normal", "Created", "Container created");
    case "Started":
      return record("Normal", "Started", "Container started");
    case "FailedPostStartHook": {
      const side = world.side(pod);
      const reasons = {
        ...side.reasons,
        [container]: { reason: "PostStartHookError", message: said },
      };
      world.change(pod, { reasons });
      return record("Warning", "FailedPostStartHook", "PostStartHook failed");
    }
    default:
      return record("Warning", "Failed", `Error: ${textOf(detail?.["error"]) || said}`);
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
