import type { AnyStateMachine } from "xstate";

import { formatDuration } from "../../machines/api/go-duration.ts";

/** A delay that a chart names. */
export interface OutlineDelay {
  readonly name: string;
  /** Of one that is always the same. */
  readonly ms: number | undefined;
  /** `3m0s`, or what a `timed` delay says of itself: `(forgettingMs + 1) ms`. */
  readonly formula: string | undefined;
}

/** In the order of `setup`; a machine without implementations has none. */
export function outlineDelays({ implementations }: AnyStateMachine): readonly OutlineDelay[] {
  const delays: Readonly<Record<string, unknown>> = implementations.delays;
  return Object.entries(delays).map(([name, delay]) =>
    typeof delay === "number"
      ? { name, ms: delay, formula: formatDuration(delay) }
      : { name, ms: undefined, formula: formulaOf(delay) },
  );
}

/** Never a function's text: a bundler would have changed it. */
function formulaOf(delay: unknown): string | undefined {
  if (typeof delay !== "function" || !("formula" in delay)) return undefined;
  return typeof delay.formula === "string" ? delay.formula : undefined;
}
