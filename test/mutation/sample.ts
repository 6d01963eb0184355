/** So many of a list, in its order; the same ones for the same seed. */
export function sampleOf<T>(all: readonly T[], atMost: number, seed: number): readonly T[] {
  const ranked = all.map((_, nth) => [hashOf(nth, seed), nth] as const).toSorted(byHash);
  const kept = new Set(ranked.slice(0, atMost).map(([, nth]) => nth));
  return all.filter((_, nth) => kept.has(nth));
}

function byHash(one: readonly [number, number], other: readonly [number, number]): number {
  return one[0] - other[0] || one[1] - other[1];
}

/** A mix of both, 32 bits. */
function hashOf(nth: number, seed: number): number {
  let hash = Math.imul(nth + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
