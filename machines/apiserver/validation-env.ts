import {
  isConfigMapKey,
  isDns1123Label,
  isRelaxedEnvVarName,
  nameIsDnsSubdomain,
} from "../api/names.ts";
import type { Container, KeySelector } from "../api/pod.ts";
import type { FileKeySelector } from "../api/pod-details.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, invalids, required } from "./field-error.ts";
import {
  validateContainerResourceFieldSelector,
  validateObjectFieldSelector,
} from "./validation-field-selectors.ts";
import { validatePathNoBacksteps } from "./validation-paths.ts";

type EnvVar = NonNullable<Unchecked<Container>["env"]>[number];
type EnvFromSource = NonNullable<Unchecked<Container>["envFrom"]>[number];

/** pkg/apis/core/validation/validation.go ValidateEnv. */
export function validateEnv(variables: readonly EnvVar[], path: string): FieldError[] {
  return variables.flatMap((variable, index) => {
    const { name = "" } = variable;
    const at = `${path}[${index}]`;
    return [
      ...(name === ""
        ? [required(`${at}.name`)]
        : invalids(`${at}.name`, name, isRelaxedEnvVarName(name))),
      ...validateEnvVarValueFrom(variable, `${at}.valueFrom`),
    ];
  });
}

function validateEnvVarValueFrom({ value = "", valueFrom }: EnvVar, path: string): FieldError[] {
  if (valueFrom === undefined) return [];
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom;
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef];
  const count = sources.filter((source) => source !== undefined).length;
  return [
    ...(fieldRef
      ? validateObjectFieldSelector(fieldRef, environmentFields, `${path}.fieldRef`)
      : []),
    ...(resourceFieldRef
      ? validateContainerResourceFieldSelector(resourceFieldRef, `${path}.resourceFieldRef`)
      : []),
    ...(configMapKeyRef ? validateKeySelector(configMapKeyRef, `${path}.configMapKeyRef`) : []),
    ...(secretKeyRef ? validateKeySelector(secretKeyRef, `${path}.secretKeyRef`) : []),
    ...(fileKeyRef ? validateFileKeySelector(fileKeyRef, `${path}.fileKeyRef`) : []),
    ...(count === 0 ? [invalid(path, "", mustHaveSource)] : []),
    ...(count > 0 && value !== "" ? [invalid(path, "", mayNotHaveValue)] : []),
    ...(count > 1 && value === "" ? [invalid(path, "", mayNotHaveMore)] : []),
  ];
}

const mustHaveSource =
  "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
const mayNotHaveValue = "may not be specified when `value` is not empty";
const mayNotHaveMore = "may not have more than one field specified at a time";

/** Sorted, as the message lists them. */
const environmentFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
] as const;

function validateKeySelector(
  { name = "", key = "" }: Unchecked<KeySelector>,
  path: string,
): FieldError[] {
  return [
    ...invalids(`${path}.name`, name, nameIsDnsSubdomain(name)),
    ...(key === "" ? [required(`${path}.key`)] : invalids(`${path}.key`, key, isConfigMapKey(key))),
  ];
}

function validateFileKeySelector(
  { key = "", volumeName = "", path: file = "" }: Unchecked<FileKeySelector>,
  path: string,
): FieldError[] {
  const [keyPath, volumePath, filePath] = [`${path}.key`, `${path}.volumeName`, `${path}.path`];
  return [
    ...(key === "" ? [required(keyPath)] : invalids(keyPath, key, isRelaxedEnvVarName(key))),
    ...(volumeName === ""
      ? [required(volumePath)]
      : invalids(volumePath, volumeName, isDns1123Label(volumeName))),
    ...(file === "" ? [required(filePath)] : validatePathNoBacksteps(file, filePath)),
  ];
}

/** ValidateEnvFrom. */
export function validateEnvFrom(sources: readonly EnvFromSource[], path: string): FieldError[] {
  return sources.flatMap(({ prefix = "", configMapRef, secretRef }, index) => {
    const at = `${path}[${index}]`;
    const hasBoth = configMapRef !== undefined && secretRef !== undefined;
    const hasNone = configMapRef === undefined && secretRef === undefined;
    const noSource = "must specify one of: `configMapRef` or `secretRef`";
    return [
      ...(prefix === "" ? [] : invalids(`${at}.prefix`, prefix, isRelaxedEnvVarName(prefix))),
      ...(configMapRef ? validateEnvSource(configMapRef.name, `${at}.configMapRef.name`) : []),
      ...(secretRef ? validateEnvSource(secretRef.name, `${at}.secretRef.name`) : []),
      ...(hasNone ? [invalid(path, "", noSource)] : []),
      ...(hasBoth ? [invalid(path, "", mayNotHaveMore)] : []),
    ];
  });
}

function validateEnvSource(name = "", path: string): FieldError[] {
  return name === "" ? [required(path)] : invalids(path, name, nameIsDnsSubdomain(name, true));
}
