import { isDns1123Label, isDns1123Subdomain, isInRange, nameIsDnsSubdomain } from "../api/names.ts";
import type { Volume } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, invalids, required, tooLong } from "./field-error.ts";
import { validateAzureDisk, validateIscsiVolumeSource } from "./validation-disks.ts";
import { validateLocalDescendingPath } from "./validation-paths.ts";

type AnyVolume = Unchecked<Volume>;
type Source<Name extends keyof AnyVolume> = NonNullable<AnyVolume[Name]>;

/** Errors of each network volume that is given, by its field; pkg/apis/core/validation. */
export function validateVolumePlugins(
  volume: AnyVolume,
  path: string,
): readonly (readonly [name: string, errors: FieldError[] | undefined])[] {
  const v = volume;
  const needs = (name: keyof AnyVolume, ...fields: readonly string[]): FieldError[] | undefined => {
    const source = v[name];
    if (typeof source !== "object") return undefined;
    return missing(source, fields, `${path}.${name}`);
  };
  return [
    ["gcePersistentDisk", needsDisk(v.gcePersistentDisk, "pdName", `${path}.persistentDisk`)],
    [
      "awsElasticBlockStore",
      needsDisk(v.awsElasticBlockStore, "volumeID", `${path}.awsElasticBlockStore`),
    ],
    ["gitRepo", v.gitRepo && validateGitRepo(v.gitRepo, `${path}.gitRepo`)],
    ["nfs", v.nfs && validateNfs(v.nfs, `${path}.nfs`)],
    ["iscsi", v.iscsi && validateIscsiVolumeSource(v.iscsi, v.name ?? "", path)],
    ["glusterfs", needs("glusterfs", "endpoints", "path")],
    ["rbd", needs("rbd", "monitors", "image")],
    ["cephfs", needs("cephfs", "monitors")],
    ["azureFile", needs("azureFile", "secretName", "shareName")],
    ["vsphereVolume", needs("vsphereVolume", "volumePath")],
    ["photonPersistentDisk", needs("photonPersistentDisk", "pdID")],
    ["portworxVolume", needs("portworxVolume", "volumeID")],
    ["scaleIO", needs("scaleIO", "gateway", "system", "volumeName")],
    ["cinder", v.cinder && validateCinder(v.cinder, `${path}.cinder`)],
    ["flocker", v.flocker && validateFlocker(v.flocker, `${path}.flocker`)],
    ["fc", v.fc && validateFc(v.fc, `${path}.fc`)],
    ["flexVolume", v.flexVolume && validateFlexVolume(v.flexVolume, `${path}.flexVolume`)],
    ["quobyte", v.quobyte && validateQuobyte(v.quobyte, `${path}.quobyte`)],
    ["azureDisk", v.azureDisk && validateAzureDisk(v.azureDisk, `${path}.azureDisk`)],
    ["storageos", v.storageos && validateStorageOs(v.storageos, `${path}.storageos`)],
    ["csi", v.csi && validateCsi(v.csi, `${path}.csi`)],
  ];
}

