import type { Secret } from "../api/configuration-objects.ts";
import type { Node } from "../api/node.ts";
import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { encodeBase64 } from "./base64.ts";

/** `stringData` becomes part of `data`; pkg/apis/core/v1/conversion.go. */
export function foldStringData(secret: Unchecked<Secret>): Unchecked<Secret> {
  const { stringData, ...kept } = secret;
  if (stringData === undefined) return kept;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, encodeBase64(text)]);
  return { ...kept, data: { ...secret.data, ...Object.fromEntries(encoded) } };
}

/** The one range is also the list of ranges; pkg/apis/core/v1/conversion.go. */
export function completePodCidrs(node: Unchecked<Node>): Unchecked<Node> {
  const { podCIDR, podCIDRs = [] } = node.spec ?? {};
  if (!podCIDR || podCIDRs.length > 0) return node;
  return { ...node, spec: { ...node.spec, podCIDRs: [podCIDR] } };
}

/** A new claim is not bound; pkg/registry/core/persistentvolumeclaim/strategy.go. */
export function prepareClaim(
  claim: Unchecked<PersistentVolumeClaim>,
): Unchecked<PersistentVolumeClaim> {
  return { ...claim, status: { phase: "Pending" } };
}
