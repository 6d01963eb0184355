import type { ChoiceRecord } from "../choice/choices.ts";

/** Every choice that a run asked: what was open, what was picked, and what would pick it again. */
export function choicesText(
  choices: readonly ChoiceRecord[],
  scenarioLineFor: (choice: ChoiceRecord) => string | undefined,
): string {
  return choices.map((choice) => choiceText(choice, scenarioLineFor(choice))).join("\n");
}

function choiceText(choice: ChoiceRecord, line = "nothing in a scenario answers it"): string {
  const { name, about, picked, by } = choice;
  return [
    `${name}: ${about}`,
    `  alternatives  ${alternativesText(choice)}`,
    `  picked        ${picked} (${pickers[by]})`,
    `  scenario      ${line}`,
    "",
  ].join("\n");
}

/** Two numbers are the ends of a range. */
function alternativesText({ alternatives }: ChoiceRecord): string {
  const [low, high] = alternatives;
  const isRange = typeof low === "number" && typeof high === "number";
  return isRange ? `${low} to ${high}` : alternatives.join(", ");
}

const pickers: Readonly<Record<ChoiceRecord["by"], string>> = {
  scenario: "by the scenario",
  recorded: "as recorded",
  seed: "by the seed",
  usual: "the usual course",
};
