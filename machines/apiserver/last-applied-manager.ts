import { getOriginalConfiguration, lastAppliedConfigAnnotation } from "../kubectl/last-applied.ts";
import { goJson } from "../api/go-json.ts";
import { difference, type FieldSet } from "./field-set.ts";
import { typeOf } from "./field-type.ts";
import { type Fields, isFields } from "./patch-value.ts";
import { compareTyped } from "./typed-compare.ts";
import { validateTyped } from "./typed-validate.ts";
import { toFieldSet } from "./typed-value.ts";

/**
 * The fields that kubectl applied on the client's side and nobody changed since; undefined when
 * that cannot be told. managedfields/internal/lastappliedmanager.go
 */
export function allowedConflicts(live: unknown): FieldSet | undefined {
  const text = isFields(live) ? getOriginalConfiguration(live) : undefined;
  const last = text === undefined ? undefined : parsed(text);
  if (!isFields(live) || last === undefined) return undefined;
  if (last["apiVersion"] !== live["apiVersion"]) return undefined;
  const [type, strictly] = [typeOf(live), { allowsDuplicates: false }];
  const wrong = [live, last].find((one) => validateTyped(one, type, strictly) !== undefined);
  if (wrong !== undefined || typeOf(last) !== type) return undefined;
  const { modified, added, removed } = compareTyped(last, live, type);
  return [modified, added, removed].reduce(difference, toFieldSet(last, type));
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The client's annotation keeps up with what kubectl applies. lastappliedupdater.go */
export function withLastApplied(object: Fields, applied: Fields): Fields {
  if (!getOriginalConfiguration(object)) return object;
  const { metadata } = object;
  const { annotations } = isFields(metadata) ? metadata : {};
  const last = `${goJson(withoutAnnotation(applied))}\n`;
  const known = isFields(annotations) ? annotations : {};
  const changed = { ...known, [lastAppliedConfigAnnotation]: last };
  return { ...object, metadata: { ...(isFields(metadata) && metadata), annotations: changed } };
}

function withoutAnnotation(object: Fields): Fields {
  const { metadata } = object;
  if (!isFields(metadata) || !isFields(metadata["annotations"])) return object;
  const { [lastAppliedConfigAnnotation]: _, ...annotations } = metadata["annotations"];
  return { ...object, metadata: { ...metadata, annotations } };
}
