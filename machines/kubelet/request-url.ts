/** A URL as Go takes the path of a probe or hook apart; the host comes from elsewhere. */
interface UrlParts {
  /** A path that names another scheme and does not begin with a slash. */
  readonly opaque?: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
}

/** The URL that is requested; pkg/probe/http/request.go formatURL, net/url URL.String */
export function formatURL(scheme: string, host: string, port: number, path: string): string {
  const { opaque, query, fragment, ...parts } = parsePath(path);
  const tail =
    (query === undefined ? "" : `?${query}`) +
    (fragment === undefined ? "" : `#${escaped(fragment, fragmentCharacters)}`);
  if (opaque !== undefined) return `${scheme}:${opaque}${tail}`;
  const text = parts.path === "*" ? parts.path : escaped(parts.path, pathCharacters);
  const slash = text === "" || text.startsWith("/") ? "" : "/";
  return `${scheme}://${joinHostPort(host, port)}${slash}${text}${tail}`;
}

/** net.JoinHostPort: an IPv6 address needs brackets. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** net/url Parse; what it refuses is taken as a path, whatever it holds. */
function parsePath(text: string): UrlParts {
  const [whole = "", ...fragments] = text.split("#");
  const fragment = fragments.join("#");
  if (!isParsable(whole) || !hasWholeEscapes(fragment)) return { path: escapedWhole(text) };
  const schemeEnd = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(whole)?.[0].length ?? 0;
  const [beforeQuery = "", ...queries] = whole.slice(schemeEnd).split("?");
  const ending = {
    ...(queries.length > 0 && { query: queries.join("?") }),
    ...(fragment !== "" && { fragment }),
  };
  if (schemeEnd > 0 && !beforeQuery.startsWith("/")) {
    return { opaque: beforeQuery, path: "", ...ending };
  }
  const hasAuthority = beforeQuery.startsWith("//") && (schemeEnd > 0 || beforeQuery[2] !== "/");
  const path = hasAuthority ? beforeQuery.slice(2).replace(/^[^/]*/, "") : beforeQuery;
  return { path, ...ending };
}

function isParsable(text: string): boolean {
  if (hasControlCharacter(text) || text.startsWith(":")) return false;
  const path = text.split("?")[0] ?? "";
  if (!hasWholeEscapes(path)) return false;
  const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text);
  return hasScheme || !(path.split("/")[0] ?? "").includes(":");
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((char) => char < " " || char === "\u007f");
}

function hasWholeEscapes(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}

/** A path that is no URL is escaped as it stands, its percent signs too. */
function escapedWhole(text: string): string {
  return [...text].map((char) => escapeUnless(pathUnreserved, char)).join("");
}

/** Kept as it is when it is a valid encoding, else decoded and encoded anew. */
function escaped(text: string, valid: RegExp): string {
  if (valid.test(text)) return text;
  const unreserved = valid === pathCharacters ? pathUnreserved : fragmentUnreserved;
  const parts = text.split(/((?:%[0-9A-Fa-f]{2})+)/);
  return parts.map((part, index) => encodePart(part, index % 2 === 1, unreserved)).join("");
}

function encodePart(part: string, isEncoded: boolean, unreserved: RegExp): string {
  if (!isEncoded) return [...part].map((char) => escapeUnless(unreserved, char)).join("");
  return part.replaceAll(/%([0-9A-Fa-f]{2})/g, (whole, hex: string) => {
    const char = String.fromCodePoint(Number.parseInt(hex, 16));
    return char < "\u0080" && unreserved.test(char) ? char : whole.toUpperCase();
  });
}

function escapeUnless(unreserved: RegExp, char: string): string {
  if (unreserved.test(char)) return char;
  return utf8(char.codePointAt(0) ?? 0)
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

function utf8(code: number): readonly number[] {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
  const low = [0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  if (code < 0x10000) return [0xe0 | (code >> 12), ...low];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), ...low];
}

/** net/url validEncoded and shouldEscape, for paths and for fragments. */
const pathCharacters = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:@/[\]]|%[0-9A-Fa-f]{2})*$/;
const fragmentCharacters = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:@/?[\]]|%[0-9A-Fa-f]{2})*$/;
const pathUnreserved = /^[A-Za-z0-9\-_.~$&+,/:;=@]$/;
const fragmentUnreserved = /^[A-Za-z0-9\-_.~$&+,/:;=?@!()*]$/;
