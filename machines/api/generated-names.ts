/**
 * A name as the API server generates it, five letters behind its base; here they follow from what
 * the object belongs to. Source: apiserver pkg/storage/names/generate.go.
 */
export function generateName(base: string, ...belongsTo: readonly (string | number)[]): string {
  const kept = base.slice(0, maxBaseLength);
  const hash = hashOf(["name", base, ...belongsTo].join("\n"), 0);
  const letters = [0, 1, 2, 3, 4].map((place) => {
    return alphabet[Math.floor(hash / alphabet.length ** place) % alphabet.length] ?? "";
  });
  return kept + letters.join("");
}

/** A UID of the form that Kubernetes uses (RFC 4122, version 4), the same for the same parts. */
export function generateUid(...parts: readonly (string | number)[]): string {
  const text = ["uid", ...parts].join("\n");
  const hex = [0, 1, 2, 3].map((seed) => hashOf(text, seed).toString(16).padStart(8, "0")).join("");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4] ?? "8";
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...groups, variant + hex.slice(17, 20), hex.slice(20)].join("-");
}

/** Without vowels and what looks like them, so that no words come out; apimachinery util/rand. */
const alphabet = "bcdfghjklmnpqrstvwxz2456789";
/** 63 for a label, less the five letters. */
const maxBaseLength = 58;

/** FNV-1a of 32 bits, mixed once more so that near texts come out far apart. */
function hashOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return (hash ^ (hash >>> 16)) >>> 0;
}
