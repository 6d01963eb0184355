import { parseDuration } from "../../../machines/api/go-duration.ts";
import { quantityValue } from "../../../machines/api/quantity.ts";
import { parseQuantity } from "../../../machines/api/quantity-text.ts";
import type { JsonValue } from "../../yaml/node.ts";
import { type Form, scalar } from "./form.ts";

/** Go's durations, in milliseconds; fractions of one are cut. */
export const duration: Form<number> = scalar(
  'a duration as "5s" or "1m30s"',
  { type: "string", pattern: String.raw`^\+?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$` },
  durationOf,
);

/** Whole milliseconds of a text as `1m30s`; undefined for anything else. */
export function durationOf(value: JsonValue): number | undefined {
  const ms = offsetOf(value);
  return ms === undefined || ms < 0 ? undefined : ms;
}

/** A duration that may be negative. */
export const offset: Form<number> = scalar(
  'a duration as "250ms" or "-2s"',
  {
    type: "string",
    pattern: String.raw`^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$`,
  },
  offsetOf,
);

function offsetOf(value: JsonValue): number | undefined {
  const ms = typeof value === "string" ? parseDuration(value) : undefined;
  return ms === undefined ? undefined : Math.trunc(ms);
}

/** A quantity in whole bytes or pieces. */
export const quantity: Form<number> = scalar(
  'a quantity as "64Mi" or 1000',
  {
    anyOf: [
      { type: "integer", minimum: 0 },
      { type: "string", pattern: "^\\+?[0-9.]" },
    ],
  },
  (value) => {
    if (typeof value !== "string" && typeof value !== "number") return undefined;
    const parsed = parseQuantity(value);
    if ("error" in parsed) return undefined;
    const amount = quantityValue(parsed);
    return amount < 0 ? undefined : amount;
  },
);

/** Some text, which may be empty. */
export const text: Form<string> = scalar("a text", { type: "string" }, (value) =>
  typeof value === "string" ? value : undefined,
);

export const flag: Form<boolean> = scalar("true or false", { type: "boolean" }, (value) =>
  typeof value === "boolean" ? value : undefined,
);

export const exitCode: Form<number> = scalar(
  "an exit code from 0 to 255",
  { type: "integer", minimum: 0, maximum: 255 },
  (value) => (isWhole(value) && value >= 0 && value <= 255 ? value : undefined),
);

/** How many there are of something. */
export const count: Form<number> = scalar(
  "a whole number from 0 on",
  { type: "integer", minimum: 0 },
  (value) => (isWhole(value) && value >= 0 ? value : undefined),
);

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}
