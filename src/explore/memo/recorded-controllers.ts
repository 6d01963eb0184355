import { ControllersSide, type Memories } from "../../system/controllers-side.ts";
import { noMemory, type ProxyMemory } from "../../../machines/proxy/packet.ts";
import { NameNumbers } from "../../system/name-numbers.ts";
import {
  ProxiesSide,
  type ProxyMode,
  type ProxySide,
  type ProxySnapshot,
} from "../../system/proxies-side.ts";
import type { Recording } from "./recording.ts";

/** What controllers remember, each memory in a slot. */
export class RecordedControllers extends ControllersSide {
  readonly #recording: Recording;

  constructor(recording: Recording, running: Iterable<string>) {
    super(running);
    this.#recording = recording;
  }

  override recall<Kind extends keyof Memories>(
    kind: Kind,
    key: string,
  ): Memories[Kind] | undefined {
    return valueIn(this.#recording, `${kind} ${key}`);
  }

  override remember<Kind extends keyof Memories>(
    kind: Kind,
    key: string,
    memory: Memories[Kind] | undefined,
  ): void {
    put(this.#recording, `${kind} ${key}`, memory);
  }
}

/** How many names were generated of each base, in slots. */
export class RecordedNames extends NameNumbers {
  readonly #recording: Recording;

  constructor(recording: Recording) {
    super();
    this.#recording = recording;
  }

  override of(base: string): number {
    return valueIn(this.#recording, `names ${base}`) ?? 0;
  }

  override set(base: string, count: number): void {
    put(this.#recording, `names ${base}`, count);
  }
}

/** What nodes' rules were made of and remember, each node's in a slot. */
export class RecordedProxies extends ProxiesSide {
  readonly #recording: Recording;

  constructor(recording: Recording, mode: ProxyMode) {
    super(mode);
    this.#recording = recording;
  }

  override side(node: string): ProxySide | undefined {
    return valueIn(this.#recording, `rules ${node}`);
  }

  override changed(node: string): boolean {
    if (valueIn(this.#recording, `told ${node}`) === true) return false;
    put(this.#recording, `told ${node}`, true);
    return true;
  }

  override synced(node: string, look: () => ProxySnapshot): void {
    const memory = this.side(node)?.memory ?? noMemory;
    put(this.#recording, `rules ${node}`, { node, snapshot: look(), memory });
    put(this.#recording, `told ${node}`, undefined);
  }

  override remember(node: string, memory: ProxyMemory): void {
    const side = this.side(node);
    if (side !== undefined) put(this.#recording, `rules ${node}`, { ...side, memory });
  }
}

function put(recording: Recording, name: string, value: unknown): void {
  recording.put(recording.slots.of("value", name), value);
}

/** What stands in a slot was written there as its value. */
function valueIn<T>(recording: Recording, name: string): T | undefined;
function valueIn(recording: Recording, name: string): unknown {
  return recording.valueIn(recording.slots.of("value", name));
}
