import { quote } from "../api/quote.ts";

/** One field that the API server refuses; apimachinery/pkg/util/validation/field/errors.go. */
export interface FieldError {
  readonly type: FieldErrorType;
  /** `spec.containers[0].image` */
  readonly field: string;
  /** Absent where the message does not show it. */
  readonly badValue?: unknown;
  readonly detail: string;
}

/** The `reason` of a cause in a Status. */
export type FieldErrorType = keyof typeof words;

const words = {
  FieldValueNotFound: "Not found",
  FieldValueRequired: "Required value",
  FieldValueDuplicate: "Duplicate value",
  FieldValueInvalid: "Invalid value",
  FieldValueNotSupported: "Unsupported value",
  FieldValueForbidden: "Forbidden",
  FieldValueTooLong: "Too long",
  FieldValueTooMany: "Too many",
} as const;

/** The words that a message begins with. */
export function typeWord(type: FieldErrorType): string {
  return words[type];
}

/** All of them as one message: equal ones once, several in brackets; ErrorList.ToAggregate. */
export function toAggregate(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(fieldErrorText))];
  return texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
}

/** The whole message; Error.Error. */
export function fieldErrorText(error: FieldError): string {
  return `${error.field}: ${errorBody(error)}`;
}

/** The message without the field's name, as a cause shows it. */
export function errorBody({ type, badValue, detail }: Omit<FieldError, "field">): string {
  const word = badValue === undefined ? words[type] : `${words[type]}: ${shown(badValue)}`;
  return detail === "" ? word : `${word}: ${detail}`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? quote(value) : escapeHtml(JSON.stringify(value));
}

/** Go's JSON encoder keeps HTML out of its output. */
function escapeHtml(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
}

/** An empty string, list or null where something must stand. */
export function required(field: string, detail = ""): FieldError {
  return { type: "FieldValueRequired", field, detail };
}

/** A malformed value: a wrong form, out of bounds. */
export function invalid(field: string, badValue: unknown, detail: string): FieldError {
  return { type: "FieldValueInvalid", field, badValue, detail };
}

/** One error for each message about the value. */
export function invalids(
  field: string,
  badValue: unknown,
  messages: readonly string[],
): FieldError[] {
  return messages.map((detail) => invalid(field, badValue, detail));
}

/** A value that the closed set lacks; shown in the order given. */
export function notSupported(
  field: string,
  badValue: unknown,
  supported: readonly string[],
): FieldError {
  const detail = `supported values: ${supported.map(quote).join(", ")}`;
  return { type: "FieldValueNotSupported", field, badValue, detail };
}

/** A second use of what must be unique. */
export function duplicate(field: string, badValue: unknown, detail = ""): FieldError {
  return { type: "FieldValueDuplicate", field, badValue, detail };
}

/** A well-formed value that the present circumstances do not permit. */
export function forbidden(field: string, detail: string): FieldError {
  return { type: "FieldValueForbidden", field, detail };
}

/** The value itself is not shown. */
export function tooLong(field: string, maxLength: number): FieldError {
  const unit = maxLength === 1 ? "byte" : "bytes";
  const detail = `may not be more than ${maxLength} ${unit}`;
  return { type: "FieldValueTooLong", field, detail };
}

/** More than there may be in a list. */
export function tooMany(field: string, count: number, most: number): FieldError {
  const unit = most === 1 ? "item" : "items";
  const detail = `must have at most ${most} ${unit}`;
  return { type: "FieldValueTooMany", field, badValue: count, detail };
}

/** A reference to something that is not there. */
export function notFound(field: string, badValue: unknown, detail = ""): FieldError {
  return { type: "FieldValueNotFound", field, badValue, detail };
}

/** Nothing, or one of a closed set. */
export function validateChoice(
  value: string | undefined,
  known: readonly string[],
  path: string,
): FieldError[] {
  const isKnown = value === undefined || known.includes(value);
  return isKnown ? [] : [notSupported(path, value, known)];
}

/** One of a closed set; defaulting has filled it in where it may be left out. */
export function validateRequiredChoice(
  value: string,
  known: readonly string[],
  path: string,
): FieldError[] {
  return value === "" ? [required(path)] : validateChoice(value, known, path);
}
