import { isQualifiedName, isValidLabelValue } from "../../api/names.ts";
import { quote } from "../../api/quote.ts";
import { failed, type Failure } from "./failure.ts";
import { resourceFor } from "./mapping.ts";

interface Spec {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

function specOf(text: string): Spec {
  const [pair = "", effect = ""] = text.split(":");
  const [key = "", value = ""] = effect === "" ? [pair] : pair.split("=");
  return { key, value, effect };
}

/** kubectl/pkg/cmd/taint/utils.go parseTaints */
export function specMistake(changes: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const change of changes) {
    const isGoing = change.endsWith("-");
    const text = isGoing ? change.slice(0, -1) : change;
    const mistake = parseMistake(text);
    if (mistake !== undefined) return mistake;
    if (isGoing) continue;
    const { key, value, effect } = specOf(text);
    if (effect === "") return `invalid taint spec: ${change}`;
    if (seen.has(`${key}:${effect}`)) {
      return `duplicated taints with the same key and effect: {${key} ${value} ${effect} <nil>}`;
    }
    seen.add(`${key}:${effect}`);
  }
  return undefined;
}

function parseMistake(text: string): string | undefined {
  const [pair = "", effect, ...more] = text.split(":");
  const [key = "", value, ...values] = effect === undefined ? [pair] : pair.split("=");
  if (more.length > 0) return `invalid taint spec: ${text}`;
  if (effect !== undefined && !["NoSchedule", "PreferNoSchedule", "NoExecute"].includes(effect)) {
    return `invalid taint effect: ${effect}, unsupported taint effect`;
  }
  if (values.length > 0) return `invalid taint spec: ${text}`;
  const ofValue = value === undefined ? [] : isValidLabelValue(value);
  const errors = ofValue.length > 0 ? ofValue : isQualifiedName(key);
  return errors.length > 0 ? `invalid taint spec: ${text}, ${errors.join("; ")}` : undefined;
}

export function typeMistake(type: string): Failure | undefined {
  const small = type.toLowerCase();
  const resource = resourceFor(small);
  if (resource === undefined) {
    return { fails: { plain: `the server doesn't have a resource type ${quote(small)}` } };
  }
  if (resource.kind === "Node") return undefined;
  return failed(`invalid resource type ${small}, only node types are supported`);
}

export function bothMistake(changes: readonly string[]): Failure | undefined {
  const added = changes.filter((one) => !one.endsWith("-")).map(specOf);
  const removed = changes.filter((one) => one.endsWith("-")).map((one) => specOf(one.slice(0, -1)));
  const both = added.flatMap((one) => {
    const same = removed.filter(({ key, effect }) => {
      return key === one.key && (effect === "" || effect === one.effect);
    });
    return same.map(({ key, effect }) => `${key}=${effect}`);
  });
  if (both.length === 0) return undefined;
  return failed(
    `can not both modify and remove the following taint(s) in the same command: ${both.join(", ")}`,
  );
}
