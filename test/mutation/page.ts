import { explained } from "./explained.ts";
import { operators } from "./operators.ts";
import { percentOf, type Result, resultText } from "./scores.ts";

/** What was tried, and of how many. */
export interface Sample {
  readonly all: number;
  readonly seed: number;
  readonly systems: number;
  /** Names of shipped systems that were not among them. */
  readonly leftOut: readonly string[];
}

/** docs/internals/mutants.md: what became of the mistakes that were made. */
export function mutantsPage(results: readonly Result[], sample: Sample): string {
  const subjects = [...new Set(results.map(({ subject }) => subject))];
  const machines = subjects.filter((subject) => !subject.includes("/"));
  const modules = subjects.filter((subject) => subject.includes("/"));
  const own = "docs/internals/mutants.md";
  return [
    "# What became of the mutants",
    `Written by \`npm run mutate -- --page ${own}\`: [how they are judged](explorer.md#how-good-the-suites-are).`,
    introduction(results, sample),
    "## By operator",
    table(operators, results, ({ operator }) => operator),
    "## By machine",
    table(machines, results, ({ subject }) => subject),
    "## By module of functions",
    table(modules, results, ({ subject }) => subject),
    "## Survivors",
    listOf(results, "survived", "No mutant is known to have survived."),
    "## Open",
    listOf(results, "open", "Of every mutant it is known what became of it."),
  ]
    .join("\n\n")
    .concat("\n");
}

function introduction(results: readonly Result[], sample: Sample): string {
  const { all, seed, systems, leftOut } = sample;
  const { killed, survived, open, untouched, same, unseen } = countsOf(results);
  const without = leftOut.length === 0 ? "" : `, not of ${leftOut.join(", ")}`;
  return [
    `${results.length} of ${all} mutants (seed ${seed}) were tried with the suites of ${systems} shipped systems${without}:`,
    "",
    `- ${killed} were killed.`,
    `- ${untouched + same + unseen} are equivalent, as the explorer has found: nothing gets to ${untouched} of them in any state of any`,
    `  system, ${same} do the same in all states, and with ${unseen} all shows the same.`,
    `- ${survived} are not equivalent and were not killed.`,
    `- Of ${open} it is not known yet.`,
    "",
    `Of those that are not known to be equivalent ${percentOf(results).toFixed(1)} % were killed.`,
  ].join("\n");
}

const heads = [
  "",
  "tried",
  "killed",
  "survived",
  "open",
  "nothing gets there",
  "does the same",
  "all shows the same",
  "killed of those not equivalent",
];

function table(
  names: readonly string[],
  results: readonly Result[],
  nameOf: (one: Result) => string,
): string {
  const rows = names.map((name) => {
    const own = results.filter((one) => nameOf(one) === name);
    const { killed, survived, open, untouched, same, unseen } = countsOf(own);
    const score = killed + survived + open === 0 ? "" : `${percentOf(own).toFixed(1)} %`;
    return [`\`${name}\``, own.length, killed, survived, open, untouched, same, unseen, score];
  });
  const lines = [heads, heads.map(() => "---"), ...rows].map((cells) => cells.join(" | "));
  return lines.map((line) => `| ${line} |`).join("\n");
}

function listOf(results: readonly Result[], is: "survived" | "open", none: string): string {
  const found = results.filter(({ fate }) => fate.is === is);
  const lines = found.map((one) => {
    const why = explained[`${one.subject}: ${one.operator} ${one.site}`];
    const text = resultText(one).replaceAll("`", "'");
    return `- \`${text}\`${why === undefined ? "" : `: ${why}`}`;
  });
  return lines.length === 0 ? none : lines.join("\n");
}

function countsOf(results: readonly Result[]) {
  const fates = results.map(({ fate }) => fate);
  const countOf = (is: string): number => fates.filter((fate) => fate.is === is).length;
  const ofReason = (reason: string): number =>
    fates.filter((fate) => fate.is === "equivalent" && fate.because === reason).length;
  return {
    killed: countOf("killed"),
    survived: countOf("survived"),
    open: countOf("open"),
    untouched: ofReason("nothing gets there"),
    same: ofReason("it does the same"),
    unseen: ofReason("all shows the same"),
  };
}
