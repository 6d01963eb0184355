import type { Recording } from "./recording.ts";

/**
 * The value of a slot as a step began, of which only those fields are read that somebody asks for.
 * What is asked for is the value itself, so that it can be compared by identity.
 */
export function lazyObject(recording: Recording, slot: number): object {
  const whole = (): object => objectOf(recording.firstIn(slot));
  return lazy(whole, (field) => recording.firstPartIn(slot, field));
}

/**
 * A record of objects in a slot, by names: which names there are is read at once, an entry when
 * somebody looks into it. An entry that is copied into another record is not looked into.
 */
export function lazyRecord(recording: Recording, slot: number, entries: Entries): object {
  const names = recording.firstNamesIn(slot);
  const record: Record<string, object> = {};
  for (const name of names) {
    const whole = (): object => objectOf(recording.firstPartIn(slot, name));
    const entry = lazy(whole, (field) => Reflect.get(whole(), field));
    entries.set(entry, { slot, name });
    record[name] = entry;
  }
  return record;
}

/** Where entries come from that nobody needs to have looked into. */
export type Entries = Map<unknown, { readonly slot: number; readonly name: string }>;

function lazy(whole: () => object, part: (field: string) => unknown): object {
  return new Proxy(
    {},
    {
      get: (_, field) => (typeof field === "string" ? part(field) : undefined),
      has: (_, field) => field in whole(),
      ownKeys: () => Reflect.ownKeys(whole()),
      getOwnPropertyDescriptor: (_, field) => {
        const own = Reflect.getOwnPropertyDescriptor(whole(), field);
        return own && { ...own, configurable: true };
      },
      set: () => false,
    },
  );
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
