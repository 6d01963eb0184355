import { quote } from "../../api/quote.ts";
import { build } from "./builder.ts";
import type { BuilderOptions, Info } from "./built.ts";
import { failed, type Failure, isFailure, together } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { objectName } from "./mapping.ts";
import { dryRunMistake, dryRunNote, outputMistake } from "./output.ts";
import { type Changes, parseAnnotations, parseLabels, resourcesAndPairs } from "./pairs.ts";
import { mergePatch } from "./patch-call.ts";
import { hasFiles } from "./read.ts";

export function label(call: Invocation): Failure | undefined {
  return changed(call, {
    type: "label",
    field: "labels",
    parse: parseLabels,
    overwrites: (key, value) => `'${key}' already has a value (${value}), and --overwrite is false`,
    several: (texts) => together(texts.map(failed)),
  });
}

export function annotate(call: Invocation): Failure | undefined {
  return changed(call, {
    type: "annotation",
    field: "annotations",
    parse: parseAnnotations,
    overwrites: (key, value) =>
      key === "kubernetes.io/change-cause" ? "" : `'${key}' already has a value (${value})`,
    several: (texts) =>
      failed(
        `--overwrite is false but found the following declared annotation(s): ${texts.join("; ")}`,
      ),
  });
}

interface Way {
  readonly type: "label" | "annotation";
  readonly field: "labels" | "annotations";
  readonly parse: (words: readonly string[]) => Changes | Failure;
  /** What is told of a key that has another value; empty where it may be written over. */
  readonly overwrites: (key: string, value: string) => string;
  readonly several: (texts: readonly string[]) => Failure | undefined;
}

function changed(call: Invocation, way: Way): Failure | undefined {
  const pairs = resourcesAndPairs(call.args, way.type);
  const early = dryRunMistake(call) ?? (isFailure(pairs) ? pairs : undefined);
  if (early !== undefined || isFailure(pairs)) return early;
  const changes = way.parse(pairs.changes);
  if (isFailure(changes)) return changes;
  const mistake = validate(call, pairs.resources, changes, way.type);
  if (mistake !== undefined) return mistake;
  const options: BuilderOptions = {
    labelSelector: call.flag("selector"),
    fieldSelector: call.flag("field-selector"),
    all: call.isOn("all"),
  };
  if (call.isOn("local") || call.isOn("list")) return undefined;
  const { infos, failure } = build(call, pairs.resources, options);
  if (call.flag("resource-version") !== "" && (infos.length > 1 || isMany(options))) {
    return failed("--resource-version may only be used with a single resource");
  }
  const failures = infos.flatMap((info) => changeOne(call, info, changes, way) ?? []);
  return together([...(failure === undefined ? [] : [failure]), ...failures]);
}

function isMany({ labelSelector, fieldSelector, all }: BuilderOptions): boolean {
  return labelSelector !== "" || fieldSelector !== "" || all === true;
}

function validate(
  call: Invocation,
  resources: readonly string[],
  { set, removed }: Changes,
  type: string,
): Failure | undefined {
  const hasOutput = call.flag("output") !== "";
  if (call.isOn("list") && hasOutput) {
    return failed("--list and --output may not be specified together");
  }
  if (call.isOn("all") && call.flag("selector") !== "") {
    return failed("cannot set --all and --selector at the same time");
  }
  if (call.isOn("all") && call.flag("field-selector") !== "") {
    return failed("cannot set --all and --field-selector at the same time");
  }
  if (call.isOn("local")) {
    if (call.flag("dry-run") === "server") {
      return failed("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
    }
    if (resources.length > 0) {
      return failed(
        "can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set",
      );
    }
    if (!hasFiles(call)) {
      return failed("one or more files must be specified as -f pod.yaml or --filename=pod.json");
    }
  } else if (resources.length === 0 && !hasFiles(call)) {
    return failed(noResource);
  }
  const isEmpty = set.size === 0 && removed.length === 0 && !call.isOn("list");
  return isEmpty ? failed(`at least one ${type} update is required`) : outputMistake(call);
}

export const noResource =
  "one or more resources must be specified as <resource> <name> or <resource>/<name>";

function changeOne(
  call: Invocation,
  info: Info,
  { set, removed }: Changes,
  way: Way,
): Failure | undefined {
  const { object, resource, name } = info;
  const before: Readonly<Record<string, string>> = object?.metadata[way.field] ?? {};
  if (!call.isOn("overwrite") && object !== undefined) {
    const texts = [...set].flatMap(([key, value]) => {
      const known = Object.hasOwn(before, key) ? before[key] : undefined;
      if (known === undefined || known === value) return [];
      const text = way.overwrites(key, known);
      return text === "" ? [] : [text];
    });
    const refusal = texts.length === 0 ? undefined : way.several(texts);
    if (refusal !== undefined) return refusal;
  }
  const change = Object.fromEntries(removed.map((key) => [key, null]));
  const patch = { ...change, ...Object.fromEntries(set) };
  const version = call.flag("resource-version");
  const metadata = { [way.field]: patch, ...(version && { resourceVersion: version }) };
  const refusal = mergePatch(call, info, { metadata });
  if (refusal !== undefined) return refusal;
  for (const key of removed) {
    if (!Object.hasOwn(before, key)) call.say(`${way.type} ${quote(key)} not found.`);
  }
  const verb = way.type === "label" ? labelled(before, set, removed) : "annotated";
  call.say(`${objectName(resource, name)} ${verb}${dryRunNote(call)}`);
  return undefined;
}

/** kubectl/pkg/cmd/label/label.go updateDataChangeMsg */
function labelled(
  before: Readonly<Record<string, string>>,
  set: Changes["set"],
  removed: readonly string[],
): string {
  if (removed.some((key) => Object.hasOwn(before, key))) return "unlabeled";
  const isOther = [...set].some(([key, value]) => before[key] !== value);
  return isOther ? "labeled" : "not labeled";
}
