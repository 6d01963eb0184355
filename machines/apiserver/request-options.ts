import type { ApiStatus } from "./api-status.ts";
import { type FieldError, forbidden, notSupported, tooLong } from "./field-error.ts";
import { newInvalid } from "./invalid-status.ts";

type Query = Readonly<Record<string, string>>;

/**
 * Why the options of a request are wrong, whatever it is about.
 * apimachinery/pkg/apis/meta/v1/validation, apimachinery/pkg/apis/meta/internalversion/validation
 */
export function optionsRefusal(verb: string, query: Query): ApiStatus | undefined {
  const kind = kinds[verb];
  if (kind === undefined) return undefined;
  const errors = kind === "ListOptions" ? listErrors(query) : writeErrors(query);
  if (errors.length === 0) return undefined;
  const options = { apiVersion: "meta.k8s.io/v1", kind, metadata: { name: "" } };
  const { causes, ...status } = newInvalid(options, errors);
  return { ...status, details: { group: "meta.k8s.io", kind, causes } };
}

const kinds: Readonly<Record<string, string>> = {
  create: "CreateOptions",
  update: "UpdateOptions",
  patch: "PatchOptions",
  list: "ListOptions",
};

const mostManagerBytes = 128;

function writeErrors({ dryRun, fieldManager = "", fieldValidation }: Query): readonly FieldError[] {
  const words = ["", "Ignore", "Strict", "Warn"];
  return [
    ...(dryRun === undefined || dryRun === "All"
      ? []
      : [notSupported("dryRun", [dryRun], ["All"])]),
    ...(fieldManager.length > mostManagerBytes ? [tooLong("fieldManager", mostManagerBytes)] : []),
    ...(fieldValidation === undefined || words.includes(fieldValidation)
      ? []
      : [notSupported("fieldValidation", fieldValidation, words)]),
  ];
}

/** ValidateListOptions */
function listErrors(query: Query): readonly FieldError[] {
  const { resourceVersionMatch: match, resourceVersion = "", sendInitialEvents } = query;
  const errors: FieldError[] = [];
  const refuse = (why: string) => errors.push(forbidden("resourceVersionMatch", why));
  if (match) {
    if (resourceVersion === "") {
      refuse("resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (query["continue"]) {
      refuse("resourceVersionMatch is forbidden when continue is provided");
    }
    const words = ["Exact", "NotOlderThan", ""];
    if (!words.includes(match)) errors.push(notSupported("resourceVersionMatch", match, words));
    if (match === "Exact" && resourceVersion === "0") {
      refuse('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
    }
  }
  if (sendInitialEvents !== undefined) {
    errors.push(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
  }
  return errors;
}
