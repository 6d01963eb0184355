import { quote } from "./quote.ts";
import type { IntOrString } from "./workload-objects.ts";

/** A number, or why it is none. */
export interface ScaledValue {
  readonly value: number;
  readonly error?: string;
}

/**
 * A count as it is, a share of the total rounded to a whole one. Source: apimachinery
 * pkg/util/intstr GetScaledValueFromIntOrPercent.
 */
export function getScaledValueFromIntOrPercent(
  intOrPercent: IntOrString | undefined,
  total: number,
  roundUp: boolean,
): ScaledValue {
  if (intOrPercent === undefined) return { value: 0, error: "nil value for IntOrString" };
  if (typeof intOrPercent === "number") return { value: intOrPercent };
  const { value, error } = percentOf(intOrPercent);
  if (error !== undefined) return { value: 0, error: `invalid value for IntOrString: ${error}` };
  const share = (value * total) / 100;
  return { value: roundUp ? Math.ceil(share) : Math.floor(share) };
}

function percentOf(text: string): ScaledValue {
  if (!text.endsWith("%")) return { value: 0, error: "invalid type: string is not a percentage" };
  const { value, error } = atoi(text.slice(0, -1));
  return error === undefined
    ? { value }
    : { value: 0, error: `invalid value ${quote(text)}: ${error}` };
}

/** Go's strconv.Atoi, in its words. */
export function atoi(text: string): ScaledValue {
  const parsing = `strconv.Atoi: parsing ${quote(text)}:`;
  if (!/^[+-]?\d+$/.test(text)) return { value: 0, error: `${parsing} invalid syntax` };
  const value = Number(text);
  const isInRange = value >= -(2 ** 63) && value < 2 ** 63;
  return isInRange ? { value } : { value: 0, error: `${parsing} value out of range` };
}
