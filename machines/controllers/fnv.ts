/** hash/fnv New32a; begins with `offsetBasis32`. */
export function fnv1a32(bytes: readonly number[], start: number): number {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, prime32) >>> 0;
  return hash;
}

/** hash/fnv New128a of a text, in hex. */
export function fnv1a128(text: string): string {
  let hash = offsetBasis128;
  for (const byte of utf8Bytes(text)) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * prime128);
  }
  return hash.toString(16).padStart(32, "0");
}

/** What a text is in UTF-8. */
export function utf8Bytes(text: string): readonly number[] {
  return Array.from(text).flatMap((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    const tail = (bits: number): number => 0x80 | ((code >> bits) & 0x3f);
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x1_0000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

export const offsetBasis32 = 0x811c9dc5;
const prime32 = 0x01000193;
const offsetBasis128 = 0x6c62272e07bb014262b821756295c58dn;
const prime128 = 0x0000000001000000000000000000013bn;
