import type { LoadHook } from "node:module";
import { fileURLToPath } from "node:url";

import { mutatedModules } from "./mutated-modules.ts";

const mutated = mutatedModules();

/**
 * Gives modules of decisions as schemata, and lets every module forget what it remembers. Events
 * are interned by what they are, which stays so with any mutant.
 */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (!/\/dist\/(machines|src)\//.test(url) || url.endsWith("/kernel-event.js")) return loaded;
  const own = String(mutated.get(fileURLToPath(url))?.code ?? loaded.source);
  const source = own.replaceAll(cache, "$1mutation.remember('$3', '$2')");
  return { ...loaded, source };
};

/** `const known = new WeakMap();` */
const cache = /^((?:export )?const (\w+) = )new (Map|Set|WeakMap|WeakSet)\(\)(?=;)/gm;
