import { didYouMean, nearest } from "../yaml/nearest.ts";
import type { Finding } from "./finding.ts";
import { type ChartState, type Choice, withDescendants, type Word } from "./model.ts";

/** The names that a machine's `setup` implements, and the file that does. */
export interface Implementation {
  readonly file: string;
  readonly guards: readonly string[];
  readonly actions: readonly string[];
  readonly delays: readonly string[];
}

/** Keys of `on` that are none of the chart's events; `subject.*` stands for some of them. */
export function eventFindings(root: ChartState, events: readonly string[]): readonly Finding[] {
  const expected = "one of the chart's events";
  return choicesOf(root, "on").flatMap(({ name: { text, at, path } }) => {
    const isKnown = text.endsWith(".*")
      ? events.some((event) => event.startsWith(text.slice(0, -1)))
      : events.includes(text);
    const hint = didYouMean(text, events);
    return isKnown ? [] : [{ at, path, expected, got: JSON.stringify(text), hint }];
  });
}

/** Names that are used and not implemented, at their use; or implemented and not used, at `id`. */
export function implementationFindings(
  root: ChartState,
  implementation: Implementation,
): readonly Finding[] {
  return kinds.flatMap(({ kind, usesIn, consequence }) => {
    const uses = usesIn(root);
    const names = implementation[`${kind}s`];
    const unknown = uses.filter(({ text }) => !names.includes(text));
    const meant = new Set(
      uses.map(({ text }) => (names.includes(text) ? text : nearest(text, names))),
    );
    return [
      ...unknown.map((use) => notImplemented(use, kind, names, consequence)),
      ...names
        .filter((name) => !meant.has(name))
        .map((name) => unused(name, kind, root, implementation)),
    ];
  });
}

function notImplemented(
  { text, at, path }: Word,
  kind: Kind["kind"],
  names: readonly string[],
  consequence: string | undefined,
): Finding {
  const hints = [didYouMean(text, names), consequence].filter((hint) => hint !== undefined);
  const hint = hints.length === 0 ? undefined : hints.join(" ");
  return { at, path, expected: `an implemented ${kind}`, got: JSON.stringify(text), hint };
}

function unused(
  name: string,
  kind: Kind["kind"],
  { at }: ChartState,
  { file }: Implementation,
): Finding {
  const got = `none of ${JSON.stringify(name)}, which ${file} implements`;
  return { at, path: [], expected: `a use of every implemented ${kind}`, got };
}

interface Kind {
  readonly kind: "guard" | "action" | "delay";
  readonly usesIn: (root: ChartState) => readonly Word[];
  readonly consequence?: string;
}

const kinds: readonly Kind[] = [
  { kind: "guard", usesIn: guardsIn },
  { kind: "action", usesIn: actionsIn },
  { kind: "delay", usesIn: delaysIn, consequence: "an unknown delay fires at once" },
];

function guardsIn(root: ChartState): readonly Word[] {
  return branchesOf(root).flatMap(({ guard }) => (guard === undefined ? [] : [guard]));
}

function actionsIn(root: ChartState): readonly Word[] {
  const ofStates = withDescendants(root).flatMap(({ actions }) => actions);
  return [...ofStates, ...branchesOf(root).flatMap(({ actions }) => actions)];
}

function delaysIn(root: ChartState): readonly Word[] {
  return choicesOf(root, "after").map(({ name }) => name);
}

function branchesOf(root: ChartState) {
  return withDescendants(root).flatMap(({ choices }) => choices.flatMap((one) => one.branches));
}

function choicesOf(root: ChartState, trigger: Choice["trigger"]): readonly Choice[] {
  const choices = withDescendants(root).flatMap((state) => state.choices);
  return choices.filter((choice) => choice.trigger === trigger);
}
