import type { Message } from "./composition.ts";

/** Puts a key into a controller's work queue, at once or later. */
export function keyAdded(controller: string, object: string, delayMs = 0): Message {
  const to = { machine: "reconcileLoop", subject: { object, part: controller } };
  return { to, event: { type: "key.added" }, ...(delayMs > 0 && { delayMs }) };
}
