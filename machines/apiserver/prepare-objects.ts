import type { Secret } from "../api/configuration-objects.ts";
import type { Node } from "../api/node.ts";
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  TypedReference,
} from "../api/persistent-volume-claim.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { encodeBase64 } from "./base64.ts";

/** `stringData` becomes part of `data`; pkg/apis/core/v1/conversion.go. */
export function foldStringData(secret: Unchecked<Secret>): Unchecked<Secret> {
  const { stringData, ...kept } = secret;
  if (stringData === undefined) return kept;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, encodeBase64(text)]);
  return { ...kept, data: { ...secret.data, ...Object.fromEntries(encoded) } };
}

/** The one range is the first of the list; pkg/apis/core/v1/conversion.go. */
export function completePodCidrs(node: Unchecked<Node>): Unchecked<Node> {
  const { podCIDR, podCIDRs = [] } = node.spec ?? {};
  const one = podCIDR || podCIDRs[0];
  if (!one) return node;
  const all = podCIDRs[0] === one ? podCIDRs : [one];
  return { ...node, spec: { ...node.spec, podCIDR: one, podCIDRs: all } };
}

/** A new claim is not bound; pkg/registry/core/persistentvolumeclaim/strategy.go. */
export function prepareClaim(
  claim: Unchecked<PersistentVolumeClaim>,
): Unchecked<PersistentVolumeClaim> {
  const spec = normalizeDataSources(claim.spec ?? {});
  return { ...claim, spec, status: { phase: "Pending" } };
}

/** Old and new field for a claim's source say the same; pkg/api/persistentvolumeclaim. */
export function normalizeDataSources(
  spec: Unchecked<PersistentVolumeClaimSpec>,
): Unchecked<PersistentVolumeClaimSpec> {
  const { dataSource, dataSourceRef, ...others } = spec;
  if (dataSource !== undefined && dataSourceRef !== undefined) return spec;
  if (dataSource !== undefined) {
    return isKnownSource(dataSource) ? { ...spec, dataSourceRef: dataSource } : others;
  }
  if (dataSourceRef === undefined || dataSourceRef.namespace) return spec;
  const { namespace: _, ...local } = dataSourceRef;
  return { ...spec, dataSource: local };
}

/** Anything else in the old field has always been ignored. */
function isKnownSource({ kind, apiGroup = "" }: Unchecked<TypedReference>): boolean {
  if (kind === "PersistentVolumeClaim") return apiGroup === "";
  return kind === "VolumeSnapshot" && apiGroup === "snapshot.storage.k8s.io";
}
