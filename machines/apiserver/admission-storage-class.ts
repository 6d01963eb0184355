import { compareText } from "../api/compare-text.ts";
import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import type { StorageClass } from "../api/storage-objects.ts";
import { cmpQuantity, type Quantity } from "../api/quantity.ts";
import { quantities } from "../api/resources.ts";
import { parseTime } from "../api/time.ts";
import type { Unchecked } from "../api/unchecked.ts";

/**
 * A claim that names no class gets the default one, if there is one.
 * plugin/pkg/admission/storage/storageclass/setdefault/admission.go Admit
 */
export function admitStorageClass(
  claim: Unchecked<PersistentVolumeClaim>,
  classes: readonly StorageClass[],
): Unchecked<PersistentVolumeClaim> {
  const isAsked = claimClass(claim) !== undefined;
  const found = isAsked ? undefined : defaultClass(classes);
  if (found === undefined) return claim;
  return { ...claim, spec: { ...claim.spec, storageClassName: found.metadata.name } };
}

/** The annotation counts before the field; the empty class is one, too. */
function claimClass({ metadata, spec }: Unchecked<PersistentVolumeClaim>): string | undefined {
  return (
    metadata?.annotations?.["volume.beta.kubernetes.io/storage-class"] ?? spec?.storageClassName
  );
}

/** The newest of those that are marked. pkg/volume/util/storageclass.go GetDefaultClass */
function defaultClass(classes: readonly StorageClass[]): StorageClass | undefined {
  const marked = classes.filter(({ metadata: { annotations } }) => {
    return defaultAnnotations.some((name) => annotations?.[name] === "true");
  });
  const byName = marked.toSorted((a, b) => compareText(a.metadata.name, b.metadata.name));
  return byName.toSorted((a, b) => createdMs(b) - createdMs(a))[0];
}

function createdMs({ metadata }: StorageClass): number {
  return parseTime(metadata.creationTimestamp ?? unknownTime);
}

const unknownTime = "1970-01-01T00:00:00Z";

const defaultAnnotations = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

/**
 * Why a claim may not grow; undefined where it does not or may.
 * plugin/pkg/admission/storage/persistentvolume/resize/admission.go Validate
 */
export function resizeRefusal(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  classes: readonly StorageClass[],
): string | undefined {
  const [now, before] = [sizeOf(claim), sizeOf(old)];
  const grows = now !== undefined && (before === undefined || cmpQuantity(now, before) > 0);
  if (!grows) return undefined;
  if (old.status?.phase !== "Bound") return "Only bound persistent volume claims can be expanded";
  const [name, oldName] = [claimClass(claim) ?? "", claimClass(old) ?? ""];
  const known = classes.find(({ metadata }) => metadata.name === name);
  if (name !== "" && name === oldName && known?.allowVolumeExpansion === true) return undefined;
  const only = "only dynamically provisioned pvc can be resized";
  return `${only} and the storageclass that provisions the pvc must support resize`;
}

function sizeOf({ spec }: PersistentVolumeClaim): Quantity | undefined {
  return quantities(spec?.resources?.requests).get("storage");
}
