import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Predicate, Properties, Property } from "../explore/properties.ts";

/** What a module exports as `properties`, or why it cannot be used. */
export async function readProperties(
  file: string,
): Promise<{ readonly properties: Properties } | { readonly mistake: string }> {
  if (!existsSync(file)) return { mistake: `no such file: ${file}` };
  const loaded = await load(file);
  if ("mistake" in loaded) return loaded;
  const { properties } = loaded;
  if (typeof properties !== "object" || properties === null) {
    return { mistake: `${file}: expected export const properties = { 'sentence': … }, got none` };
  }
  const told: Record<string, Property> = {};
  for (const [sentence, value] of Object.entries(properties)) {
    const property = propertyIn(value);
    if (property === undefined) {
      const expected = `one of ${kinds.join(", ")} with a function of the objects`;
      return { mistake: `${file}: ${JSON.stringify(sentence)}: expected ${expected}` };
    }
    told[sentence] = property;
  }
  return { properties: told };
}

async function load(
  file: string,
): Promise<{ readonly properties?: unknown } | { readonly mistake: string }> {
  try {
    return await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (!/^\.[mc]?ts$/.test(extname(file))) return { mistake: `${file} cannot be loaded: ${said}` };
    const canLoad = "typescript" in process.features && process.features.typescript !== false;
    if (canLoad) {
      return { mistake: `${file} cannot be loaded: ${said}` };
    }
    const hint =
      "run kubechart with Node 22.18 or newer, or as `npx tsx node_modules/.bin/kubechart`, " +
      "or write the module as .mjs";
    return { mistake: `${file} cannot be loaded by Node ${process.versions.node}; ${hint}` };
  }
}

const kinds = ["always", "sometimes", "eventually", "possible"] as const;

/** Exactly one kind, with a function. */
function propertyIn(value: unknown): Property | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  const [[kind, predicate] = []] = entries;
  if (entries.length !== 1 || !isPredicate(predicate)) return undefined;
  switch (kind) {
    case "always":
      return { always: predicate };
    case "sometimes":
      return { sometimes: predicate };
    case "eventually":
      return { eventually: predicate };
    case "possible":
      return { possible: predicate };
    default:
      return undefined;
  }
}

function isPredicate(value: unknown): value is Predicate {
  return typeof value === "function";
}
