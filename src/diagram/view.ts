import { didYouMean } from "../yaml/nearest.ts";
import { allStates, type Outline, type OutlineState, type OutlineTransition } from "./outline.ts";

/** What of an outline is drawn; each exporter draws the outline that is left. */
export interface View {
  /** So many levels of states below the machine; what lies deeper is folded into its parent. */
  readonly depth?: number | undefined;
  /** A state, by its path or its key: with its inside, and with what leads to it and from it. */
  readonly focus?: string | undefined;
  readonly hide?: readonly Hidden[] | undefined;
}

export const hiddenParts = ["guards", "actions", "self"] as const;

/** `self` is what does not leave a state, or enters the same state again. */
export type Hidden = (typeof hiddenParts)[number];

/** The state that a view looks at is not there, or there are several of its key. */
export class UnknownStateError extends Error {
  override readonly name = "UnknownStateError";
}

/** Throws an UnknownStateError for a `focus` that is no state of the outline. */
export function viewOf(outline: Outline, { depth, focus, hide = [] }: View): Outline {
  const focused = focus === undefined ? outline : focusedOn(outline, statePath(outline, focus));
  const folded = depth === undefined ? focused.root : foldedAt(focused.root, depth);
  const root = mapTransitions(folded, (state) => visibleOf(state, hide));
  return { ...outline, root: hide.includes("actions") ? withoutActions(root) : root };
}

function statePath({ id, root }: Outline, name: string): string {
  const states = allStates(root);
  if (states.some(({ path }) => path === name)) return name;
  const paths = states.filter(({ key }) => key === name).map(({ path }) => path);
  const [path] = paths;
  if (path === undefined) {
    const words = states.flatMap((state) => [state.key, state.path]).filter((one) => one !== "");
    const near = didYouMean(name, words) ?? `its states are ${list(states.map((one) => one.path))}`;
    throw new UnknownStateError(`${id} has no state ${name}; ${near}`);
  }
  if (paths.length === 1) return path;
  throw new UnknownStateError(`${id} has several states ${name}; name one of ${list(paths)}`);
}

function list(words: readonly string[]): string {
  return words.filter((word) => word !== "").join(", ");
}

/** The state and its inside, what it is joined to, each with the states around it. */
function focusedOn(outline: Outline, focus: string): Outline {
  const inFocus = (path: string) => isWithin(path, focus);
  const states = allStates(outline.root);
  const joined = states.flatMap(({ path, transitions }) =>
    transitions.flatMap(({ targets }) => {
      if (inFocus(path)) return targets;
      return targets.some(inFocus) ? [path] : [];
    }),
  );
  const shown = [focus, ...joined];
  const cut = (state: OutlineState): OutlineState => {
    if (inFocus(state.path)) return state;
    const children = state.states.filter((child) => {
      return inFocus(child.path) || shown.some((path) => isWithin(path, child.path));
    });
    const transitions = state.transitions.filter(({ targets }) => targets.some(inFocus));
    return { ...withChildren(state, children.map(cut)), transitions };
  };
  return { ...outline, root: cut(outline.root) };
}

/** A state that has lost all its children is one without any; of one that is left, no regions. */
function withChildren(state: OutlineState, states: readonly OutlineState[]): OutlineState {
  const hasInitial = states.some(({ path }) => path === state.initial);
  const type = states.length === 0 && state.type !== "final" ? "atomic" : state.type;
  return { ...state, type, initial: hasInitial ? state.initial : undefined, states };
}

/** Arrows end at the border of a folded state; those inside it are gone. */
function foldedAt(root: OutlineState, depth: number): OutlineState {
  const lifted = (path: string) => path.split(".").slice(0, depth).join(".");
  const fold = (state: OutlineState, level: number): OutlineState => {
    const transitions = state.transitions.map((one) => withTargets(one, lifted));
    if (level < depth) {
      const states = state.states.map((child) => fold(child, level + 1));
      return { ...state, transitions, states };
    }
    const leaving = allStates(state).flatMap((inner) =>
      inner.path === state.path ? [] : inner.transitions.filter(leaves(state.path)),
    );
    const all = [...transitions, ...leaving.map((one) => withTargets(one, lifted))];
    return { ...withChildren(state, []), transitions: all };
  };
  return fold(root, 0);
}

function leaves(path: string): (transition: OutlineTransition) => boolean {
  return ({ targets }) => targets.some((target) => !isWithin(target, path));
}

function withTargets(
  transition: OutlineTransition,
  lifted: (path: string) => string,
): OutlineTransition {
  return { ...transition, targets: [...new Set(transition.targets.map(lifted))] };
}

function visibleOf(
  { path, transitions }: OutlineState,
  hide: readonly Hidden[],
): readonly OutlineTransition[] {
  const isSelf = ({ targets }: OutlineTransition) => targets.every((target) => target === path);
  const shown = hide.includes("self") ? transitions.filter((one) => !isSelf(one)) : transitions;
  return shown.map((one) => ({
    ...one,
    ...(hide.includes("guards") ? { guard: undefined, branch: 0 } : {}),
    ...(hide.includes("actions") ? { actions: [] } : {}),
  }));
}

function withoutActions(state: OutlineState): OutlineState {
  return { ...state, entry: [], exit: [], states: state.states.map(withoutActions) };
}

function mapTransitions(
  state: OutlineState,
  transitionsOf: (state: OutlineState) => readonly OutlineTransition[],
): OutlineState {
  const states = state.states.map((child) => mapTransitions(child, transitionsOf));
  return { ...state, states, transitions: transitionsOf(state) };
}

function isWithin(path: string, outer: string): boolean {
  return outer === "" || path === outer || path.startsWith(`${outer}.`);
}
