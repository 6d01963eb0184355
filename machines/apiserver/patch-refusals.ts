/** Why a patch cannot be applied: the first reason is told. */
export class Refusals {
  #first: string | undefined;

  get first(): string | undefined {
    return this.#first;
  }

  add(reason: string): void {
    this.#first ??= reason;
  }
}
