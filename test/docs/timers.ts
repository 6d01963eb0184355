import type { AnyStateMachine } from "xstate";

import { formatDuration } from "../../machines/api/go-duration.ts";
import type { Samples } from "../../machines/samples.ts";
import { outlineOf } from "../../src/diagram/outline.ts";
import { walk } from "../support/walk.ts";
import { code } from "./markdown.ts";

/** A delay of a chart. */
export interface Timer {
  readonly name: string;
  /** A time, or the formula of a `timed` delay. */
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
): readonly Timer[] {
  const all = delaysSet(machine, machine.implementations.delays, samples);
  return outlineOf(machine).delays.map(({ name, ms, formula = "" }): Timer => {
    if (ms !== undefined) return { name, formula, values: "" };
    return { name, formula: code(formula), values: valuesText(all.get(name) ?? []) };
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

function valuesText(all: readonly number[]): string {
  const sorted = [...new Set(all)].toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return "";
  if (sorted.length <= 4) return sorted.map(formatDuration).join(", ");
  return `${formatDuration(first)} to ${formatDuration(last)}`;
}
