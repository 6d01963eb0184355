import type { Move } from "../explore/life.ts";
import { moveText, parseMove } from "../explore/move-text.ts";

/** Moves in one line; the same one several times is told once: `0x12 0:1 s0`. */
export function movesText(moves: readonly Move[]): string {
  const words: { readonly word: string; readonly times: number }[] = [];
  for (const word of moves.map(moveText)) {
    const last = words.at(-1);
    if (last?.word === word) words[words.length - 1] = { word, times: last.times + 1 };
    else words.push({ word, times: 1 });
  }
  return words.map(({ word, times }) => (times === 1 ? word : `${word}x${times}`)).join(" ");
}

/** The moves of such a line, or what is wrong with it. */
export function parseMoves(
  text: string,
): { readonly moves: readonly Move[] } | { readonly mistake: string } {
  const moves: Move[] = [];
  for (const [at, word] of text.split(" ").filter(Boolean).entries()) {
    const { one = "", times = "1" } =
      /^(?<one>[^x]*)(?:x(?<times>\d{1,6}))?$/.exec(word)?.groups ?? {};
    const move = parseMove(one);
    if (move === undefined || times === "0") {
      return { mistake: `move ${at + 1}: expected 0, 0x3, 2:1 or s0, got ${word}` };
    }
    for (let time = 0; time < Number(times); time++) moves.push(move);
  }
  return { moves };
}
