import type { Actor, Subject } from "./composition.ts";

const noRow = -1;

/**
 * Finds actors by machine and subject: chains of rows in typed arrays, which grow and are copied by
 * the block. A `Map` by address text costs more with every doubling, and as much again to copy.
 */
export class AddressBook {
  /** By the last bits of the hash: the first row of its chain. */
  #heads: Int32Array = new Int32Array(firstSize).fill(noRow);
  /** By row. */
  #next: Int32Array = new Int32Array(firstSize);
  #hashes: Int32Array = new Int32Array(firstSize);
  #size = 0;

  fork(): AddressBook {
    const copy = new AddressBook();
    copy.#heads = this.#heads.slice();
    copy.#next = this.#next.slice();
    copy.#hashes = this.#hashes.slice();
    copy.#size = this.#size;
    return copy;
  }

  find(
    rows: readonly (Actor | undefined)[],
    machine: string,
    subject: Subject,
    hash: number,
  ): Actor | undefined {
    const heads = this.#heads;
    for (
      let row = heads[hash & (heads.length - 1)] ?? noRow;
      row !== noRow;
      row = this.#next[row] ?? noRow
    ) {
      if (this.#hashes[row] !== hash) continue;
      const actor = rows[row];
      if (actor !== undefined && actor.machine === machine && isSame(actor.subject, subject)) {
        return actor;
      }
    }
    return undefined;
  }

  add(row: number, hash: number): void {
    if (row >= this.#next.length) {
      this.#next = doubled(this.#next);
      this.#hashes = doubled(this.#hashes);
    }
    this.#hashes[row] = hash;
    if (++this.#size > this.#heads.length) this.#grow();
    this.#link(row, hash);
  }

  remove(row: number): void {
    const heads = this.#heads;
    const bucket = (this.#hashes[row] ?? 0) & (heads.length - 1);
    const after = this.#next[row] ?? noRow;
    this.#size--;
    if (heads[bucket] === row) {
      heads[bucket] = after;
      return;
    }
    for (let before = heads[bucket] ?? noRow; before !== noRow; ) {
      const next = this.#next[before] ?? noRow;
      if (next === row) this.#next[before] = after;
      before = next;
    }
  }

  #link(row: number, hash: number): void {
    const bucket = hash & (this.#heads.length - 1);
    this.#next[row] = this.#heads[bucket] ?? noRow;
    this.#heads[bucket] = row;
  }

  #grow(): void {
    const old = this.#heads;
    this.#heads = new Int32Array(old.length * 2).fill(noRow);
    for (const head of old) {
      for (let row = head; row !== noRow; ) {
        const after = this.#next[row] ?? noRow;
        this.#link(row, this.#hashes[row] ?? 0);
        row = after;
      }
    }
  }
}

/** A number that is the same for equal addresses. */
export function hashOf(machine: string, { pod, node, object, container, part }: Subject): number {
  let hash = Math.imul(0x811c9dc5 ^ machine.length, prime);
  hash = Math.imul(hash ^ machine.charCodeAt(machine.length - 1), prime);
  const owner = pod ?? node ?? object ?? "";
  for (let at = 0; at < owner.length; at++) hash = Math.imul(hash ^ owner.charCodeAt(at), prime);
  if (container !== undefined) hash = Math.imul(hash ^ container.length, prime);
  if (part !== undefined) hash = Math.imul(hash ^ part.length, prime);
  return hash ^ (hash >>> 15);
}

const prime = 0x01000193;
const firstSize = 64;

function isSame(one: Subject, other: Subject): boolean {
  return (
    one.pod === other.pod &&
    one.node === other.node &&
    one.object === other.object &&
    one.container === other.container &&
    one.part === other.part
  );
}

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
