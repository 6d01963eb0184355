import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from "xstate";

import { branchesOf, branchesOfMachine } from "./universe.ts";

/** What a suite is to cover of every chart. */
export type CoverWord = "transitions" | "states";

/** A branch of a chart, or a state by the branches that show it: one of them is enough. */
export interface Coverable {
  readonly machine: string;
  readonly name: string;
  readonly by: readonly AnyTransitionDefinition[];
}

/** In the order of the charts. */
export function coverablesOf(
  machines: ReadonlyMap<string, AnyStateMachine>,
  cover: CoverWord,
): readonly Coverable[] {
  switch (cover) {
    case "transitions":
      return branchesOf(machines).map(({ machine, name, definition }) => {
        return { machine, name, by: [definition] };
      });
    case "states":
      return [...machines.values()].flatMap(statesOfMachine);
  }
}

/** Every state but the chart itself. Those at the beginning are shown by whatever happens. */
function statesOfMachine(machine: AnyStateMachine): readonly Coverable[] {
  const by = new Map<AnyStateNode, AnyTransitionDefinition[]>();
  const start = new Set(begun(machine.root));
  for (const { definition } of branchesOfMachine(machine)) {
    for (const node of new Set([...start, ...activeAround(definition)])) {
      by.set(node, [...(by.get(node) ?? []), definition]);
    }
  }
  return below(machine.root).map((node) => {
    return {
      machine: machine.id,
      name: `${machine.id} ${node.path.join(".")}`,
      by: by.get(node) ?? [],
    };
  });
}

/** States that are active just before a branch is taken or just after it. */
function activeAround({ source, target }: AnyTransitionDefinition): readonly AnyStateNode[] {
  const targets: readonly AnyStateNode[] = target ?? [];
  return [...upward(source), ...targets.flatMap((node) => entered(node, source))];
}

/** With its parents; regions beside it begin too where the branch comes from outside of them. */
function entered(node: AnyStateNode, source: AnyStateNode): readonly AnyStateNode[] {
  const known = new Set(upward(source));
  return upward(node).flatMap((one) => {
    const { parent } = one;
    const isEntered = parent?.type === "parallel" && !known.has(parent);
    const beside = isEntered ? childrenOf(parent).filter((other) => other !== one) : [];
    return [...(one === node ? begun(one) : [one]), ...beside.flatMap(begun)];
  });
}

/** A state and all in it that begins with it. */
function begun(node: AnyStateNode): readonly AnyStateNode[] {
  if (node.type === "parallel") return [node, ...childrenOf(node).flatMap(begun)];
  const first: readonly AnyStateNode[] = node.type === "compound" ? node.initial.target : [];
  return [node, ...first.flatMap((child) => entered(child, node))];
}

function upward(node: AnyStateNode): readonly AnyStateNode[] {
  return node.parent === undefined ? [node] : [node, ...upward(node.parent)];
}

function below(node: AnyStateNode): readonly AnyStateNode[] {
  return childrenOf(node).flatMap((child) => [child, ...below(child)]);
}

function childrenOf(node: AnyStateNode): readonly AnyStateNode[] {
  return Object.values(node.states);
}
