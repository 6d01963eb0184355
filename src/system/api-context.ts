import type { ApiContext } from "./api/call.ts";
import { completed } from "./completed.ts";
import type { KubeWorld } from "./world.ts";

/** A world as its API server answers calls from it at a virtual moment. */
export function apiContextOf({ store, epochMs, names }: KubeWorld, now: number): ApiContext {
  return { store, nowMs: epochMs + now, names, completed };
}
