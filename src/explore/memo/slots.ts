/** What a slot of a state holds: which number, and how it counts when states are compared. */
export type SlotKind =
  /** Counted down or told in relation to others; written into the row by name. */
  | "head"
  /** An actor's local state, plus 1. */
  | "local"
  /** An answer that holds until it is asked about something later. */
  | "kept"
  /** A value that stands for itself. */
  | "value"
  /** One field of what a kubelet knows of a pod. */
  | "field"
  /** The scheduler's memory, by its saved form. */
  | "scheduler";

/** The places of a state, by name; they are found as they are first read or written. */
export class Slots {
  readonly kinds: SlotKind[] = [];
  /** Of a field its name; of others the slot's own. */
  readonly labels: string[] = [];
  /** Of what it is one. */
  readonly names: string[] = [];
  /** By kind and name, then by label. */
  readonly #byName = new Map<SlotKind, Map<string, Map<string, number>>>();

  get size(): number {
    return this.kinds.length;
  }

  of(kind: SlotKind, name: string, label = name): number {
    const byLabel = this.#labelsOf(kind, name);
    const known = byLabel.get(label);
    if (known !== undefined) return known;
    const slot = this.kinds.length;
    byLabel.set(label, slot);
    this.kinds.push(kind);
    this.labels.push(label);
    this.names.push(name);
    return slot;
  }

  #labelsOf(kind: SlotKind, name: string): Map<string, number> {
    let byName = this.#byName.get(kind);
    if (byName === undefined) {
      byName = new Map();
      this.#byName.set(kind, byName);
    }
    let byLabel = byName.get(name);
    if (byLabel === undefined) {
      byLabel = new Map();
      byName.set(name, byLabel);
    }
    return byLabel;
  }
}
