import { readDuration } from "./go-duration-error.ts";
import { quote } from "./quote.ts";
import { parseInt64 } from "./selector.ts";
import { timeZoneError } from "./time-zone.ts";

/** When a CronJob runs: every some seconds, or at the times that all five fields take. */
export type CronSchedule =
  | { readonly everyMs: number }
  | {
      readonly minutes: CronField;
      readonly hours: CronField;
      readonly daysOfMonth: CronField;
      readonly months: CronField;
      /** Sunday is 0. */
      readonly daysOfWeek: CronField;
      /** Of `TZ=` or `CRON_TZ=`; absent is the controller's own. */
      readonly timeZone?: string;
    };

export interface CronField {
  readonly values: ReadonlySet<number>;
  /** `*` or `?`: of the two day fields one that is any does not widen the other. */
  readonly isAny: boolean;
}

/** Why a text is no schedule. */
export interface CronError {
  readonly error: string;
}

/** github.com/robfig/cron/v3 ParseStandard, with the words of its errors. */
export function parseCronSchedule(text: string): CronSchedule | CronError {
  if (text === "") return { error: "empty spec string" };
  const [, timeZone, rest = ""] = /^(?:CRON_)?TZ=([^ ]*)( [^]*)?$/.exec(text) ?? [];
  if (timeZone === undefined) return parseFields(text);
  if (rest === "") return { error: `invalid schedule format: ${outOfRange(text)}` };
  const wrong = timeZoneError(timeZone);
  if (wrong !== undefined) return { error: `provided bad location ${timeZone}: ${wrong}` };
  const schedule = parseFields(rest.trim());
  return "minutes" in schedule ? { ...schedule, timeZone } : schedule;
}

/** Go's panic of `spec[eq+1 : -1]`. */
function outOfRange(text: string): string {
  return `runtime error: slice bounds out of range [${text.indexOf("=") + 1}:-1]`;
}

function parseFields(text: string): CronSchedule | CronError {
  if (text.startsWith("@")) return parseDescriptor(text);
  const fields = text.trim() === "" ? [] : text.trim().split(/\s+/);
  if (fields.length !== bounds.length) {
    const found = `found ${fields.length}: [${fields.join(" ")}]`;
    return { error: `expected exactly ${bounds.length} fields, ${found}` };
  }
  const read: CronField[] = [];
  for (const [index, bound] of bounds.entries()) {
    const field = getField(fields[index] ?? "", bound);
    if ("error" in field) return field;
    read.push(field);
  }
  const [minutes = none, hours = none, daysOfMonth = none, months = none, daysOfWeek = none] = read;
  return { minutes, hours, daysOfMonth, months, daysOfWeek };
}

const none: CronField = { values: new Set(), isAny: false };

function parseDescriptor(text: string): CronSchedule | CronError {
  const fields = descriptors[text];
  if (fields !== undefined) return parseFields(fields);
  if (!text.startsWith("@every ")) return { error: `unrecognized descriptor: ${text}` };
  const everyMs = readDuration(text.slice("@every ".length));
  if (typeof everyMs !== "number") {
    return { error: `failed to parse duration ${text}: ${everyMs.error}` };
  }
  return { everyMs: Math.max(1000, Math.floor(everyMs / 1000) * 1000) };
}

const descriptors: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

interface Bound {
  readonly min: number;
  readonly max: number;
  /** From `min` on. */
  readonly names?: readonly string[];
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const bounds: readonly Bound[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: "sun mon tue wed thu fri sat".split(" ") },
];

function getField(text: string, bound: Bound): CronField | CronError {
  const values = new Set<number>();
  let isAny = false;
  for (const expression of text.split(",").filter(Boolean)) {
    const range = getRange(expression, bound);
    if ("error" in range) return range;
    for (const value of range.values) values.add(value);
    isAny ||= range.isAny;
  }
  return { values, isAny };
}

/** `number`, or `number-number`, or one of them and `/step`. */
function getRange(expression: string, bound: Bound): CronField | CronError {
  const [range = "", stepText, ...slashes] = expression.split("/");
  const [low = "", high, ...hyphens] = range.split("-");
  const isStar = low === "*" || low === "?";
  const start = isStar ? bound.min : parseIntOrName(low, bound);
  if (typeof start !== "number") return start;
  const single = isStar || (high === undefined && stepText !== undefined) ? bound.max : start;
  if (!isStar && hyphens.length > 0) return { error: `too many hyphens: ${expression}` };
  const end = isStar || high === undefined ? single : parseIntOrName(high, bound);
  if (typeof end !== "number") return end;
  if (slashes.length > 0) return { error: `too many slashes: ${expression}` };
  const step = stepText === undefined ? 1 : mustParseInt(stepText);
  if (typeof step !== "number") return step;
  const wrong = rangeError({ start, end, step }, bound);
  if (wrong !== undefined) return { error: `${wrong}: ${expression}` };
  const values = new Set<number>();
  for (let value = start; value <= end; value += step) values.add(value);
  return { values, isAny: isStar && step === 1 };
}

function rangeError(
  { start, end, step }: Readonly<Record<"start" | "end" | "step", number>>,
  { min, max }: Bound,
): string | undefined {
  if (start < min) return `beginning of range (${start}) below minimum (${min})`;
  if (end > max) return `end of range (${end}) above maximum (${max})`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end})`;
  return step === 0 ? "step of range should be a positive number" : undefined;
}

function parseIntOrName(text: string, { min, names = [] }: Bound): number | CronError {
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? mustParseInt(text) : min + index;
}

function mustParseInt(text: string): number | CronError {
  const number = parseInt64(text);
  if (number === undefined) {
    const why = /^[+-]?\d+$/.test(text) ? "value out of range" : "invalid syntax";
    const parsing = `strconv.Atoi: parsing ${quote(text)}: ${why}`;
    return { error: `failed to parse int from ${text}: ${parsing}` };
  }
  if (number < 0n) return { error: `negative number (${number}) not allowed: ${text}` };
  return Number(number);
}
