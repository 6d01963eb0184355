import { relative } from "node:path";

import type { Plugin } from "vitest/config";

import { vectoredFunctions } from "./vectored-functions.ts";

/** What stands in for a function from the moment its module is loaded. */
export type Tap = (key: string, original: Called) => Called;

export type Called = (...given: readonly unknown[]) => unknown;

declare global {
  var tapFunction: Tap | undefined;
}

/**
 * Lets `globalThis.tapFunction` replace each function that vectors agree with, for every caller:
 * also for one in the same module. It changes nothing where nobody taps.
 */
export function tapping(root: string): Plugin {
  const functions = [
    ...vectoredFunctions(root),
    { module: "src/system/stepper.ts", name: "stepperOf" },
  ];
  return {
    name: "tapping",
    transform: (code, id) => {
      const module = relative(root, id.split("?")[0] ?? "");
      const names = functions.filter((one) => one.module === module).map(({ name }) => name);
      const taps = names
        .filter((name) => code.includes(`export function ${name}(`))
        .map(
          (name) => `${name} = globalThis.tapFunction?.("${module} ${name}", ${name}) ?? ${name};`,
        );
      return taps.length === 0 ? undefined : { code: [code, ...taps].join("\n"), map: null };
    },
  };
}
