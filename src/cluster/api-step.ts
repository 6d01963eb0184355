import { apiResources } from "../../machines/apiserver/api-resources.ts";
import type { ApiFault } from "../manifest/scenario/faults.ts";
import type { ApiCall, ApiVerb } from "../system/api/call.ts";

/** The call of a step `api`; undefined where its path names nothing that can be asked for. */
export function apiCallOf({ method, path, body }: ApiFault): ApiCall | undefined {
  const found = /^\/apis?\/(.+)$/.exec(path.replaceAll("{ns}", "default"));
  const parts = (found?.[1] ?? "").split("/");
  const group = path.startsWith("/apis/") ? parts.shift() : "";
  const version = parts.shift();
  const isNamespaced = parts[0] === "namespaces" && parts.length > 2;
  const namespace = isNamespaced ? parts[1] : undefined;
  const [plural, name, subresource, ...rest] = isNamespaced ? parts.slice(2) : parts;
  const resource = apiResources.find((one) => {
    return one.resource === plural && one.group === group && one.version === version;
  });
  if (resource === undefined || rest.length > 0 || name?.includes("{") === true) return undefined;
  const isOne = name !== undefined;
  return {
    verb: isOne || method !== "GET" ? verbs[method] : "list",
    resource,
    ...(namespace !== undefined && { namespace }),
    ...(isOne && { name }),
    ...(subresource !== undefined && { subresource }),
    ...(body !== undefined && { body }),
    options: { fieldManager: "kubectl", ...(method === "PATCH" && { patchType: "merge" }) },
  };
}

const verbs: Readonly<Record<ApiFault["method"], ApiVerb>> = {
  GET: "get",
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};
