import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import type { ResourceList } from "../api/meta.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { unifiedDiff } from "../api/unified-diff.ts";

type Spec = NonNullable<Unchecked<PersistentVolumeClaim>["spec"]>;

/** How a claim's spec would have become another one, in the names of Go's own struct. */
export function claimDiff(
  claim: Unchecked<PersistentVolumeClaim>,
  old: Unchecked<PersistentVolumeClaim>,
): string {
  const isBound = claim.status?.phase === "Bound";
  const before = old.spec ?? {};
  const after = claim.spec ?? {};
  const { volumeAttributesClassName } = before;
  const { volumeAttributesClassName: _, ...others } = after;
  const kept = volumeAttributesClassName === undefined ? {} : { volumeAttributesClassName };
  const shown = isBound ? { ...others, ...kept, resources: sized(after, before) } : after;
  return unifiedDiff(specText(before), specText(shown));
}

/** What a bound claim asks for may change. */
function sized({ resources = {} }: Spec, before: Spec): NonNullable<Spec["resources"]> {
  const storage = before.resources?.requests?.["storage"];
  if (resources.requests === undefined || storage === undefined) return resources;
  return { ...resources, requests: { ...resources.requests, storage } };
}

/** pkg/apis/core/types.go PersistentVolumeClaimSpec, as encoding/json writes it. */
function specText(spec: Spec): string {
  const { dataSource, dataSourceRef, resources = {} } = spec;
  const reference = { APIGroup: null, Kind: "", Name: "" };
  const source = dataSource && {
    ...reference,
    ...(dataSource.apiGroup !== undefined && { APIGroup: dataSource.apiGroup }),
    Kind: dataSource.kind ?? "",
    Name: dataSource.name ?? "",
  };
  const wide = dataSourceRef && {
    APIGroup: dataSourceRef.apiGroup ?? null,
    Kind: dataSourceRef.kind ?? "",
    Name: dataSourceRef.name ?? "",
    Namespace: dataSourceRef.namespace ?? null,
  };
  const shown = {
    AccessModes: spec.accessModes ?? null,
    Selector: spec.selector ?? null,
    Resources: { Limits: amounts(resources.limits), Requests: amounts(resources.requests) },
    VolumeName: spec.volumeName ?? "",
    StorageClassName: spec.storageClassName ?? null,
    VolumeMode: spec.volumeMode ?? null,
    DataSource: source ?? null,
    DataSourceRef: wide ?? null,
    VolumeAttributesClassName: spec.volumeAttributesClassName ?? null,
  };
  return JSON.stringify(shown, undefined, 1);
}

function amounts(list: ResourceList | undefined): object | null {
  if (list === undefined) return null;
  const entries = Object.entries(list).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, text]) => [name, formatQuantity(mustParse(text))]));
}
