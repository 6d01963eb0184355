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

/** The last `limit` bytes of a text's UTF-8 form, with a cut character as above. */
export function lastBytes(text: string, limit: number): string {
  if (text.length * maxBytesPerUnit <= limit) return text;
  const characters = [...text];
  let bytes = 0;
  for (let at = characters.length - 1; at >= 0; at--) {
    const size = sizeOf(characters[at]?.codePointAt(0) ?? 0);
    if (bytes + size > limit) {
      return "\ufffd".repeat(limit - bytes) + characters.slice(at + 1).join("");
    }
    bytes += size;
  }
  return text;
}

const maxBytesPerUnit = 3; // a surrogate pair has four bytes, hence two a unit

function sizeOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
