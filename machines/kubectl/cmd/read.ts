import { quote } from "../../api/quote.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import { build } from "./builder.ts";
import type { Built, Info } from "./built.ts";
import { failed, type Failure, isFailure, usageError } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { resourceFor } from "./mapping.ts";
import { outputFormats, outputMistake, relaxedPathMistake } from "./output.ts";

/** kubectl/pkg/cmd/get/get.go */
export function get(call: Invocation): Failure | undefined {
  const early = getMistake(call);
  if (early !== undefined) return early;
  const raw = call.flag("raw");
  if (raw !== "") return getRaw(call, raw);
  const built = build(call, call.args, { ...selectorsOf(call), allowsTypeAlone: true });
  const wrong = beforeFetching(built) ? undefined : outputMistake(call, outputFormats.get);
  if (wrong !== undefined) return wrong;
  const isWatched = call.isOn("watch") || call.isOn("watch-only");
  if (isWatched && new Set(built.infos.map(({ resource }) => resource)).size > 1) {
    return failed("you may only specify a single resource type");
  }
  for (const { resource, name } of built.infos) call.say(`${resource.resource} ${name}`);
  const sorted = built.failure === undefined ? sortMistake(call, built.infos) : undefined;
  return built.failure ?? sorted;
}

/** A mistake in the words comes before one in how they are printed. */
function beforeFetching({ failure, infos }: Built): boolean {
  return failure !== undefined && infos.length === 0;
}

export function selectorsOf(call: Invocation) {
  return { labelSelector: call.flag("selector"), fieldSelector: call.flag("field-selector") };
}

function getMistake(call: Invocation): Failure | undefined {
  const isWatched = call.isOn("watch") || call.isOn("watch-only");
  const raw = call.flag("raw");
  if (raw !== "") {
    if (call.args.length > 0) return failed("arguments may not be passed when --raw is specified");
    if (isWatched || call.flag("selector") !== "") return failed(rawAlone);
    if (call.flag("output") !== "") return failed("--raw and --output are mutually exclusive");
  }
  const isNamed = call.args.length > 0 || hasFiles(call) || isWatched || raw !== "";
  if (!isNamed) {
    call.stderr += `You must specify the type of resource to get. ${suggestion}\n\n`;
    const explain =
      'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).';
    return usageError(call.command, `Required resource not specified.\n${explain}`);
  }
  const output = call.flag("output");
  if (call.isOn("show-labels") && output !== "" && output !== "wide") {
    return failed(`--show-labels option cannot be used with ${output} printer`);
  }
  if (!call.isOn("output-watch-events") || isWatched) return undefined;
  return failed("--output-watch-events option can only be used with --watch or --watch-only");
}

const rawAlone =
  "--raw may not be specified with other flags that filter the server request or alter the output";

export function hasFiles(call: Invocation): boolean {
  return call.list("filename").length > 0 || call.flag("kustomize") !== "";
}

export const suggestion = 'Use "kubectl api-resources" for a complete list of supported resources.';

function getRaw(call: Invocation, path: string): Failure | undefined {
  const answer = call.ask({ method: "GET", path });
  if (!isFailure(answer)) call.say(JSON.stringify(answer));
  return isFailure(answer) ? answer : undefined;
}

function sortMistake(call: Invocation, infos: readonly Info[]): Failure | undefined {
  const path = call.flag("sort-by");
  if (path === "") return undefined;
  const mistake = relaxedPathMistake(path);
  if (mistake !== undefined) return failed(mistake);
  const names = path
    .replaceAll(/[{}]/g, "")
    .split(".")
    .filter((one) => one !== "");
  const isFound = infos.some(({ object }) => valueAt(object, names) !== undefined);
  if (isFound || infos.length === 0) return undefined;
  const told = quote(`{.${names.join(".")}}`);
  return failed(`couldn't find any field with path ${told} in the list of objects`);
}

export function valueAt(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((at, name) => (isFields(at) ? at[name] : undefined), value);
}

/** kubectl/pkg/cmd/describe/describe.go */
export function describe(call: Invocation): Failure | undefined {
  if (call.args.length === 0 && !hasFiles(call)) {
    return failed(`You must specify the type of resource to describe. ${suggestion}`);
  }
  const { infos, failure } = build(call, call.args, {
    ...selectorsOf(call),
    allowsTypeAlone: true,
  });
  for (const { resource, name } of infos) call.say(`${resource.resource} ${name}`);
  if (failure === undefined) return undefined;
  const [type = "", prefix = "", ...more] = call.args;
  const isOne = prefix !== "" && more.length === 0 && !type.includes("/");
  return isOne && isNotFound(failure) ? (ofPrefix(call, type, prefix) ?? failure) : failure;
}

export function isNotFound({ fails }: Failure): boolean {
  return "status" in fails && fails.status.reason === "NotFound";
}

/** A name that is not there may be the beginning of others. DescribeMatchingResources */
function ofPrefix(call: Invocation, type: string, prefix: string): Failure | undefined {
  const resource = resourceFor(type);
  if (resource === undefined) return undefined;
  const items = call.items(resource, resource.isNamespaced ? call.namespace : "");
  if ("fails" in items) return items;
  const found = items.filter(({ metadata }) => metadata.name.startsWith(prefix));
  for (const { metadata } of found) call.say(`${resource.resource} ${metadata.name}`);
  return found.length > 0 ? { fails: { several: [] } } : undefined;
}
