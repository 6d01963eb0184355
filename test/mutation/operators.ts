import type { AnyStateMachine, AnyStateNode } from "xstate";

import { forVersion } from "../../machines/for-version.ts";

/** A chart with one mistake in it. */
export interface Mutant {
  readonly machine: string;
  readonly operator: Operator;
  /** `Running container.exited#0`, and which of several actions. */
  readonly site: string;
  /** `container Running container.exited`: what the branches of the site have in common. */
  readonly about: string;
  readonly make: () => AnyStateMachine;
}

export const operators = [
  "drop transition",
  "retarget",
  "drop guard",
  "flip guard",
  "drop action",
  "swap branches",
  "off by one",
] as const;

export type Operator = (typeof operators)[number];

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Every operator at every site of a machine's chart, whatever gates are on. */
export function mutantsOf(machine: AnyStateMachine): readonly Mutant[] {
  const { config }: { readonly config: Fields } = machine;
  const chart = fieldsOf(config["everyVersion"] ?? config);
  const whole = rebuilt(machine, chart);
  return mutantsOfState(machine, whole, chart, []);
}

interface Change {
  readonly operator: Operator;
  readonly site: string;
  readonly about: string;
  readonly change: (chart: Fields) => Fields;
}

function mutantsOfState(
  machine: AnyStateMachine,
  whole: AnyStateMachine,
  chart: Fields,
  names: readonly string[],
): readonly Mutant[] {
  const at: Path = names.flatMap((name) => ["states", name]);
  const state = fieldsOf(valueAt(chart, at));
  const node = whole.getStateNodeById([whole.id, ...names].join("."));
  const word = names.length === 0 ? "(any)" : names.join(".");
  const choices = choicesOf(state).flatMap(([path, event]) => {
    const told = { about: `${machine.id} ${word} ${event}`, site: `${word} ${event}` };
    return changesOfChoice(valueAt(state, path), [...at, ...path], told, node);
  });
  const own = (["entry", "exit"] as const).flatMap((field) => {
    return actionDrops(state[field], [...at, field], `${word} ${field}`, `${machine.id} ${word} `);
  });
  const mutants = [...choices, ...own].map(({ change, ...told }): Mutant => {
    return { machine: machine.id, ...told, make: () => remade(machine, change(chart)) };
  });
  const below = Object.keys(fieldsOf(state["states"])).flatMap((name) => {
    return mutantsOfState(machine, whole, chart, [...names, name]);
  });
  return [...mutants, ...below];
}

/** Where a state's lists of branches stand, and the event of each. */
function choicesOf(state: Fields): readonly (readonly [Path, string])[] {
  const ofField = (field: string, word: string) =>
    Object.keys(fieldsOf(state[field])).map((key) => [[field, key], `${word}${key}`] as const);
  const single = (["always", "onDone"] as const).flatMap((field) => {
    return state[field] === undefined ? [] : [[[field], field] as const];
  });
  return [...ofField("on", ""), ...ofField("after", "after:"), ...single];
}

type Told = Pick<Change, "site" | "about">;

function changesOfChoice(
  value: unknown,
  at: Path,
  { site, about }: Told,
  source: AnyStateNode,
): readonly Change[] {
  const branches: readonly unknown[] = Array.isArray(value) ? value : [value];
  const put = (list: readonly unknown[]) => (chart: Fields) =>
    withValue(chart, at, list.length === 0 ? undefined : list);
  return branches.flatMap((branch, nth) => {
    const told = { site: `${site}#${nth}`, about };
    const fields = typeof branch === "string" ? { target: branch } : fieldsOf(branch);
    const replaced = (other: Fields) => put(branches.toSpliced(nth, 1, other));
    const next = branches[nth + 1];
    const { guard, ...unguarded } = fields;
    const isGuarded = guard !== undefined;
    const target = otherTarget(fields["target"], source);
    return [
      { ...told, operator: "drop transition", change: put(branches.toSpliced(nth, 1)) },
      ...(target === undefined
        ? []
        : [{ ...told, operator: "retarget", change: replaced({ ...fields, target }) } as const]),
      ...(isGuarded
        ? ([
            { ...told, operator: "drop guard", change: replaced(unguarded) },
            { ...told, operator: "flip guard", change: replaced(flipped(fields)) },
          ] as const)
        : []),
      ...(next === undefined
        ? []
        : [
            {
              ...told,
              operator: "swap branches",
              change: put(branches.toSpliced(nth, 2, next, branch)),
            } as const,
          ]),
      ...droppedActions(fields).map(([name, others]): Change => {
        const change = replaced({ ...fields, actions: others });
        return { about, site: `${told.site} ${name}`, operator: "drop action", change };
      }),
    ] satisfies readonly Change[];
  });
}

