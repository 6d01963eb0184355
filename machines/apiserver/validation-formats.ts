import { parseDuration } from "../api/go-duration.ts";
import { parseTime } from "../api/time.ts";

/** Whether a text is of a format that is checked; kube-openapi/pkg/validation/strfmt. */
export function isOfFormat(format: string, text: string): boolean {
  switch (format) {
    case "date-time":
    case "datetime":
      return !Number.isNaN(parseTime(text));
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(text);
    case "duration":
      return parseDuration(text) !== undefined;
    case "uuid":
      return /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}$/i.test(text);
    case "byte":
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
    case "ipv4":
      return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/.test(text);
    default:
      return true;
  }
}

/** Of others nothing is checked. */
export function isKnownFormat(format: string | undefined): format is string {
  return known.has(format ?? "");
}

const known: ReadonlySet<string> = new Set([
  "date-time",
  "datetime",
  "date",
  "duration",
  "uuid",
  "byte",
  "ipv4",
]);
