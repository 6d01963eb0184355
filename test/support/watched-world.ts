import type { EventSource } from "../../src/system/event-correlator.ts";
import { KubeWorld } from "../../src/system/world.ts";

/** A world that keeps what components say of an object, before anything is combined or dropped. */
export class WatchedWorld extends KubeWorld {
  #said: EventSource[] = [];

  override record(nowMs: number, source: EventSource): void {
    this.#said.push(source);
    super.record(nowMs, source);
  }

  /** What was said since the last call. */
  takeSaid(): readonly EventSource[] {
    const said = this.#said;
    this.#said = [];
    return said;
  }
}
