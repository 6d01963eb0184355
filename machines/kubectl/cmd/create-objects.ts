import { isConfigMapKey, isValidPortNum, isValidPortName } from "../../api/names.ts";
import { parseSelector } from "../../api/parse-selector.ts";
import { parseQuantity } from "../../api/quantity-text.ts";
import { quote } from "../../api/quote.ts";
import { bareMessage, type Failure, failed, isFailure, usageError } from "./failure.ts";
import { rangeError, syntaxError } from "./flag-values.ts";
import type { Invocation } from "./invocation.ts";
import { makeNamed } from "./objects.ts";
import { dryRunMistake, outputMistake, validateMistake } from "./output.ts";

/** An object that a command's words describe, or why they do not. */
export type Described =
  | {
      readonly apiVersion: string;
      readonly kind: string;
      readonly metadata?: object;
      readonly rest: object;
    }
  | Failure;

/** How a refusal of the server is told: `failed to create configmap: …`, or as it is. */
export interface Creator {
  readonly describe: (call: Invocation, name: string) => Described;
  readonly refused?: string;
}

/** kubectl/pkg/cmd/create: one NAME, and an object made of flags. */
export function createNamed(call: Invocation, creator: Creator): Failure | undefined {
  const words = call.args.slice(0, call.dash ?? call.args.length);
  const [name] = words;
  if (name === undefined || words.length > 1) {
    return usageError(call.command, `exactly one NAME is required, got ${words.length}`);
  }
  const early = dryRunMistake(call) ?? outputMistake(call) ?? validateMistake(call);
  if (early !== undefined) return early;
  const described = creator.describe(call, name);
  if (isFailure(described)) return described;
  const { apiVersion, kind, rest, metadata } = described;
  const object = { apiVersion, kind, ...rest, metadata: { name, ...metadata } };
  const refusal = makeNamed(call, object);
  if (refusal === undefined || creator.refused === undefined) return refusal;

  return failed(`${creator.refused} ${bareMessage(refusal)}`);
}

