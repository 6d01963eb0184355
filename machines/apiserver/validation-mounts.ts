import type { Container, Volume, VolumeMount } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
} from "./field-error.ts";
import { validateLocalDescendingPath, validatePathNoBacksteps } from "./validation-paths.ts";

type AnyContainer = Unchecked<Container>;
type Device = NonNullable<AnyContainer["volumeDevices"]>[number];
/** The pod's volumes that are well-formed, by name. */
export type Volumes = ReadonlyMap<string, Unchecked<Volume>>;

/** pkg/apis/core/validation/validation.go ValidateVolumeMounts. */
export function validateVolumeMounts(
  container: AnyContainer,
  volumes: Volumes,
  path: string,
): FieldError[] {
  const devices = new Map(
    (container.volumeDevices ?? []).map(({ name = "", devicePath = "" }) => [name, devicePath]),
  );
  const devicePaths = new Set(devices.values());
  const used = new Set<string>();
  return (container.volumeMounts ?? []).flatMap((mount, index) => {
    const { name = "", mountPath = "" } = mount;
    const at = `${path}[${index}]`;
    const isSecond = used.has(mountPath);
    used.add(mountPath);
    const wrongPath = (detail: string): FieldError => invalid(`${at}.mountPath`, mountPath, detail);
    return [
      ...(name === "" ? [required(`${at}.name`)] : []),
      ...(volumes.has(name) ? [] : [notFound(`${at}.name`, name)]),
      ...(mountPath === "" ? [required(`${at}.mountPath`)] : []),
      ...(isSecond ? [wrongPath("must be unique")] : []),
      ...(devices.has(name)
        ? [invalid(`${at}.name`, name, "must not already exist in volumeDevices")]
        : []),
      ...(devicePaths.has(mountPath)
        ? [wrongPath("must not already exist as a path in volumeDevices")]
        : []),
      ...validateSubPaths(mount, path, at),
      ...validateMountPropagation(mount, container, `${path}.mountPropagation`),
      ...validateMountRecursiveReadOnly(mount, `${path}.recursiveReadOnly`),
    ];
  });
}

function validateSubPaths(
  { subPath = "", subPathExpr = "" }: Unchecked<VolumeMount>,
  path: string,
  at: string,
): FieldError[] {
  const detail = "subPathExpr and subPath are mutually exclusive";
  const areBoth = subPath !== "" && subPathExpr !== "";
  return [
    ...(subPath === "" ? [] : validateLocalDescendingPath(subPath, `${path}.subPath`)),
    ...(areBoth ? [invalid(`${at}.subPathExpr`, subPathExpr, detail)] : []),
    ...(subPathExpr === "" ? [] : validateLocalDescendingPath(subPathExpr, `${path}.subPathExpr`)),
  ];
}

function validateMountPropagation(
  { mountPropagation }: Unchecked<VolumeMount>,
  container: AnyContainer,
  path: string,
): FieldError[] {
  if (mountPropagation === undefined) return [];
  const isPrivileged = container.securityContext?.privileged === true;
  const detail = "Bidirectional mount propagation is available only to privileged containers";
  const isRefused = mountPropagation === "Bidirectional" && !isPrivileged;
  return [
    ...(propagations.includes(mountPropagation)
      ? []
      : [notSupported(path, mountPropagation, propagations)]),
    ...(isRefused ? [forbidden(path, detail)] : []),
  ];
}

const propagations: readonly string[] = ["Bidirectional", "HostToContainer", "None"];

function validateMountRecursiveReadOnly(
  { recursiveReadOnly, readOnly = false, mountPropagation = "None" }: Unchecked<VolumeMount>,
  path: string,
): FieldError[] {
  if (recursiveReadOnly === undefined || recursiveReadOnly === "Disabled") return [];
  if (!recursions.includes(recursiveReadOnly)) {
    return [notSupported(path, recursiveReadOnly, recursions)];
  }
  const only = "may only be specified when";
  const noPropagation = `${only} mountPropagation is None or not specified`;
  return [
    ...(readOnly ? [] : [forbidden(path, `${only} readOnly is true`)]),
    ...(mountPropagation === "None" ? [] : [forbidden(path, noPropagation)]),
  ];
}

const recursions: readonly string[] = ["Disabled", "Enabled", "IfPossible"];

/** ValidateVolumeDevices: block devices come from claims only. */
export function validateVolumeDevices(
  container: AnyContainer,
  volumes: Volumes,
  path: string,
): FieldError[] {
  const mounts = new Map(
    (container.volumeMounts ?? []).map(({ name = "", mountPath = "" }) => [name, mountPath]),
  );
  const mountPaths = new Set(mounts.values());
  const names = new Set<string>();
  const paths = new Set<string>();
  return (container.volumeDevices ?? []).flatMap((device, index) => {
    const { name = "", devicePath = "" } = device;
    const at = `${path}[${index}]`;
    const climbs = validatePathNoBacksteps(devicePath, at).length > 0;
    const errors = [
      ...validateDeviceName(device, volumes, names, `${at}.name`),
      ...(devicePath === "" ? [required(`${at}.devicePath`)] : []),
      ...(paths.has(devicePath) ? [invalid(`${at}.devicePath`, devicePath, "must be unique")] : []),
      ...(climbs
        ? [invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')")]
        : []),
      ...(mounts.has(name)
        ? [invalid(`${at}.name`, name, "must not already exist in volumeMounts")]
        : []),
      ...(mountPaths.has(devicePath)
        ? [
            invalid(
              `${at}.devicePath`,
              devicePath,
              "must not already exist as a path in volumeMounts",
            ),
          ]
        : []),
    ];
    if (!climbs) paths.add(devicePath);
    if (name !== "") names.add(name);
    return errors;
  });
}

function validateDeviceName(
  { name = "" }: Device,
  volumes: Volumes,
  used: ReadonlySet<string>,
  path: string,
): FieldError[] {
  const volume = volumes.get(name);
  const isClaim = volume?.persistentVolumeClaim !== undefined || volume?.ephemeral !== undefined;
  const onlyClaims =
    "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
  return [
    ...(name === "" ? [required(path)] : []),
    ...(used.has(name) ? [invalid(path, name, "must be unique")] : []),
    ...(volume !== undefined && !isClaim ? [invalid(path, name, onlyClaims)] : []),
    ...(volume === undefined ? [notFound(path, name)] : []),
  ];
}
