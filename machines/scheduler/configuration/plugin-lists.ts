import type {
  EnabledPlugin,
  ExtensionPoint,
  KubeSchedulerProfile,
  PluginSet,
} from "../../api/scheduler-configuration.ts";
import { quote } from "../../api/quote.ts";
import { defaultMultiPoint, extensionPoints, inTreePlugins } from "./extension-points.ts";

/** The plugins of each point in the order in which they are asked, and the scores' weights. */
export interface PluginLists {
  readonly at: ReadonlyMap<ExtensionPoint, readonly string[]>;
  readonly weights: ReadonlyMap<string, number>;
}

/** Why a scheduler would not start, in its own words. */
export interface PluginListError {
  readonly error: string;
}

/** framework/runtime/framework.go NewFramework: the default plugins and what a profile changes. */
export function pluginListsOf({
  plugins = {},
}: KubeSchedulerProfile): PluginLists | PluginListError {
  const multiPoint = mergePluginSet(defaultMultiPoint, plugins.multiPoint ?? {});
  for (const [point, type] of extensionPoints) {
    const error = listError(plugins[point]?.enabled ?? [], point, type);
    if (error !== undefined) return { error };
  }
  const at = new Map<ExtensionPoint, readonly string[]>();
  for (const [point, type] of extensionPoints) {
    const expanded = expandMultiPoint(multiPoint, plugins[point] ?? {}, point, type);
    if ("error" in expanded) return expanded;
    at.set(point, expanded.names);
  }
  const weights = getScoreWeights([...(plugins.score?.enabled ?? []), ...multiPoint]);
  return { at, weights };
}

/** apis/config/v1/default_plugins.go */
function mergePluginSet(
  defaults: readonly EnabledPlugin[],
  { enabled = [], disabled = [] }: PluginSet,
): readonly EnabledPlugin[] {
  const gone = new Set(disabled.map(({ name }) => name));
  const own = new Map(enabled.map((plugin) => [plugin.name, plugin]));
  const kept = gone.has("*") ? [] : defaults.filter(({ name }) => !gone.has(name));
  const replaced = new Set(kept.flatMap(({ name }) => own.get(name) ?? []));
  const others = enabled.filter((plugin) => !replaced.has(plugin));
  return [...kept.map((plugin) => own.get(plugin.name) ?? plugin), ...others];
}

/** `updatePluginList` */
function listError(
  enabled: readonly EnabledPlugin[],
  point: ExtensionPoint,
  type: string,
): string | undefined {
  const seen = new Set<string>();
  for (const { name } of enabled) {
    const points = inTreePlugins.get(name);
    if (points === undefined) return `${type} ${quote(name)} does not exist`;
    if (!points.includes(point)) return `plugin ${quote(name)} does not extend ${type} plugin`;
    if (seen.has(name)) return `plugin ${quote(name)} already registered as ${quote(type)}`;
    seen.add(name);
  }
  return undefined;
}

/** `expandMultiPointPlugins`: what a point says itself comes before what holds for all points. */
function expandMultiPoint(
  multiPoint: readonly EnabledPlugin[],
  { enabled = [], disabled = [] }: PluginSet,
  point: ExtensionPoint,
  type: string,
): { readonly names: readonly string[] } | PluginListError {
  const own = enabled.map(({ name }) => name);
  const gone = new Set(disabled.map(({ name }) => name));
  if (gone.has("*")) return { names: own };
  const overriding = new Set<string>();
  const expanded = new Set<string>();
  for (const { name } of multiPoint) {
    const points = inTreePlugins.get(name);
    if (points === undefined) return { error: `${type} ${quote(name)} does not exist` };
    if (!points.includes(point) || gone.has(name)) continue;
    if (own.includes(name)) {
      overriding.add(name);
      continue;
    }
    if (expanded.has(name)) {
      return { error: `plugin ${quote(name)} already registered as ${quote(type)}` };
    }
    expanded.add(name);
  }
  const first = own.filter((name) => overriding.has(name));
  const last = own.filter((name) => !overriding.has(name));
  return { names: [...first, ...expanded, ...last] };
}

/** What a point says itself counts; no weight is a weight of 1. */
function getScoreWeights(plugins: readonly EnabledPlugin[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { name, weight = 0 } of plugins) {
    if (inTreePlugins.get(name)?.includes("score") !== true || weights.has(name)) continue;
    weights.set(name, weight === 0 ? 1 : weight);
  }
  return weights;
}
