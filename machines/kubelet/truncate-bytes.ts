/**
 * The first `limit` bytes of a text's UTF-8 form, as Go cuts a string; a character that is cut in
 * two leaves a replacement character for each of its bytes, as in Go's JSON.
 */
export function truncateBytes(text: string, limit: number): string {
  if (text.length * maxBytesPerUnit <= limit) return text;
  let bytes = 0;
  let units = 0;
  for (const character of text) {
    const size = sizeOf(character.codePointAt(0) ?? 0);
    if (bytes + size > limit) return text.slice(0, units) + "\ufffd".repeat(limit - bytes);
    bytes += size;
    units += character.length;
  }
  return text;
}

const maxBytesPerUnit = 3; // a surrogate pair has four bytes, hence two a unit

function sizeOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
