export const firstSeed = 0x9747b28c;
export const secondSeed = 0x3c6ef372;

/** Murmur3's last mixing of 32 bits. */
export function mixed(number: number): number {
  let hash = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

export function hashOf(number: number, seed: number): number {
  return mixed(Math.imul(number, 0xcc9e2d51) ^ seed);
}
