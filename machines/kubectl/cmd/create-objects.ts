import { isValidPortName, isValidPortNum } from "../../api/names.ts";
import { parseSelector } from "../../api/parse-selector.ts";
import { parseQuantity } from "../../api/quantity-text.ts";
import { quote } from "../../api/quote.ts";
import { makeNamed } from "./autoscale.ts";
import { bareMessage, failed, type Failure, isFailure, usageError } from "./failure.ts";
import { rangeError, syntaxError } from "./flag-values.ts";
import type { Invocation } from "./invocation.ts";
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
