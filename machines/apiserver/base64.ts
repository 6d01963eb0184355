/** The UTF-8 bytes of a text in base64, as Go's encoder writes `[]byte`. */
export function encodeBase64(text: string): string {
  const bytes = utf8(text);
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.slice(at, at + 3);
    const bits = first * 65_536 + second * 256 + third;
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(bits >> shift) & 63] ?? "");
    const count = bytes.length - at + 1;
    groups.push(letters.map((letter, index) => (index < count ? letter : "=")).join(""));
  }
  return groups.join("");
}

/** At which byte a text stops being base64, as Go's decoder says; nothing where it does not. */
export function illegalByte(base64: string): number | undefined {
  const text = base64.replaceAll(/[\r\n]/g, "");
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return isBase64 ? undefined : (/^[A-Za-z0-9+/]*/.exec(base64)?.[0].length ?? 0);
}

/** The length of what a base64 text stands for. */
export function decodedLength(base64: string): number {
  const text = base64.replaceAll(/[\r\n=]/g, "");
  return Math.floor((text.length * 3) / 4);
}

/** The bytes as a text of one letter each: enough to look at JSON. */
export function decodeLatin1(base64: string): string {
  let bits = 0;
  let count = 0;
  let text = "";
  for (const letter of base64.replaceAll(/[\r\n=]/g, "")) {
    bits = (bits * 64 + alphabet.indexOf(letter)) % 2 ** 24;
    count += 6;
    if (count >= 8) {
      count -= 8;
      text += String.fromCharCode((bits >> count) & 255);
    }
  }
  return text;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function utf8(text: string): number[] {
  return [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x1_0000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}
