import { didYouMean, nearest } from "../yaml/nearest.ts";
import type { Finding } from "./finding.ts";
import { type ChartState, withAncestors, withDescendants, type Word } from "./model.ts";

/**
 * The state that a target means where it is written, as XState resolves it: `sibling`,
 * `sibling.child`, `.child`, or `#id.a.b` from the root.
 */
export function resolveTarget(source: ChartState, target: string): ChartState | undefined {
  const root = rootOf(source);
  if (target.startsWith("#")) {
    const [id, ...names] = target.slice(1).split(".");
    return id === root.key ? descend(root, names) : undefined;
  }
  if (target.startsWith(".")) return descend(source, target.slice(1).split("."));
  return source.parent === undefined ? undefined : descend(source.parent, target.split("."));
}

/** The state that a target means, or the one whose name is the nearest if it is misspelt. */
export function meantState(source: ChartState, target: string): ChartState | undefined {
  const form = resolveTarget(source, target) === undefined ? nearestTarget(source, target) : target;
  return form === undefined ? undefined : resolveTarget(source, form);
}

/** Targets that mean no state, and `initial` where there must be another one, or none. */
export function targetFindings(root: ChartState): readonly Finding[] {
  return withDescendants(root).flatMap((state) => [
    ...initialFindings(state),
    ...state.choices.flatMap(({ branches }) =>
      branches.flatMap(({ targets }) => targets.flatMap((target) => unknownTarget(state, target))),
    ),
  ]);
}

function initialFindings(state: ChartState): readonly Finding[] {
  const { initial, children, type } = state;
  const keys = children.map(({ key }) => key);
  const path = [...state.path, "initial"];
  if (type !== "compound") {
    if (initial === undefined) return [];
    const expected = type === "parallel" ? "no initial: all regions are entered" : "child states";
    return [{ at: initial.at, path, expected, got: JSON.stringify(initial.text) }];
  }
  if (initial !== undefined && keys.includes(initial.text)) return [];
  const got = initial === undefined ? "nothing" : JSON.stringify(initial.text);
  const expected = `the key of a child state, one of ${keys.join(", ")}`;
  const hint = initial === undefined ? undefined : didYouMean(initial.text, keys);
  return [{ at: initial?.at ?? state.at, path, expected, got, hint }];
}

function unknownTarget(source: ChartState, { text, at, path }: Word): readonly Finding[] {
  if (resolveTarget(source, text) !== undefined) return [];
  const expected = "a sibling, a .child, or a state as #id.path";
  const near = nearestTarget(source, text);
  const hint = near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`;
  return [{ at, path, expected, got: JSON.stringify(text), hint }];
}

function nearestTarget(source: ChartState, target: string): string | undefined {
  const forms = targetsFrom(source);
  const key = nearest(target.split(/[.#]/).at(-1) ?? "", forms.keys());
  return key === undefined ? undefined : forms.get(key);
}

/** By its key, how each state is written as a target here; the nearest of those with one key. */
function targetsFrom(source: ChartState): ReadonlyMap<string, string> {
  const root = rootOf(source);
  const all = withDescendants(root).slice(1);
  return new Map([
    ...all.map((state) => [state.key, `#${[root.key, ...state.names].join(".")}`] as const),
    ...source.children.map(({ key }) => [key, `.${key}`] as const),
    ...(source.parent?.children ?? []).map(({ key }) => [key, key] as const),
  ]);
}

function rootOf(state: ChartState): ChartState {
  return withAncestors(state).at(-1) ?? state;
}

function descend(from: ChartState, keys: readonly string[]): ChartState | undefined {
  return keys.reduce<ChartState | undefined>(
    (state, key) => state?.children.find((child) => child.key === key),
    from,
  );
}
