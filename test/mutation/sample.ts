import { hash32 } from "./hash.ts";

/**
 * So many of a list, in its order; the same ones for the same seed. Which these are follows from
 * what each of them is, so that a sample stays when others come or go.
 */
export function sampleOf<T>(
  all: readonly T[],
  atMost: number,
  seed: number,
  textOf: (one: T) => string,
): readonly T[] {
  const ranked = all.map((one, nth) => [rankOf(textOf(one), seed), nth] as const).toSorted(byRank);
  const kept = new Set(ranked.slice(0, atMost).map(([, nth]) => nth));
  return all.filter((_, nth) => kept.has(nth));
}

function byRank(one: readonly [number, number], other: readonly [number, number]): number {
  return one[0] - other[0] || one[1] - other[1];
}

/** A mix of both, 32 bits. */
function rankOf(text: string, seed: number): number {
  let hash = hash32(text) ^ Math.imul(seed + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
