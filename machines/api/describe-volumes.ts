import { line } from "./describe-lines.ts";
import { csiAttributes, ephemeralLines } from "./describe-nested.ts";
import { type PluginShape, pluginShapes } from "./describe-volume-plugins.ts";
import type { Volume } from "./pod.ts";
import type { DownwardApiVolumeSource, VolumeProjection } from "./projection.ts";
import { quantitySign } from "./quantity.ts";
import { formatQuantity, mustParse } from "./quantity-text.ts";

/** The Volumes block; kubectl/pkg/describe describeVolumes. */
export function describeVolumes(volumes: readonly Volume[], inset = ""): string {
  if (volumes.length === 0) return line(0, `${inset}Volumes:\t<none>`);
  const nameInset = inset === "" ? "" : " ";
  const blocks = volumes.map(
    (volume) => line(1, `${nameInset}${volume.name}:`) + sourceLines(volume),
  );
  return line(0, `${inset}Volumes:`) + blocks.join("");
}

function sourceLines(volume: Volume): string {
  const { emptyDir, downwardAPI, projected, ephemeral, csi } = volume;
  if (emptyDir !== undefined) return emptyDirLines(emptyDir);
  if (downwardAPI !== undefined) return downwardApiLines(downwardAPI);
  if (projected !== undefined) return projectedLines(projected.sources ?? []);
  if (ephemeral !== undefined) return ephemeralLines(ephemeral.volumeClaimTemplate);
  const shape = pluginShapes.find(({ source }) => fieldOf(volume, source) !== undefined);
  if (shape === undefined) return line(1, "<unknown>");
  return (
    pluginLines(shape, fieldOf(volume, shape.source)) +
    (csi === undefined ? "" : csiAttributes(csi.volumeAttributes))
  );
}

function pluginLines({ type, rows }: PluginShape, source: unknown): string {
  const lines = rows.map(([label, field, absent]) =>
    line(2, `${label}\t${goText(label, fieldOf(source, field)) ?? absent}`),
  );
  return line(2, `Type:\t${type}`) + lines.join("");
}

/** Go's `%v` of a field; a list of world wide names is joined by kubectl itself. */
function goText(label: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) {
    return label === "TargetWWNs:" ? value.join(", ") : `[${value.join(" ")}]`;
  }
  if (typeof value !== "object") return String(value);
  if (label === "SecretRef:") return `&LocalObjectReference{Name:${fieldOf(value, "name") ?? ""},}`;
  const pairs = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `map[${pairs.map(([key, one]) => `${key}:${one}`).join(" ")}]`;
}

function fieldOf(source: unknown, field: string): unknown {
  if (typeof source !== "object" || source === null) return undefined;
  return Object.entries(source).find(([key]) => key === field)?.[1];
}

function emptyDirLines({ medium = "", sizeLimit = 0 }: NonNullable<Volume["emptyDir"]>): string {
  const limit = mustParse(sizeLimit);
  return [
    line(2, "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)"),
    line(2, `Medium:\t${medium}`),
    line(2, `SizeLimit:\t${quantitySign(limit) > 0 ? formatQuantity(limit) : "<unset>"}`),
  ].join("");
}

function downwardApiLines({ items = [] }: DownwardApiVolumeSource): string {
  const lines = items.flatMap(({ path, fieldRef, resourceFieldRef }) =>
    [fieldRef?.fieldPath, resourceFieldRef?.resource]
      .filter((from) => from !== undefined)
      .map((from) => line(3, `${from} -> ${path}`)),
  );
  const type = "Type:\tDownwardAPI (a volume populated by information about the pod)";
  return line(2, type) + line(2, "Items:") + lines.join("");
}

function projectedLines(sources: readonly VolumeProjection[]): string {
  const type = "Type:\tProjected (a volume that contains injected data from multiple sources)";
  return line(2, type) + sources.map(projectionLines).join("");
}

function projectionLines(source: VolumeProjection): string {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source;
  if (secret !== undefined) return referenceLines("SecretName", secret);
  if (downwardAPI !== undefined) return line(2, "DownwardAPI:\ttrue");
  if (configMap !== undefined) return referenceLines("ConfigMapName", configMap);
  if (serviceAccountToken === undefined) return "";
  return line(2, `TokenExpirationSeconds:\t${serviceAccountToken.expirationSeconds ?? 0}`);
}

function referenceLines(
  title: string,
  { name = "", optional = false }: NonNullable<VolumeProjection["secret"]>,
): string {
  return line(2, `${title}:\t${name}`) + line(2, `Optional:\t${optional}`);
}
