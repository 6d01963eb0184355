import { assert } from "../../machines/assert.ts";
import type { Move } from "./life.ts";
import { NumberList } from "./number-list.ts";

/** Moves by the state that they lead to; of millions few are different. */
export class MoveList {
  readonly #different: Move[] = [];
  readonly #byText = new Map<string, number>();
  readonly #numbers = new NumberList();
  /** By place among what was ahead: deliveries that ask nothing, which most moves are. */
  readonly #unasked: (number | undefined)[] = [];

  push(move: Move): void {
    if (move.do === "deliver" && move.picks.length === 0) {
      this.#numbers.push((this.#unasked[move.nth] ??= this.#numberOf(move)));
    } else this.#numbers.push(this.#numberOf(move));
  }

  #numberOf(move: Move): number {
    const text = `${move.do} ${move.nth} ${move.picks.join(" ")}`;
    let number = this.#byText.get(text);
    if (number === undefined) {
      number = this.#different.push(move) - 1;
      this.#byText.set(text, number);
    }
    return number;
  }

  at(state: number): Move {
    const move = this.#different[this.#numbers.at(state)];
    assert(move !== undefined, "each state but the first was moved to");
    return move;
  }
}
