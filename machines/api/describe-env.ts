import { line } from "./describe-lines.ts";
import type { ObjectMeta, ResourceList } from "./meta.ts";
import type { Container, EnvFromSource, EnvVar } from "./pod.ts";
import type { ResourceFieldSelector } from "./projection.ts";
import { isZero, quantityMilliValue, quantityValue } from "./quantity.ts";
import { mustParse } from "./quantity-text.ts";

/** What a `fieldRef` may be shown from. */
export interface EnvPod {
  readonly metadata: Pick<ObjectMeta, "name" | "namespace">;
}

/** The Environment block; kubectl/pkg/describe describeContainerEnvVars. */
export function describeEnv(container: Container, pod: EnvPod): string {
  const { env = [] } = container;
  const title = line(2, `Environment:${env.length === 0 ? "\t<none>" : ""}`);
  return title + env.map((variable) => variableLines(variable, container, pod)).join("");
}

/** Where whole maps of variables come from; describeContainerEnvFrom. */
export function describeEnvFrom(sources: readonly EnvFromSource[]): string {
  if (sources.length === 0) return "";
  const lines = sources.map(({ prefix, configMapRef, secretRef }) => {
    const reference = configMapRef ?? secretRef;
    const secret = secretRef === undefined ? "" : "Secret";
    const kind = configMapRef === undefined ? secret : "ConfigMap";
    const withPrefix = prefix ? ` with prefix '${prefix}'` : "";
    const optional = `Optional: ${reference?.optional === true}`;
    return line(3, `${reference?.name ?? ""}\t${kind}${withPrefix}\t${optional}`);
  });
  return line(2, "Environment Variables from:") + lines.join("");
}

function variableLines(
  { name, value = "", valueFrom }: EnvVar,
  container: Container,
  pod: EnvPod,
): string {
  if (valueFrom === undefined) {
    return value
      .split("\n")
      .map((part, at) => line(3, at === 0 ? `${name}:\t${part}` : `\t${part}`))
      .join("");
  }
  const text = sourceText(valueFrom, container, pod);
  return text === undefined ? "" : line(3, `${name}:\t${text}`);
}

function sourceText(
  { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef }: NonNullable<EnvVar["valueFrom"]>,
  container: Container,
  pod: EnvPod,
): string | undefined {
  if (fieldRef !== undefined) {
    const { apiVersion = "", fieldPath } = fieldRef;
    return `${fieldValue(fieldPath, pod)} (${apiVersion}:${fieldPath})`;
  }
  if (resourceFieldRef !== undefined) {
    return `${resourceText(resourceFieldRef, container)} (${resourceFieldRef.resource})`;
  }
  const [reference, from] =
    secretKeyRef === undefined
      ? ([configMapKeyRef, "of config map"] as const)
      : ([secretKeyRef, "in secret"] as const);
  if (reference === undefined) return undefined;
  const { key, name = "", optional = false } = reference;
  return `<set to the key '${key}' ${from} '${name}'>\tOptional: ${optional}`;
}

/** kubectl's scheme knows only these two fields, so that all others are shown empty. */
function fieldValue(fieldPath: string, { metadata }: EnvPod): string {
  if (fieldPath === "metadata.name") return metadata.name;
  return fieldPath === "metadata.namespace" ? (metadata.namespace ?? "") : "";
}

function resourceText(selector: ResourceFieldSelector, container: Container): string {
  const value = containerResource(selector, container);
  const isLimit = selector.resource === "limits.cpu" || selector.resource === "limits.memory";
  return value === "0" && isLimit ? "node allocatable" : value;
}

/** In units of the divisor, rounded up; kubectl/pkg/util/resource ExtractContainerResourceValue. */
function containerResource(
  { resource, divisor = 0 }: ResourceFieldSelector,
  { resources = {} }: Container,
): string {
  const [, kind, name = ""] =
    /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/.exec(resource) ?? [];
  if (kind === undefined) return "";
  const list: ResourceList = (kind === "limits" ? resources.limits : resources.requests) ?? {};
  const given = mustParse(divisor);
  const unit = isZero(given) ? mustParse(1) : given;
  const valueOf = name === "cpu" ? quantityMilliValue : quantityValue;
  return String(Math.ceil(valueOf(mustParse(list[name] ?? 0)) / valueOf(unit)));
}