/** Fields that are empty but must not be. */
function missing(source: object, fields: readonly string[], path: string): FieldError[] {
  const values = new Map(Object.entries(source));
  return fields
    .filter((name) => isEmpty(values.get(name)))
    .map((name) => required(`${path}.${name}`));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function needsDisk(
  disk: { readonly partition?: number } | undefined,
  idField: string,
  path: string,
): FieldError[] | undefined {
  if (disk === undefined) return undefined;
  const { partition = 0 } = disk;
  const isInside = partition >= 0 && partition <= 255;
  return [
    ...missing(disk, [idField], path),
    ...(isInside
      ? []
      : [invalid(`${path}.partition`, partition, "must be between 1 and 255, inclusive")]),
  ];
}

function validateGitRepo(source: Source<"gitRepo">, path: string): FieldError[] {
  return [
    ...missing(source, ["repository"], path),
    ...validateLocalDescendingPath(source.directory ?? "", `${path}.directory`),
  ];
}

function validateNfs(source: Source<"nfs">, path: string): FieldError[] {
  const { path: exported = "" } = source;
  const detail = "must be an absolute path";
  return [
    ...missing(source, ["server", "path"], path),
    ...(exported.startsWith("/") ? [] : [invalid(`${path}.path`, exported, detail)]),
  ];
}

function validateCinder(source: Source<"cinder">, path: string): FieldError[] {
  return [
    ...missing(source, ["volumeID"], path),
    ...(source.secretRef ? missing(source.secretRef, ["name"], `${path}.secretRef`) : []),
  ];
}

function validateFlocker(source: Source<"flocker">, path: string): FieldError[] {
  const { datasetName = "", datasetUUID = "" } = source;
  const areBoth = datasetName !== "" && datasetUUID !== "";
  const hasNone = datasetName === "" && datasetUUID === "";
  const onlyOne = "datasetName and datasetUUID can not be specified simultaneously";
  return [
    ...(hasNone ? [required(path, "one of datasetName and datasetUUID is required")] : []),
    ...(areBoth ? [invalid(path, "resource", onlyOne)] : []),
    ...(datasetName.includes("/")
      ? [invalid(`${path}.datasetName`, datasetName, "must not contain '/'")]
      : []),
  ];
}

function validateFc(
  { targetWWNs = [], wwids = [], lun }: Source<"fc">,
  path: string,
): FieldError[] {
  const at = `${path}.targetWWNs`;
  const [hasTargets, hasIds] = [targetWWNs.length > 0, wwids.length > 0];
  const both = "targetWWNs and wwids can not be specified simultaneously";
  const lunPath = `${path}.lun`;
  return [
    ...(hasTargets || hasIds
      ? []
      : [required(at, "must specify either targetWWNs or wwids, but not both")]),
    ...(hasTargets && hasIds ? [invalid(at, targetWWNs, both)] : []),
    ...(hasTargets && lun === undefined
      ? [required(lunPath, "lun is required if targetWWNs is specified")]
      : []),
    ...(hasTargets && lun !== undefined ? invalids(lunPath, lun, isInRange(lun, 0, 255)) : []),
  ];
}

function validateFlexVolume(source: Source<"flexVolume">, path: string): FieldError[] {
  const reserved = Object.keys(source.options ?? {}).filter((key) => {
    return /\.(?:kubernetes|k8s)\.io$/.test(`.${key.replace(/\/[^]*$/, "").toLowerCase()}`);
  });
  const detail = "kubernetes.io and k8s.io namespaces are reserved";
  return [
    ...missing(source, ["driver"], path),
    ...reserved.map((key) => invalid(`${path}.options[${key}]`, key, detail)),
  ];
}

function validateQuobyte(source: Source<"quobyte">, path: string): FieldError[] {
  const { registry = "", tenant = "" } = source;
  const form = "must be a host:port pair or multiple pairs separated by commas";
  const wrong = registry
    .split(",")
    .filter((pair) => !/^(?:[^:[\]]*|\[[^[\]]*\]):[^:]*$/.test(pair));
  const tooLongTenant = "must be a UUID and may not exceed a length of 64 characters";
  const ofRegistry =
    registry === ""
      ? [required(`${path}.registry`, form)]
      : tenant.length > 64
        ? [required(`${path}.tenant`, tooLongTenant)]
        : wrong.map(() => invalid(`${path}.registry`, registry, form));
  return [...ofRegistry, ...missing(source, ["volume"], path)];
}

function validateStorageOs(source: Source<"storageos">, path: string): FieldError[] {
  const { volumeName = "", volumeNamespace = "", secretRef } = source;
  const [namePath, namespacePath] = [`${path}.volumeName`, `${path}.volumeNamespace`];
  return [
    ...(volumeName === ""
      ? [required(namePath)]
      : invalids(namePath, volumeName, isDns1123Label(volumeName))),
    ...(volumeNamespace === ""
      ? []
      : invalids(namespacePath, volumeNamespace, isDns1123Label(volumeNamespace))),
    ...(secretRef ? missing(secretRef, ["name"], `${path}.secretRef`) : []),
  ];
}

function validateCsi(
  { driver = "", nodePublishSecretRef }: Source<"csi">,
  path: string,
): FieldError[] {
  const secret = nodePublishSecretRef?.name ?? "";
  return [
    ...validateCsiDriverName(driver, `${path}.driver`),
    ...(nodePublishSecretRef && secret === ""
      ? [required(`${path}.nodePublishSecretRef.name`)]
      : []),
    ...(secret === "" ? [] : invalids(`${path}.name`, secret, nameIsDnsSubdomain(secret))),
  ];
}

/** Also of a PersistentVolume. */
export function validateCsiDriverName(name: string, path: string): FieldError[] {
  if (name === "") return [required(path)];
  return [
    ...(name.length > 63 ? [tooLong(path, 63)] : []),
    ...invalids(path, name, isDns1123Subdomain(name.toLowerCase())),
  ];
}
