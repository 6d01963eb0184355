import type { PodTemplateSpec } from "../../api/workload-objects.ts";
import { fnv1a32, offsetBasis32, utf8Bytes } from "../fnv.ts";
import { dumpForHash, goStructs } from "../go-dump.ts";
import { podTemplateFields } from "./pod-template-fields.ts";
import { volumeFields } from "./pod-template-fields-volumes.ts";

/**
 * What tells a ReplicaSet's pods from those of the others. Source:
 * pkg/controller/controller_utils.go ComputeHash.
 */
export function computeHash(template: PodTemplateSpec, collisionCount?: number): string {
  let hash = fnv1a32(utf8Bytes(dumpTemplate(template)), offsetBasis32);
  if (collisionCount !== undefined) hash = fnv1a32(littleEndian(collisionCount), hash);
  return safeEncodeString(String(hash));
}

/** The text that is hashed. */
export function dumpTemplate(template: PodTemplateSpec): string {
  return dumpForHash(structs, "PodTemplateSpec", template);
}

const structs = goStructs(podTemplateFields, volumeFields);

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

const alphanums = "bcdfghjklmnpqrstvwxz2456789";

/** At most 253 letters, cut before the hash; sync.go generateReplicaSetName. */
export function generateReplicaSetName(deploymentName: string, hash: string): string {
  const room = maxNameLength - 1 - hash.length;
  const isCut = deploymentName.length > room && room > 0;
  return `${isCut ? deploymentName.slice(0, room) : deploymentName}-${hash}`;
}

/** validation.DNS1123SubdomainMaxLength */
const maxNameLength = 253;
