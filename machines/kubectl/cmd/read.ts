import { quote } from "../../api/quote.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import { build, type Built, type Info } from "./builder.ts";
import { type Failure, failed, isFailure, usageError } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { groupVersion, resourceFor, resourceText } from "./mapping.ts";
import { jsonPathMistake, outputFormats, outputMistake, relaxedPathMistake } from "./output.ts";

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

function selectorsOf(call: Invocation) {
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

const suggestion = 'Use "kubectl api-resources" for a complete list of supported resources.';

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

function isNotFound({ fails }: Failure): boolean {
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

/** kubectl/pkg/cmd/explain/explain.go; `fields` says whether a path is one of a kind's. */
export function explain(call: Invocation): Failure | undefined {
  const [path, ...more] = call.args;
  if (path === undefined) {
    return failed(`You must specify the type of resource to explain. ${suggestion}`);
  }
  if (more.length > 0) return failed("We accept only this format: explain RESOURCE");
  const [word = "", ...names] = path.split(".");
  const resource = resourceFor(word);
  if (resource === undefined) {
    return { fails: { plain: `the server doesn't have a resource type ${quote(word)}` } };
  }
  const version = call.flag("api-version");
  if (version !== "" && version !== groupVersion(resource)) {
    const [last = "", group = ""] = version.split("/").toReversed();
    const text = resourceText({ ...resource, group, version: last });
    return failed(`couldn't find resource for ${quote(text)}`);
  }
  const output = call.flag("output");
  if (!output.startsWith("plaintext")) return failed(`unrecognized format: ${output}`);
  const group = resource.group === "" ? "" : `GROUP:      ${resource.group}\n`;
  call.stdout += `${group}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`;
  const stray = call.around.unknownField(
    resource.kind,
    names.filter((name) => name !== ""),
  );
  return stray === undefined ? undefined : failed(`field ${quote(stray)} does not exist`);
}

/** kubectl/pkg/cmd/events/events.go */
export function events(call: Invocation): Failure | undefined {
  const wrong = outputMistake(call);
  if (wrong !== undefined) return wrong;
  const about = call.flag("for");
  if (about !== "") {
    const [type = "", name, ...more] = about.split("/");
    if (name === undefined || more.length > 0) {
      return failed("--for must be in resource/name form");
    }
    if (resourceFor(type) === undefined) {
      return { fails: { plain: `the server doesn't have a resource type ${quote(type)}` } };
    }
  }
  const strange = call.list("types").find((one) => !/^(normal|warning)$/i.test(one));
  if (strange !== undefined) return failed("valid --types are Normal or Warning");
  const { infos, failure } = build(call, ["events"], { allowsTypeAlone: true });
  for (const { name } of infos) call.say(name);
  return failure;
}

/** kubectl/pkg/cmd/wait/wait.go; nothing changes while it waits. */
export function wait(call: Invocation): Failure | undefined {
  const wrong = outputMistake(call) ?? conditionMistake(call.flag("for"));
  if (wrong !== undefined) return wrong;
  const condition = call.flag("for").toLowerCase();
  const all = call.isOn("all");
  const { infos, failure } = build(call, call.args, { ...selectorsOf(call), all });
  const isMissing = failure !== undefined && isNotFound(failure);
  if (condition === "create" && isMissing) return failed("timed out waiting for the condition");
  if (condition === "delete" && (isMissing || infos.length === 0)) return undefined;
  if (failure !== undefined) return failure;
  if (infos.length === 0) return failed("no matching resources found");
  const unmet = infos.filter(({ object }) => !isMet(call.flag("for"), object));
  const isAtOnce = /^0+[a-z]*$/.test(call.flag("timeout"));
  const words = isAtOnce ? "condition not met for" : "timed out waiting for the condition on";
  const failures = unmet.map(({ resource, name }) =>
    failed(`${words} ${resource.resource}/${name}`),
  );
  const [first] = failures;
  return failures.length > 1 ? { fails: { several: failures } } : first;
}

function conditionMistake(condition: string): Failure | undefined {
  if (/^(delete|create)$/i.test(condition) || condition.startsWith("condition=")) return undefined;
  if (!condition.startsWith("jsonpath=")) {
    return failed(`unrecognized condition: ${quote(condition)}`);
  }
  const [path = "", value, ...more] = pathAndValue(condition);
  if (more.length > 0) {
    return failed(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const mistake = relaxedPathMistake(path) ?? jsonPathMistake(path);
  if (mistake !== undefined) return failed(mistake);
  if (value !== undefined && value.replaceAll(/^['"]+|['"]+$/g, "") === "") {
    return failed(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  return path === "" ? failed("jsonpath expression cannot be empty") : undefined;
}

/** Split where one `=` stands; two of them are a comparison. */
function pathAndValue(condition: string): readonly string[] {
  return condition.slice("jsonpath=".length).split(/(?<!=)=(?!=)/);
}

function isMet(condition: string, object: Info["object"]): boolean {
  if (/^create$/i.test(condition)) return true;
  if (condition.startsWith("jsonpath=")) {
    const [path = "", value] = pathAndValue(condition);
    const found = valueAt(object, path.replaceAll(/[{}]/g, "").split(".").filter(Boolean));
    return value === undefined ? found !== undefined : String(found) === value;
  }
  const [, type = "", status = "true"] = condition.split("=");
  const conditions = valueAt(object, ["status", "conditions"]);
  return (
    Array.isArray(conditions) &&
    conditions.some((one: unknown) => {
      const isSame = isFields(one) && String(one["type"]).toLowerCase() === type.toLowerCase();
      return isSame && String(one["status"]).toLowerCase() === status.toLowerCase();
    })
  );
}
