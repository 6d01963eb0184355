import type { ControlleeExpectations } from "../../../machines/controllers/expectations.ts";
import { ControllersSide, type SyncUnderWay } from "../../system/controllers-side.ts";
import { NameNumbers } from "../../system/name-numbers.ts";
import type { Recording } from "./recording.ts";

/** What controllers remember, in slots: by key what each awaits, and each sync under way. */
export class RecordedControllers extends ControllersSide {
  readonly #recording: Recording;

  constructor(recording: Recording) {
    super();
    this.#recording = recording;
  }

  override expectationsOf(key: string): ControlleeExpectations | undefined {
    return valueIn(this.#recording, `expectations ${key}`);
  }

  protected override putExpectations(
    key: string,
    expectations: ControlleeExpectations | undefined,
  ): void {
    put(this.#recording, `expectations ${key}`, expectations);
  }

  override sync(address: string): SyncUnderWay | undefined {
    return valueIn(this.#recording, `sync ${address}`);
  }

  override setSync(address: string, sync: SyncUnderWay | undefined): void {
    put(this.#recording, `sync ${address}`, sync);
  }

  protected override restsAt(controller: string): number {
    const client = valueIn<{ restsAtMs: number }>(this.#recording, `client ${controller}`);
    return client?.restsAtMs ?? 0;
  }

  protected override setRest(controller: string, restsAtMs: number): void {
    put(this.#recording, `client ${controller}`, { restsAtMs });
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

function put(recording: Recording, name: string, value: unknown): void {
  recording.put(recording.slots.of("value", name), value);
}

/** What stands in a slot was written there as its value. */
function valueIn<T>(recording: Recording, name: string): T | undefined;
function valueIn(recording: Recording, name: string): unknown {
  return recording.valueIn(recording.slots.of("value", name));
}
