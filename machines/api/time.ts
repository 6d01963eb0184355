/**
 * Milliseconds since 1970 of an RFC 3339 text, a zone offset and a fraction allowed (cut after
 * milliseconds); NaN for any other text. Source: apimachinery pkg/apis/meta/v1/time.go.
 */
export function parseTime(text: string): number {
  const match = rfc3339.exec(text);
  if (match === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  if (!isDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const fractionMs = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const days = daysFromCivil(year, month, day);
  const localMs = days * dayMs + hour * hourMs + minute * minuteMs + second * secondMs + fractionMs;
  return localMs - offsetMs(match[8] ?? "Z");
}

/** The API's text of a moment: UTC, whole seconds (cut, not rounded), `2026-01-15T10:00:00Z`. */
export function formatTime(ms: number): string {
  const seconds = Math.floor(ms / secondMs);
  let text = written.get(seconds);
  if (text === undefined) {
    const { year, month, day, hour, minute, second } = civilTime(ms);
    text = `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}Z`;
    if (written.size >= keptTexts) written.clear();
    written.set(seconds, text);
  }
  return text;
}

/** What happens in one second shares its text. */
const written = new Map<number, string>();
const keptTexts = 1_024;

/** As kubectl describe writes it: Go's time.RFC1123Z in UTC. */
export function formatRFC1123Z(ms: number): string {
  const { days, year, month, day, hour, minute, second } = civilTime(ms);
  const weekday = weekdays[(((days + 4) % 7) + 7) % 7];
  const date = `${weekday}, ${pad(day)} ${months[month - 1]} ${pad(year, 4)}`;
  return `${date} ${pad(hour)}:${pad(minute)}:${pad(second)} +0000`;
}

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekdays = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isDate(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 && isLeap ? 29 : (daysInMonth[month - 1] ?? 0);
  return day >= 1 && day <= length;
}

function offsetMs(zone: string): number {
  if (zone === "Z") return 0;
  const size = Number(zone.slice(1, 3)) * hourMs + Number(zone.slice(4, 6)) * minuteMs;
  return zone.startsWith("-") ? -size : size;
}

const daysPerEra = 146_097; // 400 years of the Gregorian calendar
const daysFromEraToEpoch = 719_468; // from 0000-03-01 to 1970-01-01

/** Days since 1970-01-01, counted in years that begin in March, so that a leap day comes last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * daysPerEra + yearOfEra * 365 + leapDays + dayOfYear - daysFromEraToEpoch;
}

interface CivilTime {
  readonly days: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function civilTime(ms: number): CivilTime {
  const days = Math.floor(ms / dayMs);
  const ofDay = Math.floor((ms - days * dayMs) / secondMs);
  return {
    days,
    ...civilFromDays(days),
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
  };
}

function civilFromDays(days: number): Pick<CivilTime, "year" | "month" | "day"> {
  const shifted = days + daysFromEraToEpoch;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const yearStart = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - yearStart;
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = ((monthFromMarch + 2) % 12) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
