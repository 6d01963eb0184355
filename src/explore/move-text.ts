import type { Move } from "./life.ts";

/** A move in one word: `0`, `2:1,0` with its choices, `s0` for an open step. */
export function moveText({ do: what, nth, picks }: Move): string {
  const word = what === "step" ? `s${nth}` : String(nth);
  return picks.length === 0 ? word : `${word}:${picks.join(",")}`;
}

/** The move that `moveText` wrote; undefined for another text. */
export function parseMove(text: string): Move | undefined {
  const match = /^(s?)(\d+)(?::(\d+(?:,\d+)*))?$/.exec(text);
  if (match === null) return undefined;
  const [, step, nth, picks] = match;
  return {
    do: step === "s" ? "step" : "deliver",
    nth: Number(nth),
    picks: picks === undefined ? [] : picks.split(",").map(Number),
  };
}
