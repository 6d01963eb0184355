import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from "xstate";

import { type OutlineDelay, outlineDelays } from "./delays.ts";

/** A machine as every exporter reads it: plain data, in the order of the chart. */
export interface Outline {
  readonly id: string;
  readonly description: string | undefined;
  readonly delays: readonly OutlineDelay[];
  /** The machine itself, whose key is its id. */
  readonly root: OutlineState;
}

export interface OutlineState {
  /** The keys from the root, joined by dots; empty for the root. */
  readonly path: string;
  readonly key: string;
  readonly type: "atomic" | "compound" | "parallel" | "final";
  readonly description: string | undefined;
  /** Where Kubernetes does this. */
  readonly sources: readonly string[];
  readonly tags: readonly string[];
  readonly entry: readonly OutlineName[];
  readonly exit: readonly OutlineName[];
  /** The path of the child that a compound state begins with. */
  readonly initial: string | undefined;
  readonly states: readonly OutlineState[];
  readonly transitions: readonly OutlineTransition[];
  /** What a comparison says of it. */
  readonly mark?: Mark;
}

/** One branch; those of one trigger follow each other in the order in which they are tried. */
export interface OutlineTransition {
  readonly trigger: OutlineTrigger;
  /** Counts the branches of its trigger from 0. */
  readonly branch: number;
  /** Paths; none when the state is not left. */
  readonly targets: readonly string[];
  /** The state is left and entered again even if the target lies inside it. */
  readonly reenter: boolean;
  readonly guard: OutlineName | undefined;
  readonly actions: readonly OutlineName[];
  readonly description: string | undefined;
  readonly sources: readonly string[];
  readonly gate: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** What a suite or a comparison says of it. */
  readonly mark?: Mark;
}

/** Taken by so many lives or so often, or never; there now or there before, where two differ. */
export type Mark =
  | { readonly kind: "taken" | "visited"; readonly times: number }
  | { readonly kind: "missed" | "added" | "removed" };

export type OutlineTrigger =
  | { readonly kind: "on"; readonly event: string }
  | { readonly kind: "after"; readonly delay: string }
  | { readonly kind: "always" };

/** A guard or an action by its name in `setup`, with the constants that the chart gives it. */
export interface OutlineName {
  readonly name: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The outline of a machine; nothing of it is run. */
export function outlineOf(machine: AnyStateMachine): Outline {
  const root = outlineState(machine.root);
  return { id: machine.id, description: root.description, delays: outlineDelays(machine), root };
}

/** A state and everything inside it, from the top down. */
export function allStates(state: OutlineState): readonly OutlineState[] {
  return [state, ...state.states.flatMap(allStates)];
}

function outlineState(node: AnyStateNode): OutlineState {
  const { key, type, tags, config } = node;
  const children: readonly AnyStateNode[] = Object.values(node.states);
  const initial = type === "compound" ? node.initial.target[0] : undefined;
  return {
    path: pathOf(node),
    key,
    type: type === "history" ? "atomic" : type,
    description: node.description,
    sources: sourcesOf(node.meta),
    tags,
    entry: namesOf(config.entry),
    exit: namesOf(config.exit),
    initial: initial === undefined ? undefined : pathOf(initial),
    states: children.map(outlineState),
    transitions: transitionsOf(node),
  };
}

/** XState also keeps delayed transitions among those of events, under names of its own. */
function transitionsOf(node: AnyStateNode): readonly OutlineTransition[] {
  const delayed = new Set(node.after.map(({ eventType }) => eventType));
  const events = [...node.transitions].filter(([event]) => !delayed.has(event));
  return [
    ...(node.always ?? []).map((one, branch) => outlineTransition(one, { kind: "always" }, branch)),
    ...node.after.map((one, index) => {
      const branch = index - node.after.findIndex(({ eventType }) => eventType === one.eventType);
      return outlineTransition(one, { kind: "after", delay: String(one.delay) }, branch);
    }),
    ...events.flatMap(([event, branches]) =>
      branches.map((one, branch) => outlineTransition(one, { kind: "on", event }, branch)),
    ),
  ];
}

function outlineTransition(
  { target, reenter, guard, actions, description, meta }: AnyTransitionDefinition,
  trigger: OutlineTrigger,
  branch: number,
): OutlineTransition {
  return {
    trigger,
    branch,
    targets: (target ?? []).map(pathOf),
    reenter,
    guard: guard === undefined ? undefined : nameOf(guard),
    actions: namesOf(actions),
    description,
    sources: sourcesOf(meta),
    gate: textAt(meta, "gate"),
    since: textAt(meta, "since"),
    until: textAt(meta, "until"),
  };
}

function pathOf(node: AnyStateNode): string {
  return node.path.join(".");
}

function namesOf(value: unknown): readonly OutlineName[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(nameOf) : [nameOf(value)];
}

/** A chart has only names; in a machine of somebody else there may be functions without one. */
function nameOf(value: unknown): OutlineName {
  if (typeof value === "string") return { name: value };
  const name = textAt(value, "type") ?? (typeof value === "function" ? value.name : "");
  const params = fieldAt(value, "params");
  const given = typeof params === "object" && params !== null ? { params: { ...params } } : {};
  return { name: name === "" ? "(inline)" : name, ...given };
}

function sourcesOf(meta: unknown): readonly string[] {
  const source = fieldAt(meta, "source");
  const list: readonly unknown[] = Array.isArray(source) ? source : [source];
  return list.filter((one) => typeof one === "string");
}

function textAt(value: unknown, key: string): string | undefined {
  const found = fieldAt(value, key);
  return typeof found === "string" ? found : undefined;
}

function fieldAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
