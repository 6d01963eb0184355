import { illegalByte } from "../../machines/apiserver/base64.ts";
import { parseDuration } from "../../machines/api/go-duration.ts";
import { formatQuantity, parseQuantity } from "../../machines/api/quantity-text.ts";
import { parseTime } from "../../machines/api/time.ts";
import { describeNode, type JsonValue, type YamlNode } from "../yaml/node.ts";

/** The value, or what belongs there instead and, where the place itself does not say it, why. */
export type ReadScalar =
  | { readonly value: JsonValue }
  | { readonly expected: string; readonly got?: string };

/** One value of a Go type that has no fields; the type's name is the schema's. */
export function readScalar(node: YamlNode, type: string): ReadScalar {
  const value = node.kind === "scalar" ? node.value : undefined;
  switch (type) {
    case "bool":
      return typeof value === "boolean" ? { value } : { expected: "true or false" };
    case "int32":
    case "int64":
    case "uint32":
      return readInteger(value, type);
    case "float64":
      return typeof value === "number" ? { value } : { expected: "a number" };
    case "IntOrString":
      return typeof value === "string" ? { value } : readInteger(value, "int32", "or a string");
    case "Quantity":
      return readQuantity(value);
    case "bytes":
      return readBase64(node);
    case "Time":
      return checked(
        value,
        "a time as 2026-01-15T10:00:00Z",
        (text) => !Number.isNaN(parseTime(text)),
      );
    case "Duration":
      return checked(value, 'a duration as "1m30s"', (text) => parseDuration(text) !== undefined);
    default:
      return typeof value === "string" ? { value } : { expected: "a string", ...quoteIt(node) };
  }
}

/** What Go leaves in a list or map where the text says `null`. */
export function zeroOf(type: string): JsonValue {
  if (type.startsWith("[]")) return [];
  if (type === "bool") return false;
  if (/^u?int|^float|^IntOrString/.test(type)) return 0;
  if (type === "Quantity") return "0";
  if (type === "Duration") return "0s";
  return type === "string" || type === "bytes" ? "" : {};
}

function readInteger(value: unknown, type: keyof typeof bounds, or = ""): ReadScalar {
  const [least, most] = bounds[type];
  const isWhole = typeof value === "number" && Number.isInteger(value);
  if (isWhole && value >= least && value <= most) return { value };
  const bits = isWhole ? ` of ${type.replace(/\D/g, "")} bits` : "";
  return { expected: `an integer${bits}${or === "" ? "" : ` ${or}`}` };
}

const bounds = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 63), 2 ** 63],
} as const;

function readQuantity(value: unknown): ReadScalar {
  const expected = 'a quantity as "500m" or "128Mi"';
  if (typeof value !== "string" && typeof value !== "number") return { expected };
  const quantity = parseQuantity(value);
  if (!("error" in quantity)) return { value: formatQuantity(quantity) };
  return { expected, got: `${JSON.stringify(value)}: ${quantity.error}` };
}

/** Go's decoder says at which byte a text stops being base64. */
function readBase64(node: YamlNode): ReadScalar {
  const value = node.kind === "scalar" ? node.value : undefined;
  if (typeof value !== "string") return { expected: "a base64 text", ...quoteIt(node) };
  const at = illegalByte(value);
  if (at === undefined) return { value };
  return { expected: "a base64 text", got: `illegal base64 data at input byte ${at}` };
}

function checked(value: unknown, expected: string, isRight: (text: string) => boolean): ReadScalar {
  return typeof value === "string" && isRight(value) ? { value } : { expected };
}

/** The commonest mistake of all: `value: 1` and `value: yes`. */
function quoteIt(node: YamlNode): { readonly got: string } {
  const isPlain = node.kind === "scalar" && node.value !== null && typeof node.value !== "string";
  const got = describeNode(node);
  return { got: isPlain ? `the ${typeof node.value} ${got}, which needs quotes` : got };
}