/** Values of `--from-literal` and `--from-file`. */
export function configData(
  call: Invocation,
  name: string,
  kind: "ConfigMap" | "Secret",
): Readonly<Record<string, string>> | Failure {
  const [files, literals] = [call.list("from-file"), call.list("from-literal")];
  const env = call.list("from-env-file");
  if (env.length > 0 && (files.length > 0 || literals.length > 0)) {
    return failed("from-env-file cannot be combined with from-file or from-literal");
  }
  const data = new Map<string, string>();
  for (const literal of literals) {
    const at = literal.indexOf("=");
    if (at <= 0) return failed(`invalid literal source ${literal}, expected key=value`);
    const mistake = keyMistake(literal.slice(0, at), data, name, kind);
    if (mistake !== undefined) return mistake;
    data.set(literal.slice(0, at), literal.slice(at + 1));
  }
  for (const file of files) {
    const wrong = addFile(call, file, data, name, kind);
    if (wrong !== undefined) return wrong;
  }
  for (const file of env) {
    const text = call.around.file(file);
    if (text === undefined) return failed(`error reading ${file}: no such file or directory`);
    for (const line of text.split("\n").filter((one) => /^[^#\s]/.test(one))) {
      const at = line.indexOf("=");
      data.set(at < 0 ? line : line.slice(0, at), at < 0 ? "" : line.slice(at + 1));
    }
  }
  return Object.fromEntries(data);
}

/** kubectl/pkg/util/hash ParseFileSource */
function addFile(
  call: Invocation,
  source: string,
  data: Map<string, string>,
  name: string,
  kind: "ConfigMap" | "Secret",
): Failure | undefined {
  const parts = source.split("=");
  const [key = "", path = key] = parts;
  if (parts.length > 2) return failed("key names or file paths cannot contain '='");
  if (parts.length === 2 && key === "") return failed(`key name for file path ${path} missing`);
  if (parts.length === 2 && path === "") return failed(`file path for key name ${key} missing`);
  const text = call.around.file(path);
  if (text === undefined) return failed(`error reading ${path}: no such file or directory`);
  const own = parts.length === 2 ? key : path.slice(path.lastIndexOf("/") + 1);
  const mistake = keyMistake(own, data, name, kind);
  if (mistake === undefined) data.set(own, text);
  return mistake;
}

function keyMistake(
  key: string,
  data: ReadonlyMap<string, string>,
  name: string,
  kind: "ConfigMap" | "Secret",
): Failure | undefined {
  const errors = isConfigMapKey(key);
  if (kind === "ConfigMap") {
    if (errors.length > 0) {
      return failed(`${quote(key)} is not a valid key name for a ConfigMap: ${errors.join(",")}`);
    }
    const where = `already exists in Data for ConfigMap ${quote(name)}`;
    return data.has(key)
      ? failed(`cannot add key ${quote(key)}, another key by that name ${where}`)
      : undefined;
  }
  if (errors.length > 0) {
    return failed(`${quote(key)} is not valid key name for a Secret ${errors.join(";")}`);
  }
  return data.has(key)
    ? failed(`cannot add key ${key}, another key by that name already exists`)
    : undefined;
}

/** `cpu=1,memory=2Gi`; kubectl/pkg/cmd/create/create_quota.go populateResourceListV1 */
export function resourceList(text: string): Readonly<Record<string, string>> | Failure {
  const found: Record<string, string> = {};
  for (const statement of text === "" ? [] : text.split(",")) {
    const parts = statement.split("=");
    const [name = "", value = ""] = parts;
    if (parts.length !== 2) {
      return failed(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    }
    const parsed = parseQuantity(value);
    if ("error" in parsed) return failed(parsed.error);
    found[name] = value;
  }
  return found;
}

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
  readonly protocol: "TCP";
}

/** `80:8080`; kubectl/pkg/cmd/create/create_service.go parsePorts */
export function servicePorts(call: Invocation): readonly ServicePort[] | Failure {
  const ports: ServicePort[] = [];
  for (const text of call.list("tcp")) {
    const parts = text.split(":");
    const [own = "", target = own] = parts;
    const port = portNumber(own);
    if (isFailure(port)) return port;
    if (parts.length === 1) {
      ports.push({ ...tcp, name: own, port: port.port, targetPort: port.port });
      continue;
    }
    const isNumber = /^[+-]?\d+$/.test(target);
    const errors = isNumber ? isValidPortNum(Number(target)) : isValidPortName(target);
    if (errors.length > 0) return failed(errors.join(","));
    const name = text.replaceAll(":", "-");
    ports.push({ ...tcp, name, port: port.port, targetPort: isNumber ? Number(target) : target });
  }
  return ports;
}

const tcp = { protocol: "TCP" } as const;

/** strconv.ParseInt(…, 10, 16) of kubectl's utilsnet.ParsePort */
function portNumber(text: string): { readonly port: number } | Failure {
  if (!/^\d+$/.test(text)) return failed(syntaxError("ParseUint", text));
  const port = Number(text);
  return port > 65_535 ? failed(rangeError("ParseUint", text)) : { port };
}

/** A whole number or a percentage, as budgets have them. */
export function budgetNumber(name: string, text: string): number | string | Failure {
  if (!/^[\d]+%?$/.test(text)) return failed(`invalid format specified for ${name}`);
  return text.endsWith("%") ? text : Number(text);
}

/** kubectl/pkg/cmd/create/create_pdb.go */
export function budget(call: Invocation): Described {
  const [min, max] = [call.flag("min-available"), call.flag("max-unavailable")];
  const selector = call.flag("selector");
  if (selector === "") return failed("a selector must be specified");
  if (min === "" && max === "") {
    return failed("one of min-available or max-unavailable must be specified");
  }
  if (min !== "" && max !== "") {
    return failed("min-available and max-unavailable cannot be both specified");
  }
  const [name, text] = min === "" ? ["max-unavailable", max] : ["min-available", min];
  const value = budgetNumber(name, text);
  if (typeof value === "object") return value;
  const parsed = parseSelector(selector);
  if ("error" in parsed) {
    return failed(`couldn't parse the selector string ${quote(selector)}: ${parsed.error}`);
  }
  const matchLabels = Object.fromEntries(
    selector.split(",").map((one) => one.split("=").filter((part) => part !== "")),
  );
  const field = min === "" ? { maxUnavailable: value } : { minAvailable: value };
  const spec = { ...field, selector: { matchLabels } };
  return { apiVersion: "policy/v1", kind: "PodDisruptionBudget", rest: { spec } };
}

/** kubectl/pkg/cmd/create/create_quota.go */
export function quota(call: Invocation): Described {
  const hard = resourceList(call.flag("hard"));
  if (isFailure(hard)) return hard;
  const scopes = call.flag("scopes");
  const list = scopes === "" ? [] : scopes.split(",");
  if (list.includes("")) return failed('invalid resource quota scope ""');
  const spec = { hard, ...(list.length > 0 && { scopes: list }) };
  return { apiVersion: "v1", kind: "ResourceQuota", rest: { spec } };
}
