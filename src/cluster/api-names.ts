import {
  type ApiResource,
  apiResources,
  resourceOfKind,
} from "../../machines/apiserver/api-resources.ts";
import { kindOfResource, resourceWords } from "../../machines/kubectl/resource-kinds.ts";
import { apiVersionOf } from "../system/api/call.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { ApiError } from "./api-error.ts";

/** The resource that `Pod`, `pods` or `po` names, of that version if it is said. */
export function resourceNamed(word: string, apiVersion?: string): ApiResource {
  const resource = resourceOfKind(kindOfResource(word) ?? word);
  if (resource === undefined) throw unknownKind(word);
  const expected = apiVersionOf(resource);
  if (apiVersion === undefined || apiVersion === expected) return resource;
  const known = `expected ${JSON.stringify(expected)}`;
  const message = `no matches for kind "${word}" in version "${apiVersion}": ${known}`;
  throw new ApiError({ code: 404, reason: "NotFound", message });
}

function unknownKind(word: string): ApiError {
  const near = didYouMean(word, resourceWords());
  const known = apiResources.map(({ kind }) => kind).join(", ");
  const hint = near === undefined ? "" : ` ${near}`;
  const message = `the server doesn't have a resource type ${JSON.stringify(word)}.${hint} It has ${known}`;
  return new ApiError({ code: 404, message });
}
