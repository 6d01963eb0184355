import type { Volume } from "../api/pod.ts";
import type { DownwardApiVolumeFile, KeyToPath, VolumeProjection } from "../api/projection.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid, required } from "./field-error.ts";
import {
  validateContainerResourceFieldSelector,
  validateObjectFieldSelector,
} from "./validation-field-selectors.ts";
import { validateLocalNonReservedPath } from "./validation-paths.ts";

type AnyVolume = Unchecked<Volume>;

/** pkg/apis/core/validation/validation.go validateSecretVolumeSource. */
export function validateSecretVolumeSource(
  { secretName = "", defaultMode, items = [] }: NonNullable<AnyVolume["secret"]>,
  path: string,
): FieldError[] {
  return [
    ...(secretName === "" ? [required(`${path}.secretName`)] : []),
    ...validateMode(defaultMode, `${path}.defaultMode`),
    ...validateItems(items, path),
  ];
}

/** validateConfigMapVolumeSource. */
export function validateConfigMapVolumeSource(
  { name = "", defaultMode, items = [] }: NonNullable<AnyVolume["configMap"]>,
  path: string,
): FieldError[] {
  return [
    ...(name === "" ? [required(`${path}.name`)] : []),
    ...validateMode(defaultMode, `${path}.defaultMode`),
    ...validateItems(items, path),
  ];
}

function validateItems(items: readonly Unchecked<KeyToPath>[], path: string): FieldError[] {
  return items.flatMap((item, index) => validateKeyToPath(item, `${path}.items[${index}]`));
}

function validateKeyToPath(
  { key = "", path: file = "", mode }: Unchecked<KeyToPath>,
  path: string,
): FieldError[] {
  return [
    ...(key === "" ? [required(`${path}.key`)] : []),
    ...(file === "" ? [required(`${path}.path`)] : []),
    ...validateLocalNonReservedPath(file, `${path}.path`),
    ...validateMode(mode, `${path}.mode`),
  ];
}

function validateMode(mode: number | undefined, path: string): FieldError[] {
  const isMode = mode === undefined || (mode >= 0 && mode <= 0o777);
  const detail = "must be a number between 0 and 0777 (octal), both inclusive";
  return isMode ? [] : [invalid(path, mode, detail)];
}

/** Upstream reports the files under the volume, without their index. */
export function validateDownwardApiVolumeSource(
  { defaultMode, items = [] }: NonNullable<AnyVolume["downwardAPI"]>,
  path: string,
): FieldError[] {
  return [
    ...validateMode(defaultMode, `${path}.defaultMode`),
    ...items.flatMap((file) => validateDownwardApiVolumeFile(file, path)),
  ];
}

function validateDownwardApiVolumeFile(
  { path: file = "", fieldRef, resourceFieldRef, mode }: Unchecked<DownwardApiVolumeFile>,
  path: string,
): FieldError[] {
  const hasBoth = fieldRef !== undefined && resourceFieldRef !== undefined;
  const hasNone = fieldRef === undefined && resourceFieldRef === undefined;
  const onlyOne = "fieldRef and resourceFieldRef can not be specified simultaneously";
  const resourcePath = `${path}.resourceFieldRef`;
  return [
    ...(file === "" ? [required(`${path}.path`)] : []),
    ...validateLocalNonReservedPath(file, `${path}.path`),
    ...(fieldRef ? validateObjectFieldSelector(fieldRef, volumeFields, `${path}.fieldRef`) : []),
    ...(hasBoth ? [invalid(path, "resource", onlyOne)] : []),
    ...(fieldRef === undefined && resourceFieldRef
      ? validateContainerResourceFieldSelector(resourceFieldRef, resourcePath, true)
      : []),
    ...(hasNone ? [required(path, "one of fieldRef and resourceFieldRef is required")] : []),
    ...validateMode(mode, `${path}.mode`),
  ];
}

/** Sorted, as the message lists them. */
const volumeFields = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
] as const;

/** validateProjectedVolumeSource: all sources write into one folder. */
export function validateProjectedVolumeSource(
  { defaultMode, sources = [] }: NonNullable<AnyVolume["projected"]>,
  path: string,
): FieldError[] {
  const files = new Set<string>();
  return [
    ...validateMode(defaultMode, `${path}.defaultMode`),
    ...sources.flatMap((source, index) => {
      return validateProjection(source, path, `${path}.sources[${index}]`, files);
    }),
  ];
}

function validateProjection(
  source: Unchecked<VolumeProjection>,
  path: string,
  at: string,
  files: Set<string>,
): FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source;
  const given = [secret, configMap, downwardAPI, serviceAccountToken].filter(Boolean);
  const detail = "may not specify more than 1 volume type per source";
  const add = (file: string, shown: string): FieldError[] => {
    const isTaken = files.has(file);
    if (file !== "") files.add(file);
    return isTaken ? [invalid(path, shown, "conflicting duplicate paths")] : [];
  };
  return [
    ...(secret ? validateNamedItems(secret, `${at}.secret`, add) : []),
    ...(configMap ? validateNamedItems(configMap, `${at}.configMap`, add) : []),
    ...(downwardAPI?.items ?? []).flatMap((file) => [
      ...validateDownwardApiVolumeFile(file, `${at}.downwardAPI`),
      ...add(file.path ?? "", file.path ?? ""),
    ]),
    ...(serviceAccountToken ? validateToken(serviceAccountToken, path, at) : []),
    ...(given.length > 1 ? [forbidden(at, detail)] : []),
  ];
}

function validateNamedItems(
  { name = "", items = [] }: NonNullable<Unchecked<VolumeProjection>["secret"]>,
  path: string,
  add: (file: string, shown: string) => FieldError[],
): FieldError[] {
  return [
    ...(name === "" ? [required(`${path}.name`)] : []),
    ...items.flatMap((item, index) => [
      ...validateKeyToPath(item, `${path}.items[${index}]`),
      ...add(item.path ?? "", name),
    ]),
  ];
}

function validateToken(
  token: NonNullable<Unchecked<VolumeProjection>["serviceAccountToken"]>,
  path: string,
  at: string,
): FieldError[] {
  const { expirationSeconds = 0, path: file = "" } = token;
  const wrong = (detail: string): FieldError =>
    invalid(`${at}.serviceAccountToken.expirationSeconds`, expirationSeconds, detail);
  return [
    ...(expirationSeconds < 600 ? [wrong("may not specify a duration less than 10 minutes")] : []),
    ...(expirationSeconds > 2 ** 32
      ? [wrong("may not specify a duration larger than 2^32 seconds")]
      : []),
    ...(file === ""
      ? [required(`${path}.path`)]
      : validateLocalNonReservedPath(file, `${path}.path`)),
  ];
}
