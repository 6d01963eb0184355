import { type Command, InvalidArgumentError, Option } from "commander";
import type { AnyStateMachine } from "xstate";

import { defaultMinor, gates, type Minor, minors } from "../../machines/feature-gates.ts";
import { forVersion } from "../../machines/index.ts";
import { difference } from "../diagram/difference.ts";
import { type Outline, outlineOf } from "../diagram/outline.ts";
import { type Hidden, hiddenParts, type View, viewOf } from "../diagram/view.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { maxTime, positive } from "./limits.ts";

/** What of a machine is drawn, and what is said of it. */
export interface OutlineOptions extends View {
  readonly kubernetes: Minor;
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly comparedTo?: Minor;
  readonly coverage?: string;
}

/** What of a system is drawn; its composition unless a graph is asked for. */
export interface SystemPicture {
  readonly composition?: true;
  readonly graph?: (typeof graphWords)[number];
  readonly maxStates?: number;
  readonly maxTime: number;
}

const graphWords = ["states", "shown"] as const;

export function addSystemOptions(command: Command): Command {
  const graph = "of a system: all its states, or those that show something else";
  return command
    .option("--composition", "who tells whom what: in every cluster, or in a system")
    .addOption(new Option("--graph <what>", graph).choices(graphWords))
    .addOption(new Option("--max-states <number>", "of a system, at most").argParser(positive))
    .addOption(maxTime);
}

export function addOutlineOptions(command: Command): Command {
  return command
    .option("--depth <levels>", "folds the states that lie deeper than so many levels", levels)
    .option("--focus <state>", "only this state, and what leads to it and from it")
    .addOption(new Option("--hide <parts>", hideText).argParser(hiddenWords))
    .addOption(minor("--kubernetes <minor>", "as it is in this version").default(defaultMinor))
    .option("--feature-gates <list>", "as Name=true,Other=false", gateList)
    .addOption(minor("--compared-to <minor>", "marks what is new since that version, and gone"))
    .option("--coverage <file|folder>", coverageText);
}

function minor(flags: string, text: string): Option {
  return new Option(flags, text).choices([...minors]);
}

const coverageText =
  "marks what a suite, a run (each as -o json writes it) or recordings take, and what they miss";

const hideText = `leaves out some of ${hiddenParts.join(", ")}`;

export async function drawnOutline(
  machine: AnyStateMachine,
  options: OutlineOptions,
): Promise<Outline> {
  const { kubernetes: version, featureGates = {}, comparedTo, coverage } = options;
  const drawn = forVersion(machine, { version, featureGates });
  const outline = outlineOf(drawn);
  const compared =
    comparedTo === undefined
      ? outline
      : difference(outlineOf(forVersion(machine, { version: comparedTo })), outline);
  if (coverage === undefined) return viewOf(compared, options);
  const { markedBySuites } = await import("../testgen/suite-marks.ts");
  const { coveredIn } = await import("./coverage-input.ts");
  return viewOf(markedBySuites(compared, drawn, [coveredIn(coverage)]), options);
}

function levels(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 1.");
}

/** Words of one option with commas between them, or of several. */
function hiddenWords(text: string, before: readonly Hidden[] = []): readonly Hidden[] {
  const found = text.split(",").map((word) => hiddenParts.find((part) => part === word.trim()));
  const known = found.filter((part) => part !== undefined);
  if (known.length === found.length) return [...before, ...known];
  throw new InvalidArgumentError(`It is some of ${hiddenParts.join(", ")}, with commas between.`);
}

function gateList(text: string): Readonly<Record<string, boolean>> {
  const names = gates.map(({ name }) => name);
  const entries = text.split(",").map((word) => {
    const [, name = "", value] = /^(\w+)=(true|false)$/.exec(word.trim()) ?? [];
    if (value === undefined) throw new InvalidArgumentError("It is Name=true or Name=false.");
    if (names.includes(name)) return [name, value === "true"] as const;
    const near = didYouMean(name, names) ?? `known are ${names.join(", ")}`;
    throw new InvalidArgumentError(`No chart asks for the gate ${name}; ${near}`);
  });
  return Object.fromEntries(entries);
}
