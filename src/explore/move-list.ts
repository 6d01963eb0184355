import { assert } from "../../machines/assert.ts";
import type { Move } from "./life.ts";
import { NumberList } from "./number-list.ts";

/** Moves by the state that they lead to; of millions few are different. */
export class MoveList {
  readonly #different: Move[] = [];
  readonly #byText = new Map<string, number>();
  readonly #numbers = new NumberList();

  push(move: Move): void {
    const text = `${move.do} ${move.nth} ${move.picks.join(" ")}`;
    let number = this.#byText.get(text);
    if (number === undefined) {
      number = this.#different.push(move) - 1;
      this.#byText.set(text, number);
    }
    this.#numbers.push(number);
  }

  at(state: number): Move {
    const move = this.#different[this.#numbers.at(state)];
    assert(move !== undefined, "each state but the first was moved to");
    return move;
  }
}
