import type { AnyStateMachine } from "xstate";

import { formatDuration } from "../../machines/api/go-duration.ts";

/** A delay that a chart names. */
export interface OutlineDelay {
  readonly name: string;
  /** Of one that is always the same. */
  readonly ms: number | undefined;
  /** `3m0s`, or the expression over the context that says it: `backOffMs(context, step) ms`. */
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

/** A delay is a function of one expression, whose text says more than its name. */
function formulaOf(delay: unknown): string | undefined {
  if (typeof delay !== "function") return undefined;
  const [, expression] = /=>\s*([^{\s].*)$/s.exec(String(delay)) ?? [];
  const formula = expression?.replace(/\s+/g, " ").replaceAll("context.", "");
  return formula === undefined || formula.length > longestFormula ? undefined : `${formula} ms`;
}

const longestFormula = 60;
