/** What a machine receives or emits: its type and small closed fields, never a time or a name. */
export interface KernelEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What travels beside an event for projections: messages, ids, measured amounts. */
export type Detail = Readonly<Record<string, unknown>>;

/** The one object that stands for all equal events, so that a memo can look it up by identity. */
export function internEvent(event: KernelEvent): KernelEvent {
  if (!isTypeOnly(event)) return internByText(event);
  let known = internedTypes.get(event.type);
  if (known === undefined) {
    known = internByText(event);
    internedTypes.set(event.type, known);
  }
  return known;
}

function internByText(event: KernelEvent): KernelEvent {
  const key = JSON.stringify(event);
  const known = interned.get(key);
  if (known !== undefined) return known;
  interned.set(key, event);
  return event;
}

const interned = new Map<string, KernelEvent>();

/** Most events are only a type: no text is needed to find them. */
const internedTypes = new Map<string, KernelEvent>();

function isTypeOnly(event: KernelEvent): boolean {
  for (const field in event) if (field !== "type") return false;
  return true;
}

/** The one object that stands for all equal ones: what many pods of one template have in common. */
export function internObject(object: object): object {
  const key = JSON.stringify(object);
  const known = objects.get(key);
  if (known !== undefined) return known;
  objects.set(key, object);
  return object;
}

const objects = new Map<string, object>();
