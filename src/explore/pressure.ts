import type { ScenarioRule } from "../manifest/scenario/rule.ts";
import type { MemoryPoint } from "../manifest/scenario/usage-answers.ts";
import type { OpenRule } from "./open-rule.ts";
import { podSpecsOf } from "./pod-specs.ts";
import type { ExploredSystem } from "./system-file.ts";

/**
 * Whether a node may come under pressure; else its eviction manager never finds anything, and the
 * system is explored without it.
 */
export function mayPress(system: ExploredSystem): boolean {
  const { environment, open, objects, kubelets } = system;
  const rules: readonly (ScenarioRule | OpenRule)[] = [...environment, ...open.environment];
  if (open.steps.some(({ step }) => step.do === "node-pressure")) return true;
  if (rules.some(({ disk, processes }) => (disk ?? processes) !== undefined)) return true;
  if (rules.every(({ memory }) => memory === undefined)) return false;
  const hasOwnNodes = objects.some(({ kind }) => kind === "Node") || kubelets.length > 0;
  const containers = podSpecsOf(system).flatMap((spec) => {
    return [...(spec.initContainers ?? []), ...spec.containers];
  });
  const most = Math.max(0, ...rules.flatMap(memoryPoints).map(({ usageBytes }) => usageBytes));
  return hasOwnNodes || most * containers.length > harmlessBytes;
}

/** Half of what the node of a small cluster has. */
const harmlessBytes = 4 * 1024 ** 3;

function memoryPoints({ memory = [] }: ScenarioRule | OpenRule): readonly MemoryPoint[] {
  return memory.flatMap((one) => ("answer" in one ? one.answer : [one]));
}
