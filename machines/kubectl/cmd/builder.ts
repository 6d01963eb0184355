import type { KubeObject } from "../../api/meta.ts";
import type { ApiResource } from "../../apiserver/api-resources.ts";
import type { BuilderOptions, Built, Info } from "./built.ts";
import { failed, type Failure, isFailure, refused, together } from "./failure.ts";
import { fileObjects } from "./file-objects.ts";
import type { Invocation } from "./invocation.ts";
import { mappingFor, resourceText } from "./mapping.ts";
import { parseArgs, type Parsed } from "./resource-args.ts";

/** The objects that a command's words mean; cli-runtime/pkg/resource Builder. */
export function build(
  call: Invocation,
  args: readonly string[],
  options: BuilderOptions = {},
): Built {
  const parsed = parseArgs(args);
  if (isFailure(parsed)) return { infos: [], failure: parsed };
  const paths = call.list("filename");
  const selection = selectionOf(options, parsed);
  const { fetches = true } = options;
  if (paths.length > 0) {
    const mistake = beside(parsed);
    if (mistake !== undefined) return { infos: [], failure: failed(mistake) };
    const built = fileObjects(call, { isValidated: false });
    return fetches ? fetched(call, built) : built;
  }
  if (selection !== undefined) return selected(call, parsed, selection);
  const named = infosOf(call, parsed);
  if (isFailure(named)) return { infos: [], failure: named };
  return fetches ? fetched(call, { infos: named }, options.stopsAtFirst) : { infos: named };
}

interface Selected {
  readonly label: string;
  readonly field: string;
}

/** What selectors mean, where there are any. */
function selectionOf(options: BuilderOptions, parsed: Parsed): Selected | undefined {
  const { labelSelector: label = "", fieldSelector: field = "", all = false } = options;
  const isAlone = parsed.types.length > 0 && parsed.names.length === 0;
  const isAll = all || (options.allowsTypeAlone === true && isAlone);
  return label !== "" || field !== "" || isAll ? { label, field } : undefined;
}

function beside({ types, names, tuples }: Parsed): string | undefined {
  if (types.length > 0) {
    return "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well";
  }
  if (names.length > 0) return "name cannot be provided when a path is specified";
  if (tuples.length === 0) return undefined;
  return "resource/name arguments cannot be provided when a path is specified";
}

/** Builder.visitBySelector */
function selected(call: Invocation, parsed: Parsed, { label, field }: Selected): Built {
  const mistake = selectorMistake(parsed);
  if (mistake !== undefined) return { infos: [], failure: failed(mistake) };
  const resources = parsed.types.map(mappingFor);
  const unknown = resources.find(isFailure);
  if (unknown !== undefined) return { infos: [], failure: unknown };
  const infos: Info[] = [];
  const failures: Failure[] = [];
  for (const resource of new Set(resources)) {
    if (isFailure(resource)) continue;
    const namespace = resource.isNamespaced && !call.allNamespaces ? call.namespace : "";
    const query = queryOf(label, field);
    const items = call.items(resource, namespace, query);
    if ("fails" in items) failures.push(notFoundBy(items, resource, label, field));
    else infos.push(...items.map((object) => infoOf(resource, object)));
  }
  const failure = together(failures);
  return { infos, ...(failure && { failure }) };
}

function selectorMistake({ types, names, tuples }: Parsed): string | undefined {
  if (names.length > 0) return "name cannot be provided when a selector is specified";
  if (tuples.length > 0) {
    return "selectors and the all flag cannot be used when passing resource/name arguments";
  }
  return types.length > 0 ? undefined : "at least one resource must be specified to use a selector";
}

function queryOf(label: string, field: string): string {
  const parts = [
    ...(label === "" ? [] : [`labelSelector=${encodeURIComponent(label)}`]),
    ...(field === "" ? [] : [`fieldSelector=${encodeURIComponent(field)}`]),
  ];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** cli-runtime/pkg/resource/selector.go Visit */
function notFoundBy(
  failure: Failure,
  resource: ApiResource,
  label: string,
  field: string,
): Failure {
  const { fails } = failure;
  if (!("status" in fails)) return failure;
  const { status } = fails;
  if (!["BadRequest", "NotFound"].includes(status.reason ?? "")) return failure;
  if (label === "" && field === "") return failure;
  const what = JSON.stringify(resourceText(resource));
  const by = `label selector ${JSON.stringify(label)}, field selector ${JSON.stringify(field)}`;
  return refused({
    ...status,
    message: `Unable to find ${what} that match ${by}: ${status.message}`,
  });
}

function infoOf(resource: ApiResource, object: KubeObject): Info {
  const { name, namespace = "" } = object.metadata;
  return { resource, namespace, name, object };
}

/** Builder.visitByResource, visitByName */
function infosOf(call: Invocation, { types, names, tuples }: Parsed): readonly Info[] | Failure {
  if (tuples.length === 0 && names.length === 0) {
    const unknown = types.map(mappingFor).find(isFailure);
    if (unknown !== undefined) return unknown;
    return types.length > 0
      ? failed("resource(s) were provided, but no name was specified")
      : missingResource;
  }
  if (types.length > 1) return failed("you must specify only one resource");
  const pairs = tuples.length > 0 ? tuples : names.map((name) => [types[0] ?? "", name] as const);
  const infos: Info[] = [];
  for (const [type, name] of pairs) {
    const resource = mappingFor(type);
    if (isFailure(resource)) return resource;
    if (resource.isNamespaced && call.allNamespaces) {
      return failed("a resource cannot be retrieved by name across all namespaces");
    }
    const namespace = resource.isNamespaced ? call.namespace : "";
    infos.push({ resource, namespace, name });
  }
  return infos;
}

/** cli-runtime/pkg/resource/builder.go missingResourceError */
export const missingResource: Failure = failed(
  "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
);

function fetched(call: Invocation, { infos, failure }: Built, stopsAtFirst = false): Built {
  const found: Info[] = [];
  const failures: Failure[] = failure === undefined ? [] : [failure];
  for (const info of infos) {
    const below = call.flag("subresource");
    const object = call.get(info.resource, info.namespace, info.name, below);
    if (!isFailure(object)) {
      found.push({ ...info, object });
      continue;
    }
    failures.push(object);
    if (stopsAtFirst) break;
  }
  const all = together(failures);
  return { infos: found, ...(all && { failure: all }) };
}
