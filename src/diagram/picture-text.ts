import { insideOf, type LabelParts } from "./label.ts";
import type { OutlineState } from "./outline.ts";
import { textWidth, type Typeface, wrapped } from "./text-width.ts";

/** What a text says decides its colour; the style sheet of the picture has one for each. */
export type TextKind =
  | "name"
  | "about"
  | "event"
  | "timer"
  | "formula"
  | "guard"
  | "versions"
  | "actions";

export interface TextLine {
  readonly kind: TextKind;
  readonly text: string;
  /** In place of the colour of its kind. */
  readonly tone?: Tone;
}

/** What is there and taken, or not. */
export type Tone = "good" | "bad";

/** In px; the height of a line is its distance from the next one. */
export const typefaces = {
  name: { sizePx: 14, isBold: true },
  about: { sizePx: 11 },
  event: { sizePx: 11, isBold: true },
  timer: { sizePx: 11, isBold: true },
  formula: { sizePx: 11 },
  guard: { sizePx: 11 },
  versions: { sizePx: 11 },
  actions: { sizePx: 11 },
} as const satisfies Readonly<Record<TextKind, Typeface>>;

export const lineHeightPx = 14;
export const nameHeightPx = 20;
export const belowNamePx = 4;

/** Between the border of a box and its text. */
export const textLeftPx = 10;
export const textTopPx = 5;

/** Between the transitions of one arrow. */
export const blockGapPx = 5;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The lines of one transition below each other; its trigger may have been told before. */
export function blockOf(
  { trigger, guard, versions, actions }: LabelParts,
  formula: string | undefined,
  triggerIsTold = false,
): readonly TextLine[] {
  const kind = trigger.startsWith("after ") ? "timer" : "event";
  return [
    ...(triggerIsTold ? [] : [{ kind, text: trigger } as const]),
    ...(formula === undefined ? [] : linesOf("formula", `= ${formula}`)),
    ...(guard === undefined ? [] : linesOf("guard", `[${guard}]`)),
    ...(versions === undefined ? [] : linesOf("versions", `(${versions})`)),
    ...(actions.length === 0 ? [] : linesOf("actions", `/ ${actions.join(", ")}`)),
  ];
}

/** What stands in the box of a state below its name. */
export function boxLines(state: OutlineState, withDescription: boolean): readonly TextLine[] {
  const { description = "" } = state;
  const about = wrapped(description, widestDescription);
  const isShort = withDescription && about.length <= mostDescriptionLines;
  return [
    ...(isShort ? about.map((text) => ({ kind: "about", text }) as const) : []),
    ...insideOf(state).flatMap((text) => linesOf("actions", text)),
  ];
}

/** In letters; a longer description is told when one points at the state. */
const widestDescription = 32;
const mostDescriptionLines = 3;
const widestLabel = 44;

function linesOf(kind: TextKind, text: string): readonly TextLine[] {
  return wrapped(text, widestLabel).map((line) => ({ kind, text: line }));
}

/** Of a name with texts below it; without a name, of a line. */
export function sizeOfText(name: string, texts: readonly TextLine[]): Size {
  const width = Math.max(lineWidth({ kind: "name", text: name }), ...texts.map(lineWidth));
  const height = texts.length * lineHeightPx;
  if (name === "") return { width: Math.ceil(width), height };
  const gap = texts.length === 0 ? 0 : belowNamePx;
  return { width: Math.ceil(width), height: nameHeightPx + gap + height };
}

/** Of blocks that stand below each other. */
export function sizeOfBlocks(blocks: readonly (readonly TextLine[])[]): Size {
  const lines = blocks.flat();
  return {
    width: Math.ceil(Math.max(0, ...lines.map(lineWidth))),
    height: lines.length * lineHeightPx + Math.max(0, blocks.length - 1) * blockGapPx,
  };
}

export function lineWidth({ kind, text }: TextLine): number {
  return textWidth(text, typefaces[kind]);
}
