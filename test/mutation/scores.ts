import { type Operator, operators } from "./operators.ts";

/** A mistake, wherever it is. */
export interface Tried {
  /** A machine, or a module of functions. */
  readonly subject: string;
  readonly operator: Operator;
  readonly site: string;
}

/** What became of one when the suites were its only test. */
export type Fate =
  | { readonly is: "killed" }
  /** Its system shows something else, in no path of the suites. */
  | { readonly is: "survived"; readonly shownBy: string }
  /** A run was stopped before that was known. */
  | { readonly is: "open" }
  | {
      readonly is: "equivalent";
      /** `it does the same`: in all states of all systems it does what the right machine does. */
      readonly because: "it does the same" | "nothing gets there" | "all shows the same";
    };

export interface Result extends Tried {
  readonly fate: Fate;
}

export function resultText({ subject, operator, site, fate }: Result): string {
  const shown = fate.is === "survived" ? `; see ${fate.shownBy}` : "";
  return `${subject}: ${operator} ${site}${shown}`;
}

/** How many of those that could be killed were, by operator and by machine or module. */
export function scores(results: readonly Result[]): string {
  const subjects = new Set(results.map(({ subject }) => subject));
  const lines = [
    ...operators.map((operator) =>
      scoreLine(
        operator,
        results.filter((one) => one.operator === operator),
      ),
    ),
    ...[...subjects].map((subject) =>
      scoreLine(
        subject,
        results.filter((one) => one.subject === subject),
      ),
    ),
    scoreLine("charts", results.filter(isOfChart)),
    scoreLine(
      "functions",
      results.filter((one) => !isOfChart(one)),
    ),
    scoreLine("all", results),
  ];
  return lines.join("\n");
}

function isOfChart({ subject }: Tried): boolean {
  return !subject.includes("/");
}

/** Of those that are not known to be equivalent, how many hundredths were killed; 100 of none. */
export function percentOf(results: readonly Result[]): number {
  const killed = results.filter(({ fate }) => fate.is === "killed").length;
  const possible = results.filter(({ fate }) => fate.is !== "equivalent").length;
  return possible === 0 ? 100 : (100 * killed) / possible;
}

function scoreLine(name: string, results: readonly Result[]): string {
  const killed = results.filter(({ fate }) => fate.is === "killed").length;
  const possible = results.filter(({ fate }) => fate.is !== "equivalent").length;
  const reasons = results.flatMap(({ fate }) => (fate.is === "equivalent" ? [fate.because] : []));
  const told = [...new Set(reasons)].map((reason) => {
    return `${reasons.filter((one) => one === reason).length} (${reason})`;
  });
  const equivalent = told.length === 0 ? "none" : told.join(", ");
  const percent = percentOf(results).toFixed(1);
  const open = results.filter(({ fate }) => fate.is === "open").length;
  const toBeTold = open === 0 ? "" : `; open: ${open}`;
  return `${name}: ${killed} of ${possible} killed, ${percent} %; equivalent: ${equivalent}${toBeTold}`;
}
