import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { vectoredFunctions } from "../support/vectored-functions.ts";
import { type CodeMutant, type Schemata, schemataOf } from "./code-sites.ts";

/** From `dist/test/mutation`, where this runs. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A mistake in a function that recorded answers are held against, or in what serves it. */
export interface FunctionMutant extends CodeMutant {
  /** `machines/kubelet/pod-phase.ts` */
  readonly module: string;
}

/** By the file that Node loads: the modules of all functions that vectors agree with. */
export function mutatedModules(): ReadonlyMap<string, Schemata & { readonly module: string }> {
  const all = new Set(vectoredFunctions(root).map(({ module }) => module));
  const modules = [...all].filter((module) => /^machines\/.*\//.test(module)).toSorted();
  let first = 0;
  return new Map(
    modules.map((module) => {
      const file = join(root, "dist", module.replace(/\.ts$/, ".js"));
      const schemata = schemataOf(readFileSync(file, "utf8"), first);
      first += schemata.mutants.length;
      return [file, { ...schemata, module }];
    }),
  );
}

/** All of them in the order of their numbers. */
export function functionMutants(): readonly FunctionMutant[] {
  return [...mutatedModules().values()].flatMap(({ module, mutants }) => {
    return mutants.map((mutant) => ({ ...mutant, module }));
  });
}
