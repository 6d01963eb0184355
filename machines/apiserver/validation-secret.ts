import type { Secret } from "../api/configuration-objects.ts";
import { isConfigMapKey, nameIsDnsSubdomain } from "../api/names.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { decodedLength, decodeLatin1 } from "./base64.ts";
import { type FieldError, invalid, invalids, required, tooLong } from "./field-error.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { maxDataLength } from "./validation-objects.ts";

/** pkg/apis/core/validation/validation.go ValidateSecret: some types must hold certain keys. */
export function validateSecret(secret: Unchecked<Secret>): FieldError[] {
  const { metadata = {}, data = {} } = secret;
  const size = Object.values(data).reduce((total, one) => total + decodedLength(one), 0);
  return [
    ...validateObjectMeta(metadata, { isNamespaced: true, validateName: nameIsDnsSubdomain }),
    ...Object.keys(data).flatMap((key) => invalids(`data[${key}]`, key, isConfigMapKey(key))),
    ...(size > maxDataLength ? [tooLong("data", maxDataLength)] : []),
    ...validateType(secret.type ?? "", data, metadata.annotations ?? {}),
  ];
}

/** Certificate and key of a TLS secret should be PEM; pkg/registry/core/secret/strategy.go. */
export function warningsForSecret({ type, data = {} }: Unchecked<Secret>): readonly string[] {
  if (type !== "kubernetes.io/tls") return [];
  const parts = [
    ["tls.crt", "certificate"],
    ["tls.key", "key"],
  ] as const;
  const without = parts.find(([key]) => !/^-----BEGIN /m.test(decodeLatin1(data[key] ?? "")));
  return without === undefined ? [] : [`tls: failed to find any PEM data in ${without[1]} input`];
}

type Texts = Readonly<Record<string, string>>;

function validateType(type: string, data: Texts, annotations: Texts): FieldError[] {
  switch (type) {
    case "kubernetes.io/service-account-token":
      return annotations[accountKey] ? [] : [required(`metadata.annotations[${accountKey}]`)];
    case "kubernetes.io/dockercfg":
      return validateJson(data, ".dockercfg");
    case "kubernetes.io/dockerconfigjson":
      return validateJson(data, ".dockerconfigjson");
    case "kubernetes.io/basic-auth":
      return "username" in data || "password" in data ? [] : missing(data, "username", "password");
    case "kubernetes.io/ssh-auth":
      return data["ssh-privatekey"] ? [] : [required("data[ssh-privatekey]")];
    case "kubernetes.io/tls":
      return missing(data, "tls.crt", "tls.key");
    default:
      return [];
  }
}

const accountKey = "kubernetes.io/service-account.name";

function missing(data: Texts, ...keys: readonly string[]): FieldError[] {
  return keys.filter((key) => !(key in data)).map((key) => required(`data[${key}]`));
}

function validateJson(data: Texts, key: string): FieldError[] {
  const value = data[key];
  if (value === undefined) return [required(`data[${key}]`)];
  const problem = jsonProblem(decodeLatin1(value));
  const redacted = "<secret contents redacted>";
  return problem === undefined ? [] : [invalid(`data[${key}]`, redacted, problem)];
}

/** Go's words for what commonly stands where a JSON object should. */
function jsonProblem(text: string): string | undefined {
  const first = text.trimStart().charAt(0);
  if (first === "") return "unexpected end of JSON input";
  if (!/[[{"\d\-tfn]/.test(first)) {
    return `invalid character ${quote(first).replaceAll('"', "'")} looking for beginning of value`;
  }
  try {
    const value: unknown = JSON.parse(text);
    const isObject = value === null || (typeof value === "object" && !Array.isArray(value));
    if (isObject) return undefined;
    const kind = Array.isArray(value)
      ? "array"
      : typeof value === "boolean"
        ? "bool"
        : typeof value;
    return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
  } catch {
    return "unexpected end of JSON input";
  }
}
