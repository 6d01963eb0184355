import type { KubeObject } from "../../api/meta.ts";
import { quote } from "../../api/quote.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import type { Built, Info } from "./built.ts";
import { failed, type Failure, isFailure, together } from "./failure.ts";
import { type Invocation, isObject } from "./invocation.ts";
import { resourceOfObject } from "./mapping.ts";

/** The objects of `--filename`, each in its namespace; cli-runtime/pkg/resource/visitor.go. */
export function fileObjects(
  call: Invocation,
  { isValidated }: { readonly isValidated: boolean },
): Built {
  const missing = call.list("filename").filter((path) => {
    return path !== "-" && call.around.file(path) === undefined;
  });
  const absent = together(missing.map((path) => failed(`the path ${quote(path)} does not exist`)));
  if (absent !== undefined) return { infos: [], failure: absent };
  const infos: Info[] = [];
  const failures: Failure[] = [];
  for (const path of call.list("filename")) {
    const documents = documentsOf(call, path);
    if (isFailure(documents)) {
      failures.push(documents);
      continue;
    }
    for (const document of documents.flatMap(itemsOf)) {
      const info = infoOf(call, document, path === "-" ? "STDIN" : path, isValidated);
      if (isFailure(info)) failures.push(info);
      else infos.push(info);
    }
  }
  const failure = together(failures);
  return { infos, ...(failure && { failure }) };
}

function documentsOf(call: Invocation, path: string): readonly unknown[] | Failure {
  const text = path === "-" ? call.around.stdin : (call.around.file(path) ?? "");
  const documents = call.around.documents(text);
  if (!("error" in documents)) return documents.filter((one) => one !== null);
  const name = path === "-" ? "STDIN" : path;
  return failed(`error parsing ${name}: ${documents.error}`);
}

/** Lists are opened. */
function itemsOf(document: unknown): readonly unknown[] {
  if (!isFields(document)) return [document];
  const { kind, items } = document;
  const isList = typeof kind === "string" && kind.endsWith("List") && Array.isArray(items);
  return isList ? items : [document];
}

function infoOf(
  call: Invocation,
  document: unknown,
  source: string,
  isValidated: boolean,
): Info | Failure {
  const invalid = isValidated ? schemaMistake(call, document) : undefined;
  if (invalid !== undefined) {
    const advice =
      "if you choose to ignore these errors, turn validation off with --validate=false";
    return failed(
      `error validating ${quote(source)}: error validating data: ${invalid}; ${advice}`,
    );
  }
  const undecoded = decodeMistake(document);
  if (undecoded !== undefined) return failed(`unable to decode ${quote(source)}: ${undecoded}`);
  if (!isFields(document)) return failed(`unable to decode ${quote(source)}`);
  const { metadata } = document;
  const { name = "", namespace = "" } = isFields(metadata) ? metadata : {};
  const [apiVersion, kind] = [String(document["apiVersion"]), String(document["kind"])];
  const resource = resourceOfObject(apiVersion, kind);
  if (resource === undefined) {
    const what = `name: ${quote(String(name))} namespace: ${quote(String(namespace))}`;
    const which = `no matches for kind ${quote(kind)} in version ${quote(apiVersion)}`;
    return failed(
      `resource mapping not found for ${what} from ${quote(source)}: ${which}\nensure CRDs are installed first`,
    );
  }
  if (!resource.isNamespaced) {
    const object: unknown = { ...document, metadata: { ...asFields(metadata) } };
    return infoWith({ resource, namespace: "", name: String(name), source }, object);
  }
  return inNamespace(call, { resource, source, name: String(name) }, document);
}

/** Builder.RequireNamespace, SetNamespace */
function inNamespace(
  call: Invocation,
  about: Pick<Info, "resource" | "source" | "name">,
  document: Readonly<Record<string, unknown>>,
): Info | Failure {
  const metadata = asFields(document["metadata"]);
  const own = typeof metadata["namespace"] === "string" ? metadata["namespace"] : "";
  const { namespace } = call;
  if (own !== "" && own !== namespace && call.has("namespace")) {
    return failed(
      `the namespace from the provided object ${quote(own)} does not match the namespace ${quote(namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    );
  }
  const place = own === "" ? namespace : own;
  const object: unknown = { ...document, metadata: { ...metadata, namespace: place } };
  return infoWith({ ...about, namespace: place }, object);
}

function infoWith(about: Omit<Info, "object">, object: unknown): Info | Failure {
  return isNameless(object) ? { ...about, object } : failed("an object has metadata");
}

/** A name may be missing still. */
function isNameless(object: unknown): object is KubeObject {
  return isObject(object);
}

function asFields(value: unknown): Readonly<Record<string, unknown>> {
  return isFields(value) ? value : {};
}

/** kubectl/pkg/validation/schema.go; what is more is asked of the server. */
function schemaMistake(call: Invocation, document: unknown): string | undefined {
  if (["false", "ignore"].includes(call.flag("validate"))) return undefined;
  if (!isFields(document)) return "unexpected object type: expected an object";
  const { apiVersion, kind } = document;
  const missing = [
    ...(apiVersion === undefined || apiVersion === "" ? ["apiVersion not set"] : []),
    ...(kind === undefined || kind === "" ? ["kind not set"] : []),
  ];
  if (missing.length === 0) return undefined;
  return missing.length === 1 ? missing[0] : `[${missing.join(", ")}]`;
}

/** apimachinery/pkg/apis/meta/v1/unstructured UnstructuredJSONScheme */
function decodeMistake(document: unknown): string | undefined {
  if (!isFields(document)) return "json: cannot unmarshal into Go value";
  const { apiVersion, kind } = document;
  if (kind === undefined || kind === "") {
    return `Object 'Kind' is missing in '${JSON.stringify(document)}'`;
  }
  if (apiVersion !== undefined && apiVersion !== "") return undefined;
  return `Object 'apiVersion' is missing in '${JSON.stringify(document)}'`;
}
