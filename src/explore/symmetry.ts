import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import type { ExploredSystem } from "./system-file.ts";

/**
 * Names of equal pods, nodes or containers, which may be exchanged without any difference, and
 * other words for the same: by word the name that it stands for.
 */
export type EqualNames = ReadonlyMap<string, string>;

/** What of a system is equal but for its name, and what nothing else tells apart. */
export function equalNamesOf({
  objects,
  kubelets,
  files,
  environment,
  open,
}: ExploredSystem): EqualNames {
  const { steps, ...choices } = open;
  const rules = JSON.stringify([kubelets, files, environment, choices]);
  const isFree = (names: readonly string[], others: readonly unknown[]): boolean => {
    const told = `${rules}${JSON.stringify(others)}`;
    const [first, ...more] = names.map((name) => stepsText(steps, name));
    return (
      !names.some((name) => told.search(wordOf(name)) >= 0) && more.every((one) => one === first)
    );
  };
  const found = new Map<string, string>();
  for (const kind of ["Pod", "Node"]) {
    const own = objects.filter((one) => one.kind === kind);
    for (const group of groupsOf(own, kindText)) {
      const names = group.map(({ metadata }) => metadata.name);
      const others = objects.filter((one) => !group.includes(one));
      if (isFree(names, others)) for (const name of names) found.set(name, name);
    }
  }
  for (const [word, name] of containersIn(objects, isFree)) found.set(word, name);
  return found;
}

/** What users and faults may do with one of them; the same may happen to each. */
function stepsText(steps: ExploredSystem["open"]["steps"], name: string): string {
  const own = steps.filter(({ label }) => label.search(wordOf(name)) >= 0);
  const told = own.map(({ label, atMost }) => `${atMost} ${label.replaceAll(wordOf(name), "<>")}`);
  return told.toSorted().join("\n");
}

type IsFree = (names: readonly string[], others: readonly unknown[]) => boolean;

/** Containers of the only pod; machines know them by their places. */
function* containersIn(
  objects: readonly KubeObject[],
  isFree: IsFree,
): Generator<readonly [string, string]> {
  const [pod, ...more] = objects.filter(isPod);
  if (pod === undefined || more.length > 0) return;
  const { containers } = pod.spec;
  const others = [...objects.filter((one) => one !== pod), { ...pod, spec: {} }];
  for (const group of groupsOf(containers, (one) => JSON.stringify({ ...one, name: "" }))) {
    const names = group.map(({ name }) => name);
    if (!isFree(names, others)) continue;
    for (const container of group) {
      yield [container.name, container.name];
      yield [`c${containers.indexOf(container)}`, container.name];
    }
  }
}

/** Those of which there are several. */
function groupsOf<T>(all: readonly T[], textOf: (one: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(textOf(one), [...(groups.get(textOf(one)) ?? []), one]);
  return [...groups.values()].filter((group) => group.length > 1);
}

/** All of an object but its name. */
function kindText({ metadata, ...others }: KubeObject): string {
  const { uid: _, name, ...same } = metadata;
  const text = JSON.stringify([same, others]).replaceAll(wordOf(name), "<name>");
  return text.replaceAll(alsoMadeUp, "<made up>");
}

/** The volume of a service account's token, and the address of a node: each has another one. */
export const alsoMadeUp = /\bkube-api-access-[a-z0-9]{5}\b|\b192\.168\.\d+\.\d+\b/g;

/** A name where it stands for itself, and not as a part of another one. */
export function wordOf(name: string): RegExp {
  return new RegExp(`(?<![a-z0-9-])${name.replaceAll(".", "\\.")}(?![a-z0-9-])`, "g");
}
