import { isNode } from "../../api/objects.ts";
import { tainted } from "../taint.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, together, usageError } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { objectName } from "./mapping.ts";
import { dryRunMistake, dryRunNote, outputMistake, validateMistake } from "./output.ts";
import { mergePatch } from "./patch-call.ts";
import { bothMistake, specMistake, typeMistake } from "./taint-spec.ts";

/** kubectl/pkg/cmd/taint/taint.go */
export function taint(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? validateMistake(call);
  if (early !== undefined) return early;
  const first = call.args.findIndex(isTaint);
  const resources = first < 0 ? call.args : call.args.slice(0, first);
  const changes = first < 0 ? [] : call.args.slice(first);
  const stray = changes.find((word) => !isTaint(word));
  if (stray !== undefined) {
    return failed(`all resources must be specified before taint changes: ${stray}`);
  }
  const [type, ...names] = resources;
  if (type === undefined) {
    return failed("one or more resources must be specified as <resource> <name>");
  }
  if (changes.length === 0) return failed("at least one taint update is required");
  const mistake = specMistake(changes);
  if (mistake !== undefined) return usageError(call.command, mistake);
  return typeMistake(type) ?? bothMistake(changes) ?? taintNodes(call, names, changes);
}

function isTaint(word: string): boolean {
  return /[=:]|-$/.test(word);
}

function taintNodes(
  call: Invocation,
  names: readonly string[],
  changes: readonly string[],
): Failure | undefined {
  const [all, selector] = [call.isOn("all"), call.flag("selector")];
  if (all && selector !== "") {
    return failed("setting 'all' parameter with a non empty selector is prohibited");
  }
  if (!all && selector === "" && names.length === 0) {
    return failed("at least one resource name must be specified since 'all' parameter is not set");
  }
  const wrong = outputMistake(call);
  if (wrong !== undefined) return wrong;
  const words = all || selector !== "" ? ["nodes"] : names.map((name) => `nodes/${name}`);
  const { infos, failure } = build(call, words, { all, labelSelector: selector });
  const failures = infos.flatMap((info) => taintOne(call, info, changes) ?? []);
  return together([...(failure === undefined ? [] : [failure]), ...failures]);
}

function taintOne(call: Invocation, info: Info, changes: readonly string[]): Failure | undefined {
  const { object, name, resource } = info;
  if (object === undefined || !isNode(object)) return undefined;
  const before = object.spec?.taints ?? [];
  const made = tainted(name, before, changes, call.isOn("overwrite"));
  if ("error" in made) return failed(made.error);
  const refusal = mergePatch(call, info, { spec: { taints: made.taints } });
  if (refusal !== undefined) return refusal;
  const isGoing = changes.some((one) => one.endsWith("-"));
  const isAdding = changes.some((one) => !one.endsWith("-"));
  const modified = call.isOn("overwrite") || (isGoing && isAdding);
  const done = modified ? "modified" : isAdding ? "tainted" : "untainted";
  call.say(`${objectName(resource, name)} ${done}${dryRunNote(call)}`);
  return undefined;
}
