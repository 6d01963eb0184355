import type { AnyStateMachine } from "xstate";

import { formatDuration } from "../../machines/api/go-duration.ts";
import type { Samples } from "../../machines/samples.ts";
import { walk } from "../support/walk.ts";

/** A delay of a chart. */
export interface Timer {
  readonly name: string;
  /** A time, or the expression of the machine's file that says it. */
  readonly formula: string;
  /** What it came to with the samples. */
  readonly values: string;
}

/** Enough to meet each delay. */
const walkBound = 200;

/** The delays that a chart names, in the order of the machine's file. */
export function timersOf(
  machine: AnyStateMachine,
  samples: Samples<AnyStateMachine>,
  source: string,
): readonly Timer[] {
  const delays: Readonly<Record<string, unknown>> = machine.implementations.delays;
  const all = delaysSet(machine, delays, samples);
  return Object.entries(delays).map(([name, delay]): Timer => {
    if (typeof delay === "number") return { name, formula: formatDuration(delay), values: "" };
    return { name, formula: formulaIn(source, name), values: valuesText(all.get(name) ?? []) };
  });
}

/** How long each timer was set for, by its name. */
function delaysSet(
  machine: AnyStateMachine,
  delays: Readonly<Record<string, unknown>>,
  samples: Samples<AnyStateMachine>,
): ReadonlyMap<string, readonly number[]> {
  const all = new Map<string, number[]>();
  const noted = Object.entries(delays).flatMap(([name, delay]) => {
    if (typeof delay !== "function") return [];
    const note = (...args: readonly unknown[]): number => {
      const ms = Number(delay(...args));
      all.set(name, [...(all.get(name) ?? []), ms]);
      return ms;
    };
    return [[name, note] as const];
  });
  if (noted.length > 0) {
    walk(machine.provide({ delays: Object.fromEntries(noted) }), samples, walkBound);
  }
  return all;
}

/** `context.forgettingMs + 1` of `startForgetting: ({ context }) => context.forgettingMs + 1,`. */
function formulaIn(source: string, name: string): string {
  const found = new RegExp(`^ {4}${name}: \\([^)]*\\) =>\\s*(.+?),?$`, "m").exec(source);
  return found?.[1] === undefined ? "" : `\`${found[1]}\` ms`;
}

function valuesText(all: readonly number[]): string {
  const sorted = [...new Set(all)].toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return "";
  if (sorted.length <= 4) return sorted.map(formatDuration).join(", ");
  return `${formatDuration(first)} to ${formatDuration(last)}`;
}