/** The guard's opposite, which `rebuilt` gives to every machine. */
function flipped({ guard, ...others }: Fields): Fields {
  const { type = guard, ...params } = typeof guard === "string" ? {} : fieldsOf(guard);
  return { ...others, guard: { ...params, type: `not ${String(type)}` } };
}

/** Each action by itself, and those that are left without it. */
function droppedActions({ actions }: Fields): readonly (readonly [string, readonly unknown[]])[] {
  if (actions === undefined) return [];
  const list: readonly unknown[] = Array.isArray(actions) ? actions : [actions];
  return list.map((action, nth) => [nameOf(action), list.toSpliced(nth, 1)] as const);
}

function actionDrops(value: unknown, at: Path, site: string, about: string): readonly Change[] {
  return droppedActions({ actions: value }).map(([name, others]): Change => {
    const change = (chart: Fields) => withValue(chart, at, others);
    return { operator: "drop action", site: `${site} ${name}`, about, change };
  });
}

function nameOf(action: unknown): string {
  if (typeof action === "string") return action;
  const { type, params } = fieldsOf(action);
  return params === undefined ? String(type) : `${String(type)} ${JSON.stringify(params)}`;
}

/** The sibling after the state that a branch goes to. */
function otherTarget(target: unknown, source: AnyStateNode): string | undefined {
  if (typeof target !== "string") return undefined;
  const node = stateAt(target, source);
  const siblings = Object.values(node?.parent?.states ?? {});
  if (node === undefined || siblings.length < 2 || node.parent?.type === "parallel") {
    return undefined;
  }
  const other = siblings[(siblings.indexOf(node) + 1) % siblings.length];
  return other && `#${other.id}`;
}

/** `.child`, `sibling.child` or `#machine.state`, as XState reads targets. */
function stateAt(target: string, source: AnyStateNode): AnyStateNode | undefined {
  if (target.startsWith("#")) return source.machine.getStateNodeById(target.slice(1));
  const isInside = target.startsWith(".");
  const words = (isInside ? target.slice(1) : target).split(".");
  let node: AnyStateNode | undefined = isInside ? source : source.parent;
  for (const word of words) node = node?.states[word];
  return node;
}

/** With the gates that are on by default, as a machine file makes it. */
function remade(machine: AnyStateMachine, chart: Fields): AnyStateMachine {
  const whole = rebuilt(machine, chart);
  const { config }: { readonly config: Fields } = machine;
  return config["everyVersion"] === undefined ? whole : forVersion(whole);
}

function rebuilt(machine: AnyStateMachine, config: unknown): AnyStateMachine {
  const { guards } = machine.implementations;
  const opposites = Object.entries(guards).map(([name, guard]) => {
    if (typeof guard !== "function") throw new Error(`the guard ${name} is no function`);
    return [`not ${name}`, (...given: readonly unknown[]) => !Reflect.apply(guard, {}, given)];
  });
  const all = { ...guards, ...Object.fromEntries(opposites) };
  const implementations = { ...machine.implementations, guards: all };
  return Reflect.construct(machine.constructor, [config, implementations]);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((one, key) => fieldsOf(one)[key], value);
}

/** A copy with another value at the path; undefined takes the field away. */
function withValue(fields: Fields, [key = "", ...rest]: Path, value: unknown): Fields {
  const below = rest.length === 0 ? value : withValue(fieldsOf(fields[key]), rest, value);
  const { [key]: _, ...others } = fields;
  if (below === undefined) return others;
  return Object.fromEntries([
    ...Object.entries(fields).map(([name, one]) => [name, name === key ? below : one] as const),
    ...(key in fields ? [] : [[key, below] as const]),
  ]);
}
