/** A delay that says how long it is. */
export interface Timed<A> {
  (args: A): number;
  readonly formula: string;
}

/**
 * A delay of a machine's `setup` with the formula that pictures and pages show of it, over the
 * fields of the context and with its unit: `(forgettingMs + 1) ms`, `min(2^step, 60) s`.
 */
export function timed<A>(formula: string, ms: (args: A) => number): Timed<A> {
  return Object.assign((args: A) => ms(args), { formula });
}
