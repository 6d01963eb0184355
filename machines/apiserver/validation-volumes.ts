import { isDns1123Label, nameIsDnsSubdomain } from "../api/names.ts";
import type { PodSpec, Volume } from "../api/pod.ts";
import { quantitySign } from "../api/quantity.ts";
import { mustParse } from "../api/quantity-text.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
  validateRequiredChoice,
} from "./field-error.ts";
import { validateClaimTemplate } from "./validation-claims.ts";
import type { Volumes } from "./validation-mounts.ts";
import { validatePathNoBacksteps } from "./validation-paths.ts";
import {
  validateConfigMapVolumeSource,
  validateDownwardApiVolumeSource,
  validateProjectedVolumeSource,
  validateSecretVolumeSource,
} from "./validation-volume-files.ts";
import { validateVolumePlugins } from "./validation-volume-plugins.ts";

type AnyVolume = Unchecked<Volume>;

/** The well-formed volumes go on to the mounts; pkg/apis/core/validation ValidateVolumes. */
export function validateVolumes(
  { volumes: all = [] }: Pick<Unchecked<PodSpec>, "volumes">,
  podName: string,
  path: string,
): { readonly volumes: Volumes; readonly errors: FieldError[] } {
  const ephemeral = all.filter((volume) => podName !== "" && volume.ephemeral !== undefined);
  const created = new Set(ephemeral.map(({ name = "" }) => `${podName}-${name}`));
  const volumes = new Map<string, AnyVolume>();
  const errors = all.flatMap((volume, index) => {
    const { name = "" } = volume;
    const at = `${path}[${index}]`;
    const claimName = volume.persistentVolumeClaim?.claimName ?? "";
    const own = [
      ...validateVolumeSource(volume, podName, at),
      ...(name === ""
        ? [required(`${at}.name`)]
        : invalids(`${at}.name`, name, isDns1123Label(name))),
      ...(volumes.has(name) ? [duplicate(`${at}.name`, name)] : []),
    ];
    if (own.length === 0) volumes.set(name, volume);
    const detail = "must not reference a PVC that gets created for an ephemeral volume";
    const claimPath = `${at}.persistentVolumeClaim.claimName`;
    return [...own, ...(created.has(claimName) ? [invalid(claimPath, claimName, detail)] : [])];
  });
  return { volumes, errors };
}

/** Exactly one source; the second and later ones are only refused. */
function validateVolumeSource(volume: AnyVolume, podName: string, path: string): FieldError[] {
  const checks = new Map([
    ...ownSources(volume, podName, path),
    ...validateVolumePlugins(volume, path),
  ]);
  const given = sourceOrder.filter(([name]) => checks.get(name) !== undefined);
  if (given.length === 0) return [required(path, "must specify a volume type")];
  return given.flatMap(([name, shown = name], index) => {
    const detail = "may not specify more than 1 volume type";
    return index === 0 ? (checks.get(name) ?? []) : [forbidden(`${path}.${shown}`, detail)];
  });
}

/** The order of the checks, and the field that a second source is refused under. */
const sourceOrder: readonly (readonly [name: string, shown?: string])[] = [
  ["emptyDir"],
  ["hostPath"],
  ["gitRepo"],
  ["gcePersistentDisk"],
  ["awsElasticBlockStore"],
  ["secret"],
  ["nfs"],
  ["iscsi"],
  ["glusterfs"],
  ["flocker"],
  ["persistentVolumeClaim"],
  ["rbd"],
  ["cinder"],
  ["cephfs", "cephFS"],
  ["quobyte"],
  ["downwardAPI", "downwarAPI"],
  ["fc"],
  ["flexVolume"],
  ["configMap"],
  ["azureFile"],
  ["vsphereVolume"],
  ["photonPersistentDisk"],
  ["portworxVolume"],
  ["azureDisk"],
  ["storageos"],
  ["projected"],
  ["scaleIO"],
  ["csi"],
  ["ephemeral"],
  ["image"],
];

type Check = readonly [name: string, errors: FieldError[] | undefined];

function ownSources(volume: AnyVolume, podName: string, path: string): Check[] {
  const { emptyDir, hostPath, secret, configMap, downwardAPI, projected, ephemeral } = volume;
  const { image, persistentVolumeClaim: claim } = volume;
  const claimPath = `${path}.persistentVolumeClaim.claimName`;
  return [
    ["emptyDir", emptyDir && validateEmptyDir(emptyDir.sizeLimit ?? 0, path)],
    ["hostPath", hostPath && validateHostPath(hostPath, `${path}.hostPath`)],
    ["secret", secret && validateSecretVolumeSource(secret, `${path}.secret`)],
    ["persistentVolumeClaim", claim && (claim.claimName ? [] : [required(claimPath)])],
    [
      "downwardAPI",
      downwardAPI && validateDownwardApiVolumeSource(downwardAPI, `${path}.downwardAPI`),
    ],
    ["configMap", configMap && validateConfigMapVolumeSource(configMap, `${path}.configMap`)],
    ["projected", projected && validateProjectedVolumeSource(projected, `${path}.projected`)],
    ["ephemeral", ephemeral && validateEphemeral(volume, podName, path)],
    ["image", image && validateImageVolume(image, `${path}.image`)],
  ];
}

function validateEmptyDir(sizeLimit: string | number, path: string): FieldError[] {
  const isNegative = quantitySign(mustParse(sizeLimit)) < 0;
  const detail = "SizeLimit field must be a valid resource quantity";
  return isNegative ? [forbidden(`${path}.emptyDir.sizeLimit`, detail)] : [];
}

/** Also of a PersistentVolume. */
export function validateHostPath(
  { path: onHost = "", type = "" }: NonNullable<AnyVolume["hostPath"]>,
  path: string,
): FieldError[] {
  if (onHost === "") return [required(`${path}.path`)];
  const isKnown = hostPathTypes.includes(type);
  return [
    ...validatePathNoBacksteps(onHost, `${path}.path`),
    ...(isKnown ? [] : [notSupported(`${path}.type`, type, hostPathTypes)]),
  ];
}

const hostPathTypes: readonly string[] = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];

function validateEphemeral(
  { name = "", ephemeral }: AnyVolume,
  podName: string,
  path: string,
): FieldError[] {
  const template = ephemeral?.volumeClaimTemplate;
  const templatePath = `${path}.ephemeral.volumeClaimTemplate`;
  const claim = `${podName}-${name}`;
  const messages = podName === "" || name === "" ? [] : nameIsDnsSubdomain(claim);
  return [
    ...(template === undefined
      ? [required(templatePath)]
      : validateClaimTemplate(template, templatePath)),
    ...messages.map((message) =>
      invalid(`${path}.name`, name, `PVC name ${quote(claim)}: ${message}`),
    ),
  ];
}

function validateImageVolume(
  { reference = "", pullPolicy = "" }: NonNullable<AnyVolume["image"]>,
  path: string,
): FieldError[] {
  return [
    ...(reference === "" ? [required(`${path}.reference`)] : []),
    ...validateRequiredChoice(pullPolicy, pullPolicies, `${path}.pullPolicy`),
  ];
}

/** Of a container, and of an image volume. */
export const pullPolicies = ["Always", "IfNotPresent", "Never"] as const;
