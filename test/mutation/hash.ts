/** FNV-1a, 32 bits. */
export function hash32(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** 53 bits of two of them, as a whole number. */
export function hashOf(text: string): number {
  return hash32(text) * 0x20_0000 + (hash32(text, 0x01234567) >>> 11);
}
