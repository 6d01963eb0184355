import { fieldsMatch, parseFieldSelector } from "../../../machines/api/field-selector.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import { parseSelector } from "../../../machines/api/parse-selector.ts";
import {
  type ApiStatus,
  newBadRequest,
  newExpired,
  newNotFound,
  newTooLargeVersion,
} from "../../../machines/apiserver/api-status.ts";
import { decodeContinue, encodeContinue } from "../../../machines/apiserver/continue-token.ts";
import {
  convertFieldSelector,
  toSelectableFields,
} from "../../../machines/apiserver/selectable-fields.ts";
import type { Selection } from "../../store/selection.ts";
import { keyOf } from "../../store/store.ts";
import {
  type ApiAnswer,
  type ApiCall,
  type ApiContext,
  apiVersionOf,
  type CallOptions,
  keyOfCall,
  type ObjectList,
  refuse,
  storeKindOf,
} from "./call.ts";

/** The object that a call names. */
export function known({ store }: ApiContext, call: ApiCall): KubeObject | undefined {
  return store.get(storeKindOf(call.resource), keyOfCall(call));
}

export function notFound({ resource, name = "" }: ApiCall): ApiStatus {
  return newNotFound(resource, name);
}

export function get(context: ApiContext, call: ApiCall): ApiAnswer {
  const object = known(context, call);
  return object === undefined ? refuse(notFound(call), "reading") : { code: 200, object };
}

/** Which objects a call's selectors mean. */
export interface Wanted extends Selection {
  readonly matches: (object: KubeObject) => boolean;
}

/** What is selected, or why the selectors are none. */
export function wantedBy({ resource, namespace, options = {} }: ApiCall): Wanted | ApiStatus {
  const { labelSelector = "", fieldSelector = "" } = options;
  const labels = parseSelector(labelSelector);
  if ("error" in labels) return newBadRequest(labels.error);
  const parsed = parseFieldSelector(fieldSelector);
  if ("error" in parsed) return newBadRequest(parsed.error);
  const fields = convertFieldSelector(resource.kind, parsed);
  if ("error" in fields) return newBadRequest(fields.error);
  const matches = (object: KubeObject) => fieldsMatch(fields, toSelectableFields(object));
  const hasFields = fields.requirements.length > 0;
  return { namespace, labels: labels.requirements, matches: hasFields ? matches : everything };
}

function everything(): boolean {
  return true;
}

/** A page of the objects in order of their keys; all pages show one revision. */
export function list(context: ApiContext, call: ApiCall): ApiAnswer {
  const { store } = context;
  const wanted = wantedBy(call);
  if ("code" in wanted) return refuse(wanted, "reading");
  const { options = {}, resource } = call;
  const from = startOf(options, store.revision);
  if ("code" in from) return refuse(from, "reading");
  const found = store.at(storeKindOf(resource), from.revision, wanted);
  if ("compacted" in found) return refuse(expiredList(options, from.key), "reading");
  const rest = found.filter((object) => keyOf(object) > from.key && wanted.matches(object));
  return { code: 200, object: pageOf(call, rest, from.revision) };
}

function pageOf(
  { resource, options = {} }: ApiCall,
  rest: readonly KubeObject[],
  revision: number,
): ObjectList {
  const { limit = 0, labelSelector = "", fieldSelector = "" } = options;
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const last = items.at(-1);
  const more = rest.length - items.length;
  const isCounted = labelSelector === "" && fieldSelector === "";
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: String(revision),
      ...(more > 0 && last && { continue: encodeContinue({ key: keyOf(last), revision }) }),
      ...(more > 0 && isCounted && { remainingItemCount: more }),
    },
    items,
  };
}

interface Start {
  readonly key: string;
  readonly revision: number;
}

/** Where and at which revision a list begins. */
function startOf(options: CallOptions, now: number): Start | ApiStatus {
  const { continue: token = "", resourceVersion = "", resourceVersionMatch = "" } = options;
  if (token !== "") {
    if (resourceVersion !== "" && resourceVersion !== "0") {
      return newBadRequest("specifying resource version is not allowed when using continue");
    }
    const decoded = decodeContinue(token);
    if ("error" in decoded) return newBadRequest(`invalid continue token: ${decoded.error}`);
    return { key: decoded.key, revision: decoded.revision < 0 ? now : decoded.revision };
  }
  if (!/^\d{0,15}$/.test(resourceVersion)) return newBadRequest(notANumber(resourceVersion));
  const revision = Number(resourceVersion);
  if (revision > now) return newTooLargeVersion(revision, now);
  return { key: "", revision: resourceVersionMatch === "Exact" ? revision : now };
}

function notANumber(text: string): string {
  return `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
}

/** apiserver/pkg/storage/etcd3/errors.go handleCompactedErrorForPaging */
function expiredList({ continue: token = "" }: CallOptions, key: string): ApiStatus {
  if (token === "") return newExpired("The resourceVersion for the provided list is too old.");
  const status = newExpired(expiredContinue);
  return { ...status, continue: encodeContinue({ key, revision: -1 }) };
}

const expiredContinue =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";
