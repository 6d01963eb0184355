import { type ApiResource, findResource } from "./api-resources.ts";

/** What a request is about, as its method and path say. endpoints/request RequestInfo */
export interface RequestInfo {
  readonly isResourceRequest: boolean;
  readonly path: string;
  /** `list`, or of another path than a resource's the method in small letters. */
  readonly verb: string;
  readonly apiGroup: string;
  readonly apiVersion: string;
  readonly namespace: string;
  /** The word in the path, known or not. */
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
}

/** requestinfo.go NewRequestInfo */
export function newRequestInfo(method: string, target: string): RequestInfo {
  const [path = "", search = ""] = splitOnce(target, "?");
  const query = queryOf(search);
  const parts = path
    .split("/")
    .filter((part) => part !== "")
    .map(decoded);
  const [root, ...rest] = parts;
  const isCore = root === "api" && rest.length >= 2;
  const isGroup = root === "apis" && rest.length >= 3;
  const other = { isResourceRequest: false, path, verb: method.toLowerCase(), query, ...nothing };
  if (!isCore && !isGroup) return other;
  const [apiGroup = "", apiVersion = "", ...words] = isCore ? ["", ...rest] : rest;
  const about = wordsOf(words);
  const verb = verbOf(method, about.name, query);
  return { isResourceRequest: true, path, query, apiGroup, apiVersion, verb, ...about };
}

/** The resource that is meant, if the server has it. */
export function resourceOfRequest(info: RequestInfo): ApiResource | undefined {
  return findResource(info.apiGroup, info.apiVersion, info.resource);
}

const nothing = {
  apiGroup: "",
  apiVersion: "",
  namespace: "",
  resource: "",
  subresource: "",
  name: "",
};

type About = Pick<RequestInfo, "namespace" | "resource" | "subresource" | "name">;

/** `namespaces/shop/pods/web/log`; of a namespace itself these two are its own subresources. */
function wordsOf(words: readonly string[]): About {
  const [first = "", namespace = "", third = "", ...more] = words;
  const isOwn = third === "" || ["status", "finalize"].includes(third);
  if (first !== "namespaces" || isOwn) {
    const [resource = "", name = "", subresource = ""] = words;
    const isNamespace = resource === "namespaces";
    return { namespace: isNamespace ? name : "", resource, name, subresource };
  }
  const [name = "", subresource = ""] = more;
  return { namespace, resource: third, name, subresource };
}

function verbOf(method: string, name: string, query: RequestInfo["query"]): string {
  switch (method) {
    case "POST":
      return "create";
    case "GET":
    case "HEAD":
      if (query["watch"] === "true" || query["watch"] === "1") return "watch";
      return name === "" ? "list" : "get";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return name === "" ? "deletecollection" : "delete";
    default:
      return "";
  }
}

function queryOf(search: string): Readonly<Record<string, string>> {
  const pairs = search.split("&").filter((pair) => pair !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = "", value = ""] = splitOnce(pair, "=");
      return [decoded(key.replaceAll("+", " ")), decoded(value.replaceAll("+", " "))];
    }),
  );
}

function splitOnce(text: string, at: string): readonly string[] {
  const place = text.indexOf(at);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
