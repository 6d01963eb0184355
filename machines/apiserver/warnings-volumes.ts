import type { Volume } from "../api/pod.ts";
import type { VolumeProjection } from "../api/projection.ts";
import { scaledValue } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";

type AnyVolume = Unchecked<Volume>;

/** Plugins that are gone, and files that lie over each other; pkg/api/pod/warnings.go. */
export function warningsForVolumes(volumes: readonly AnyVolume[], path: string): readonly string[] {
  return [
    ...volumes.flatMap((volume, index) => [
      ...deprecated
        .filter(([plugin]) => volume[plugin] !== undefined)
        .map(([plugin, text, field = plugin]) => `${path}[${index}].${field}: ${text}`),
      ...templateWarnings(volume, `${path}[${index}]`),
    ]),
    ...volumes.flatMap(warningsForOverlappingVirtualPaths),
  ];
}

const deprecated: readonly (readonly [keyof AnyVolume, text: string, shown?: string])[] = [
  ["photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"],
  ["scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["flocker", "deprecated in v1.22, non-functional in v1.25+"],
  ["storageos", "deprecated in v1.22, non-functional in v1.25+", "storageOS"],
  ["quobyte", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["rbd", "deprecated in v1.28, non-functional in v1.31+"],
];

function templateWarnings({ ephemeral }: AnyVolume, path: string): readonly string[] {
  const resources = ephemeral?.volumeClaimTemplate?.spec?.resources;
  return (["requests", "limits"] as const).flatMap((kind) => {
    const storage = resources?.[kind]?.["storage"];
    if (storage === undefined) return [];
    const amount = mustParse(storage);
    if (scaledValue(amount, -3) % 1000n === 0n) return [];
    const at = `${path}.ephemeral.volumeClaimTemplate.spec.resources.${kind}[storage]`;
    const text = quote(formatQuantity(amount));
    return [`${at}: fractional byte value ${text} is invalid, must be an integer`];
  });
}

/** A file of a volume and, where there are several sources, whose it is. */
interface VirtualPath {
  readonly path: string;
  readonly source: string;
}

function warningsForOverlappingVirtualPaths(volume: AnyVolume): readonly string[] {
  const { name = "", configMap, secret, downwardAPI, projected } = volume;
  const warn = (description: string, found: readonly string[]): readonly string[] =>
    found.map((one) => `volume ${quote(name)} (${description}): overlapping paths: ${one}`);
  const ofItems = (items: readonly { readonly path?: string }[] = []): readonly string[] =>
    collisionsIn(pathsOf(items, ""));
  const sources = projected?.sources ?? [];
  const empty = sources.filter((source) => Object.keys(source).length === 0);
  return [
    ...(configMap
      ? warn(`ConfigMap ${quote(configMap.name ?? "")}`, ofItems(configMap.items))
      : []),
    ...(secret ? warn(`Secret ${quote(secret.secretName ?? "")}`, ofItems(secret.items)) : []),
    ...(downwardAPI ? warn("DownwardAPI", ofItems(downwardAPI.items)) : []),
    ...empty.map(() => `volume ${quote(name)} (Projected) has no sources provided`),
    ...warn("Projected", collisionsIn(sources.flatMap(projectedPaths))),
  ];
}

function projectedPaths(source: Unchecked<VolumeProjection>): readonly VirtualPath[] {
  const { configMap, secret, downwardAPI, serviceAccountToken: token } = source;
  if (configMap?.items) return pathsOf(configMap.items, `ConfigMap ${quote(configMap.name ?? "")}`);
  if (secret?.items) return pathsOf(secret.items, `Secret ${quote(secret.name ?? "")}`);
  if (downwardAPI?.items) return pathsOf(downwardAPI.items, "DownwardAPI");
  return token === undefined ? [] : pathsOf([token], "ServiceAccountToken");
}

function pathsOf(
  items: readonly { readonly path?: string }[],
  source: string,
): readonly VirtualPath[] {
  return items.map(({ path = "" }) => ({ path: path.replace(/\/+$/, ""), source }));
}

function collisionsIn(paths: readonly VirtualPath[]): readonly string[] {
  return paths.flatMap((one, index) => {
    const others = paths.slice(0, index).filter((other) => overlaps(other.path, one.path));
    return others.map((other) => `${shown(one)} with ${shown(other)}`);
  });
}

function overlaps(a: string, b: string): boolean {
  if (a === "" || b === "") return false;
  return `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);
}

function shown({ path, source }: VirtualPath): string {
  return source === "" ? quote(path) : `${quote(path)} (${source})`;
}
