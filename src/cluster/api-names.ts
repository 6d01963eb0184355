import {
  type ApiResource,
  apiResources,
  opaqueResource,
  resourceOfKind,
} from "../../machines/apiserver/api-resources.ts";
import { kindOfResource, resourceWords } from "../../machines/kubectl/resource-kinds.ts";
import type { Store } from "../store/store.ts";
import { apiVersionOf, storeKindOf } from "../system/api/call.ts";
import { customResources } from "../system/api/custom.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { ApiError } from "./api-error.ts";

/** Which kinds there are besides Kubernetes' own. */
export interface KnownKinds {
  readonly store: Store;
  /** Any kind is kept. */
  readonly isOpaque: boolean;
}

/** The resource that `Pod`, `pods` or `po` names, of that version if it is said. */
export function resourceNamed(word: string, known: KnownKinds, apiVersion?: string): ApiResource {
  const resource = resourceOfKind(kindOfResource(word) ?? word);
  const expected = resource && apiVersionOf(resource);
  if (resource !== undefined && (apiVersion === undefined || apiVersion === expected)) {
    return resource;
  }
  const custom = customNamed(word, known, apiVersion);
  if (custom !== undefined) return custom;
  if (resource === undefined) throw unknownKind(word);
  const other = `expected ${JSON.stringify(expected)}`;
  const message = `no matches for kind "${word}" in version "${apiVersion}": ${other}`;
  throw new ApiError({ code: 404, reason: "NotFound", message });
}

/** Of a definition, or of a kind that is only kept: new ones have a version. */
function customNamed(
  word: string,
  { store, isOpaque }: KnownKinds,
  apiVersion: string | undefined,
): ApiResource | undefined {
  const small = word.toLowerCase();
  const defined = customResources(store).filter((one) => {
    return apiVersion === undefined || apiVersionOf(one) === apiVersion;
  });
  const found = defined.find((one) => isMeant(one, small));
  if (found !== undefined || !isOpaque) return found;
  if (apiVersion !== undefined) return opaqueResource(apiVersion, word);
  const kept = store.kindNames().flatMap((kind) => store.list(kind)[0] ?? []);
  return kept
    .map((object) => opaqueResource(object.apiVersion, object.kind))
    .find((one) => isMeant(one, small) && resourceOfKind(storeKindOf(one)) === undefined);
}

/** `widgets`, `Widget`, `widgets.example.com` or a short name. */
function isMeant({ kind, resource, group, custom }: ApiResource, word: string): boolean {
  const words = [kind.toLowerCase(), resource, `${resource}.${group}`];
  return [...words, ...(custom?.shortNames ?? [])].includes(word);
}

function unknownKind(word: string): ApiError {
  const near = didYouMean(word, resourceWords());
  const known = apiResources.map(({ kind }) => kind).join(", ");
  const hint = near === undefined ? "" : ` ${near}`;
  const advice = "or a kind that a CustomResourceDefinition defines; opaque: true keeps any kind";
  const message = `the server doesn't have a resource type ${JSON.stringify(word)}.${hint} It has ${known}, ${advice}`;
  return new ApiError({ code: 404, message });
}
