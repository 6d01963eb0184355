import { isQualifiedName, isValidLabelValue } from "../api/names.ts";
import type { Taint } from "../api/node.ts";
import { quote } from "../api/quote.ts";

/** The taints of a node as somebody wants them, or why that cannot be. */
export type Tainted = { readonly taints: readonly Taint[] } | { readonly error: string };

/**
 * What `kubectl taint` makes of a node's taints: `key=value:Effect` adds or replaces one, `key-`
 * and `key:Effect-` take away. kubectl/pkg/cmd/taint/taint.go
 *
 * @param node whose they are, for messages
 */
export function tainted(
  node: string,
  before: readonly Taint[],
  changes: readonly string[],
  overwrite: boolean,
): Tainted {
  const added: Taint[] = [];
  const removed: ParsedTaint[] = [];
  for (const change of changes) {
    const isGoing = change.endsWith("-");
    const parsed = parseTaint(isGoing ? change.slice(0, -1) : change);
    if ("error" in parsed) return parsed;
    if (isGoing) removed.push(parsed);
    else if (parsed.effect === undefined) return { error: `invalid taint spec: ${change}` };
    else added.push({ ...parsed, effect: parsed.effect });
  }
  const known = added.filter((one) => before.some((old) => isSame(old, one)));
  if (known.length > 0 && !overwrite) {
    const keys = known.map(({ key }) => key).join(",");
    return {
      error: `node ${node} already has ${keys} taint(s) with same effect(s) and --overwrite is false`,
    };
  }
  return reorganized(added, before, removed);
}

type ParsedTaint = Omit<Taint, "effect"> & { readonly effect?: Taint["effect"] };

/** kubectl/pkg/cmd/taint/utils.go parseTaint */
function parseTaint(text: string): ParsedTaint | { readonly error: string } {
  const [pair = "", effect, ...more] = text.split(":");
  const [key = "", value, ...values] = effect === undefined ? [pair] : pair.split("=");
  if (more.length > 0 || values.length > 0) return { error: `invalid taint spec: ${text}` };
  const known = effects.find((one) => one === effect);
  if (effect !== undefined && known === undefined) {
    return { error: `invalid taint effect: ${effect}, unsupported taint effect` };
  }
  const messages = [
    ...(value === undefined ? [] : isValidLabelValue(value)),
    ...isQualifiedName(key),
  ];
  if (messages.length > 0) return { error: `invalid taint spec: ${text}, ${messages.join("; ")}` };
  return { key, ...(value && { value }), ...(known && { effect: known }) };
}

const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

/** kubectl/pkg/cmd/taint/utils.go reorganizeTaints */
function reorganized(
  added: readonly Taint[],
  before: readonly Taint[],
  removed: readonly ParsedTaint[],
): Tainted {
  const all = [...added, ...before.filter((old) => !added.some((one) => isSame(old, one)))];
  const absent = removed.filter((one) => !all.some((taint) => isMeant(taint, one)));
  if (absent.length > 0) {
    return { error: absent.map((one) => `taint ${quote(textOf(one))} not found`).join("\n") };
  }
  return { taints: all.filter((taint) => !removed.some((one) => isMeant(taint, one))) };
}

function isSame(one: Taint, other: Taint): boolean {
  return one.key === other.key && one.effect === other.effect;
}

function isMeant(taint: Taint, { key, effect }: ParsedTaint): boolean {
  return taint.key === key && (effect === undefined || taint.effect === effect);
}

/** core/v1 Taint.ToString */
function textOf({ key, value, effect }: ParsedTaint): string {
  if (effect === undefined) return value ? `${key}=${value}:` : key;
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}
