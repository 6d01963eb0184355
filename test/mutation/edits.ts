interface Range {
  readonly start: number;
  readonly end: number;
}

/** Changes of a text at places of the text as it was; what is told first is around the others. */
export class Edits {
  readonly #text: string;
  readonly #before = new Map<number, string[]>();
  readonly #after = new Map<number, string[]>();
  readonly #replaced = new Map<number, { readonly end: number; readonly by: string }>();

  constructor(text: string) {
    this.#text = text;
  }

  around({ start, end }: Range, before: string, after: string): void {
    this.#before.set(start, [...(this.#before.get(start) ?? []), before]);
    this.#after.set(end, [after, ...(this.#after.get(end) ?? [])]);
  }

  /** Replaces a word that stands between two nodes. */
  between(left: Range, right: Range, word: string, by: string): void {
    const gap = this.#text.slice(left.end, right.start);
    const clear = gap.replaceAll(/\/\*.*?\*\/|\/\/.*/gs, (comment) => " ".repeat(comment.length));
    const start = left.end + clear.indexOf(word);
    this.#replaced.set(start, { end: start + word.length, by });
  }

  applied(): string {
    const places = [...this.#before.keys(), ...this.#after.keys(), ...this.#replaced.keys()];
    let [result, at] = ["", 0];
    for (const place of [...new Set(places)].toSorted((a, b) => a - b)) {
      result += this.#text.slice(at, place);
      at = place;
      result += (this.#after.get(place) ?? []).join("") + (this.#before.get(place) ?? []).join("");
      const replaced = this.#replaced.get(place);
      if (replaced === undefined) continue;
      result += replaced.by;
      at = replaced.end;
    }
    return result + this.#text.slice(at);
  }
}
