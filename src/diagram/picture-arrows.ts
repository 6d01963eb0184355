import { type LabelParts, labelParts } from "./label.ts";
import {
  allStates,
  type Mark,
  type Outline,
  type OutlineState,
  type OutlineTransition,
} from "./outline.ts";
import { blockOf, type TextLine, type Tone } from "./picture-text.ts";

/**
 * An arrow of a picture: all transitions of one way share it. What a state does wherever it is
 * inside starts at a sign of its own in that state, since an arrow from its border inwards is
 * hard to follow.
 */
export interface PictureArrow {
  /** Paths of states, or ids of signs. */
  readonly from: string;
  readonly to: string;
  /** One for each transition. */
  readonly blocks: readonly (readonly TextLine[])[];
  /** Where all its transitions have the same. */
  readonly tone: Tone | undefined;
}

/** The start of what happens in a state wherever it is inside: the name of its trigger. */
export interface TriggerSign {
  readonly id: string;
  /** The path of the state that holds it. */
  readonly within: string;
  readonly line: TextLine;
}

export interface ArrowsAndSigns {
  readonly arrows: readonly PictureArrow[];
  readonly signs: readonly TriggerSign[];
}

export function pictureArrows({ delays, root }: Outline): ArrowsAndSigns {
  const arrows = new Map<string, PictureArrow>();
  const signs = new Map<string, TriggerSign>();
  const add = (from: string, to: string, block: readonly TextLine[], tone: Tone | undefined) => {
    const key = JSON.stringify([from, to]);
    const before = arrows.get(key);
    const blocks = [...(before?.blocks ?? []), ...(block.length === 0 ? [] : [block])];
    const isSame = before === undefined || before.tone === tone;
    arrows.set(key, { from, to, blocks, tone: isSame ? tone : undefined });
  };
  for (const state of allStates(root)) {
    for (const transition of state.transitions) {
      for (const to of transition.targets) {
        const parts = labelParts(transition);
        const sign = leadsInwards(state, to) ? signOf(state, transition, parts) : undefined;
        if (sign !== undefined) signs.set(sign.id, sign);
        const formula = delays.find(({ name }) => isOf(transition, name))?.formula;
        const tone = toneOf(transition.mark);
        const block = blockOf(parts, formula, sign !== undefined);
        const toned = tone === undefined ? block : block.map((line) => ({ ...line, tone }));
        add(sign?.id ?? state.path, to, toned, tone);
      }
    }
  }
  return { arrows: [...arrows.values()], signs: [...signs.values()] };
}

export function toneOf(mark: Mark | undefined): Tone | undefined {
  if (mark === undefined) return undefined;
  return mark.kind === "missed" || mark.kind === "removed" ? "bad" : "good";
}

function isOf({ trigger }: OutlineTransition, delay: string): boolean {
  return trigger.kind === "after" && trigger.delay === delay;
}

/** From a state that holds others to one of them; what enters itself anew goes around it. */
function leadsInwards({ path, states }: OutlineState, to: string): boolean {
  return states.length > 0 && to !== path && (path === "" || to.startsWith(`${path}.`));
}

function signOf(state: OutlineState, { trigger }: OutlineTransition, parts: LabelParts) {
  const [line = { kind: "event", text: parts.trigger } as const] = blockOf(parts, undefined);
  const word = `${trigger.kind} ${parts.trigger}`;
  return { id: `${state.path}#${word}`, within: state.path, line };
}
