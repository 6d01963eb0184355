/** What a machine receives or emits: its type and small closed fields, never a time or a name. */
export interface KernelEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What travels beside an event for projections: messages, ids, measured amounts. */
export type Detail = Readonly<Record<string, unknown>>;

/** The one object that stands for all equal events, so that a memo can look it up by identity. */
export function internEvent(event: KernelEvent): KernelEvent {
  return intern(events, event);
}

/** The one object that stands for all equal ones: what many pods of one template have in common. */
export function internObject(value: object): object {
  return intern(objects, value);
}

/** The same for objects of one kind. */
export function interning<Kind extends object>(): (value: Kind) => Kind {
  const ofKind = new Branch<Kind>();
  return (value) => intern(ofKind, value);
}

/** Equal steps lead to one place: field after field of an object, part after part of a list. */
class Branch<Whole> {
  /** What ends here. */
  whole: Whole | undefined;
  /** Most places lead to one other place; only then are they all in the map. */
  #step: unknown;
  #next: Branch<Whole> | undefined;
  #others: Map<unknown, Branch<Whole>> | undefined;

  to(step: unknown): Branch<Whole> {
    if (this.#next === undefined) {
      this.#step = step;
      this.#next = new Branch();
      return this.#next;
    }
    if (this.#step === step) return this.#next;
    this.#others ??= new Map();
    let other = this.#others.get(step);
    if (other === undefined) {
      other = new Branch();
      this.#others.set(step, other);
    }
    return other;
  }
}

const events = new Branch<KernelEvent>();
const objects = new Branch<object>();
const lists = new Branch<readonly unknown[]>();
/** Those that stand for their equals. */
const interned = new WeakSet<object>();

function intern<Whole extends object>(from: Branch<Whole>, whole: Whole): Whole {
  if (interned.has(whole)) return whole;
  let at = from;
  for (const field in whole) {
    const part = whole[field];
    if (part !== undefined) at = at.to(field).to(internPart(part));
  }
  return standing(at, whole);
}

function internList(list: readonly unknown[]): readonly unknown[] {
  if (interned.has(list)) return list;
  let at = lists;
  for (const part of list) at = at.to(internPart(part));
  return standing(at, list);
}

function internPart(part: unknown): unknown {
  if (typeof part !== "object" || part === null) return part;
  return isList(part) ? internList(part) : intern(objects, part);
}

function isList(part: object): part is readonly unknown[] {
  return Array.isArray(part);
}

/** The first to come stands for those that follow. */
function standing<Whole extends object>(at: Branch<Whole>, whole: Whole): Whole {
  if (at.whole !== undefined) return at.whole;
  at.whole = whole;
  interned.add(whole);
  return whole;
}
