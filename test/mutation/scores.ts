import { type Mutant, operators } from "./operators.ts";

/** `equivalent`: in all lives of all systems it does what the right machine does. */
export interface Result {
  readonly mutant: Mutant;
  readonly fate: "killed" | "survived" | "equivalent";
}

export function resultText({ mutant: { machine, operator, site } }: Result): string {
  return `${machine}: ${operator} ${site}`;
}

/** How many of those that could be killed were, by operator and by machine. */
export function scores(results: readonly Result[]): string {
  const machines = new Set(results.map(({ mutant }) => mutant.machine));
  return [
    ...operators.map((operator) =>
      scoreLine(
        operator,
        results.filter(({ mutant }) => mutant.operator === operator),
      ),
    ),
    ...[...machines].map((machine) =>
      scoreLine(
        machine,
        results.filter(({ mutant }) => mutant.machine === machine),
      ),
    ),
    scoreLine("all", results),
  ].join("\n");
}

function scoreLine(name: string, results: readonly Result[]): string {
  const killed = results.filter(({ fate }) => fate === "killed").length;
  const equivalent = results.filter(({ fate }) => fate === "equivalent").length;
  const possible = results.length - equivalent;
  const percent = possible === 0 ? 100 : (100 * killed) / possible;
  return `${name}: ${killed} of ${possible} killed, ${percent.toFixed(1)} %; ${equivalent} equivalent`;
}
