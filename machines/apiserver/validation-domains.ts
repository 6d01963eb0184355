import { isDns1123Label, isDns1123Subdomain, isQualifiedName, regexError } from "../api/names.ts";
import { type FieldError, invalid, invalids, required } from "./field-error.ts";

/** At least three segments; apimachinery/pkg/util/validation IsFullyQualifiedName. */
export function isFullyQualifiedName(path: string, name: string): FieldError[] {
  if (name === "") return [required(path)];
  const wrong = isDns1123Subdomain(name);
  if (wrong.length > 0) return [invalid(path, name, wrong.join(","))];
  const few = "should be a domain with at least three segments separated by dots";
  return name.split(".").length < 3 ? [invalid(path, name, few)] : [];
}

/** At least two segments, and maybe a dot at the end; IsFullyQualifiedDomainName. */
export function isFullyQualifiedDomainName(path: string, text: string): FieldError[] {
  if (text === "") return [required(path)];
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  const wrong = isDns1123Subdomain(name);
  if (wrong.length > 0) return [invalid(path, name, wrong.join(","))];
  const labels = name.split(".");
  const few = "should be a domain with at least two segments separated by dots";
  if (labels.length < 2) return [invalid(path, name, few)];
  return labels.flatMap((label) => {
    const messages = isDns1123Label(label);
    return messages.length === 0 ? [] : [invalid(path, label, messages.join(","))];
  });
}

/** `acme.io/foo`, a path of HTTP behind a domain; IsDomainPrefixedPath. */
export function isDomainPrefixedPath(field: string, text: string): FieldError[] {
  if (text === "") return [required(field)];
  const at = text.indexOf("/");
  const [host, path] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  const form = 'must be a domain-prefixed path (such as "acme.io/foo")';
  if (host === "" || path === "") return [invalid(field, text, form)];
  const isPath = new RegExp(`^${httpPath}$`).test(path);
  return [
    ...invalids(field, host, isDns1123Subdomain(host)),
    ...(isPath ? [] : [invalid(field, path, regexError("Invalid path", httpPath))]),
  ];
}

const httpPath = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

/** `acme.io/foo`, a name behind a domain; IsDomainPrefixedKey. */
export function isDomainPrefixedKey(path: string, key: string): FieldError[] {
  if (key === "") return [required(path)];
  const wrong = invalids(path, key, isQualifiedName(key));
  if (wrong.length > 0) return wrong;
  const form = 'must be a domain-prefixed key (such as "acme.io/foo")';
  return key.includes("/") ? [] : [invalid(path, key, form)];
}
