import type { PodTemplateSpec } from "../../api/workload-objects.ts";
import { dumpForHash } from "./go-dump.ts";

/**
 * What tells a ReplicaSet's pods from those of the others. Source:
 * pkg/controller/controller_utils.go ComputeHash.
 */
export function computeHash(template: PodTemplateSpec, collisionCount?: number): string {
  let hash = fnv1a(utf8(dumpForHash("PodTemplateSpec", template)), offsetBasis);
  if (collisionCount !== undefined) hash = fnv1a(littleEndian(collisionCount), hash);
  return safeEncodeString(String(hash));
}

/** hash/fnv New32a */
function fnv1a(bytes: readonly number[], start: number): number {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, prime) >>> 0;
  return hash;
}

/** Eight bytes, of which the count takes four; encoding/binary LittleEndian.PutUint32. */
function littleEndian(count: number): readonly number[] {
  return [0, 8, 16, 24, 32, 40, 48, 56].map((bits) => (bits < 32 ? (count >>> bits) & 0xff : 0));
}

/** Without letters that make words; apimachinery pkg/util/rand SafeEncodeString. */
function safeEncodeString(text: string): string {
  return Array.from(text, (letter) => {
    return alphanums.charAt(letter.charCodeAt(0) % alphanums.length);
  }).join("");
}

function utf8(text: string): readonly number[] {
  return Array.from(text).flatMap((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    const tail = (bits: number): number => 0x80 | ((code >> bits) & 0x3f);
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x1_0000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;
const alphanums = "bcdfghjklmnpqrstvwxz2456789";

/** At most 253 letters, cut before the hash; sync.go generateReplicaSetName. */
export function generateReplicaSetName(deploymentName: string, hash: string): string {
  const room = maxNameLength - 1 - hash.length;
  const isCut = deploymentName.length > room && room > 0;
  return `${isCut ? deploymentName.slice(0, room) : deploymentName}-${hash}`;
}

/** validation.DNS1123SubdomainMaxLength */
const maxNameLength = 253;
