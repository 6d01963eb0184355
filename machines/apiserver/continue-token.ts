import { decodeLatin1, encodeBase64 } from "./base64.ts";
import { isFields } from "./patch-value.ts";

/** Where a list goes on. */
export interface Continue {
  /** The key behind which the next page begins: `namespace/name`. */
  readonly key: string;
  /** Of the first page. */
  readonly revision: number;
}

const version = "meta.k8s.io/v1";
const longest = 4_096;

/** apiserver/pkg/storage/continue.go EncodeContinue */
export function encodeContinue({ key, revision }: Continue): string {
  return toBase64(JSON.stringify({ v: version, rv: revision, start: `${key}\u0000` }));
}

/** apiserver/pkg/storage/continue.go DecodeContinue */
export function decodeContinue(token: string): Continue | { readonly error: string } {
  const bytes = token.length > longest ? token.length : fromBase64(token);
  if (typeof bytes === "number") return invalidKey(`illegal base64 data at input byte ${bytes}`);
  const parsed = parse(bytes);
  if ("error" in parsed) return invalidKey(parsed.error);
  const { v, rv, start } = parsed.value;
  if (v !== version) {
    return {
      error: `continue key is not valid: server does not recognize this encoded version ${v ?? ""}`,
    };
  }
  if (typeof rv !== "number" || rv === 0)
    return invalidKey(`incorrect encoded start resourceVersion (version ${version})`);
  if (typeof start !== "string" || start === "")
    return invalidKey(`encoded start key empty (version ${version})`);
  if (start.split("/").some((part) => part === "" || part === "." || part === ".."))
    return invalidKey(start);
  const key = start.endsWith("\u0000") ? start.slice(0, -1) : start;
  return { key, revision: rv };
}

function invalidKey(why: string): { readonly error: string } {
  return { error: `continue key is not valid: ${why}` };
}

function parse(
  text: string,
): { readonly value: Readonly<Record<string, unknown>> } | { readonly error: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return { value };
    return { error: "json: cannot unmarshal into Go value of type storage.continueToken" };
  } catch {
    const first = text.trimStart().charAt(0);
    if (first === "") return { error: "unexpected end of JSON input" };
    return first === "{"
      ? { error: "unexpected end of JSON input" }
      : { error: `invalid character '${first}' looking for beginning of value` };
  }
}

/** In the form that may stand in an address. */
function toBase64(text: string): string {
  return encodeBase64(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The text, or the place of the first letter that is none. */
function fromBase64(token: string): string | number {
  const stray = token.search(/[^\w-]/);
  return stray >= 0 ? stray : decodeLatin1(token.replaceAll("-", "+").replaceAll("_", "/"));
}
