import type { AdmissionRefusal } from "../../machines/apiserver/admission-refusal.ts";
import { type FieldError, typeWord } from "../../machines/apiserver/field-error.ts";
import type { ConfigurationError } from "../../machines/kubelet/kubelet-configuration-error.ts";
import type { Issue } from "../yaml/issue.ts";
import { pathText } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { describeNode, textOf, type YamlNode } from "../yaml/node.ts";
import type { ManifestEntry } from "./decode.ts";
import { placeOf, stepsOf } from "./place.ts";
import type { FieldPath } from "./structure.ts";

/** A field that the API server refuses, in its own words, where it stands in the text. */
export function issueOfField(entry: ManifestEntry, error: FieldError): Issue {
  const text = fieldAt(entry, error.field.replace(/^metadata\.taints/, "spec.taints"));
  const supported = [...error.detail.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word);
  const near =
    error.type === "FieldValueNotSupported"
      ? didYouMean(textOf(text.node) ?? "", supported)
      : undefined;
  const words = `Kubernetes says ${JSON.stringify(typeWord(error.type))}`;
  const hint = near === undefined ? words : `${near} ${words}`;
  return { ...wordAt(text, error.badValue), expected: expectation(error), hint };
}

function expectation({ type, detail }: FieldError): string {
  const colon = detail === "" ? "" : `: ${detail}`;
  switch (type) {
    case "FieldValueRequired":
      return `a value${colon}`;
    case "FieldValueForbidden":
      return `nothing here${colon}`;
    case "FieldValueDuplicate":
      return `a value of its own${colon}`;
    case "FieldValueNotFound":
      return `the name of something that is there${colon}`;
    case "FieldValueTooLong":
      return `a shorter value${colon}`;
    case "FieldValueTooMany":
      return `a shorter list${colon}`;
    case "FieldValueNotSupported":
      return detail.replace(/^supported values: /, "one of ");
    case "FieldValueInvalid":
      return `a valid value${colon}`;
  }
}

/** A pod that an admission plugin does not let in. */
export function issueOfAdmission(entry: ManifestEntry, refusal: AdmissionRefusal): Issue {
  const { got } = fieldAt(entry, refusal.field);
  return { ...got, expected: `a pod that may be created: ${refusal.message}`, hint: forbidden };
}

const forbidden = 'Kubernetes says "Forbidden"';

/** A configuration that no kubelet starts with. */
export function issueOfConfiguration(entry: ManifestEntry, error: ConfigurationError): Issue {
  const { got } = fieldAt(entry, error.field);
  return { ...got, expected: `a valid configuration: ${error.message}` };
}

/** Whether a field is, holds or lies in one that was missed: then what is said of it is idle. */
export function tellsOf(missed: readonly FieldPath[], field: string): boolean {
  const steps = stepsOf(field);
  return missed.some((path) => {
    const shorter = Math.min(path.length, steps.length);
    return path.slice(0, shorter).every((step, index) => String(step) === steps[index]);
  });
}

interface FieldText {
  readonly node: YamlNode;
  readonly got: Pick<Issue, "file" | "line" | "column" | "path" | "got">;
}

function fieldAt({ file, node: document, path }: ManifestEntry, field: string): FieldText {
  const { line, column, node, isWritten } = placeOf(document, field);
  const prefix = pathText(path);
  const full = prefix === "" || field === "" ? `${prefix}${field}` : `${prefix}.${field}`;
  const got = isWritten ? describeNode(node) : "nothing";
  return { node, got: { file, line, column, path: full, got } };
}

/** Labels are refused as a whole; the text knows which one is meant. */
function wordAt({ node, got }: FieldText, badValue: unknown): FieldText["got"] {
  if (badValue === undefined) return got;
  const shown = { ...got, got: JSON.stringify(badValue) };
  if (node.kind !== "map") return shown;
  const entry = node.entries.find(
    ({ key, value }) => key === badValue || textOf(value) === badValue,
  );
  const { line, column } = entry?.key === badValue ? entry.keyAt : (entry?.value ?? node);
  return { ...shown, line, column };
}
