import { isInRange } from "../api/names.ts";
import type { Volume } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, invalids, notSupported, required } from "./field-error.ts";

/** pkg/apis/core/validation/validation.go validateISCSIVolumeSource. */
export function validateIscsiVolumeSource(
  source: NonNullable<Unchecked<Volume>["iscsi"]>,
  volumeName: string,
  volumePath: string,
): FieldError[] {
  const path = `${volumePath}.iscsi`;
  const { targetPortal = "", iqn = "", lun = 0, initiatorName } = source;
  const hasAuth = source.chapAuthDiscovery === true || source.chapAuthSession === true;
  const isLong = initiatorName !== undefined && `${volumeName}:${targetPortal}`.length > 64;
  const initiatorPath = `${path}.initiatorname`;
  return [
    ...(targetPortal === "" ? [required(`${path}.targetPortal`)] : []),
    ...(iqn === "" ? [required(`${path}.iqn`)] : validateQualifiedName(iqn, `${path}.iqn`)),
    ...invalids(`${path}.lun`, lun, isInRange(lun, 0, 255)),
    ...(hasAuth && source.secretRef === undefined ? [required(`${path}.secretRef`)] : []),
    ...(initiatorName === undefined ? [] : validateQualifiedName(initiatorName, initiatorPath)),
    ...(isLong ? [invalid(`${volumePath}.name`, volumeName, tooLongName)] : []),
  ];
}

const tooLongName =
  "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";

function validateQualifiedName(name: string, path: string): FieldError[] {
  const form = qualifiedNames.find(([kind]) => name.startsWith(kind))?.[1];
  if (form === undefined) {
    return [invalid(path, name, "must be valid format starting with iqn, eui, or naa")];
  }
  return form.test(name) ? [] : [invalid(path, name, "must be valid format")];
}

const qualifiedNames = [
  ["iqn", /iqn\.\d{4}-\d{2}\.[0-9A-Za-z.-]+:[^,;*&$|\s]+$/],
  ["eui", /^eui.[0-9A-Za-z]{16}$/],
  ["naa", /^naa.[0-9A-Za-z]{32}$/],
] as const;

/** validateAzureDisk. */
export function validateAzureDisk(
  disk: NonNullable<Unchecked<Volume>["azureDisk"]>,
  path: string,
): FieldError[] {
  const { diskName = "", diskURI = "", cachingMode, kind } = disk;
  const isManaged = kind === "Managed";
  const isUri =
    kind === undefined || diskURI.startsWith(isManaged ? "/subscriptions/" : "https://");
  const form = isManaged ? managedUri : blobUri;
  return [
    ...(diskName === "" ? [required(`${path}.diskName`)] : []),
    ...(diskURI === "" ? [required(`${path}.diskURI`)] : []),
    ...(cachingMode === undefined || cachingModes.includes(cachingMode)
      ? []
      : [notSupported(`${path}.cachingMode`, cachingMode, cachingModes)]),
    ...(kind === undefined || kinds.includes(kind)
      ? []
      : [notSupported(`${path}.kind`, kind, kinds)]),
    ...(isUri ? [] : [notSupported(`${path}.diskURI`, diskURI, [form])]),
  ];
}

const cachingModes: readonly string[] = ["None", "ReadOnly", "ReadWrite"];
const kinds: readonly string[] = ["Dedicated", "Managed", "Shared"];
const managedUri =
  "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const blobUri = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";
