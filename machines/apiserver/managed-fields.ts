import { compareText } from "../api/compare-text.ts";
import { goJson } from "../api/go-json.ts";
import type { ManagedFieldsEntry } from "../api/meta.ts";
import { type FieldSet, fieldSetOf, fieldsV1Of } from "./field-set.ts";
import { isFields, isList } from "./patch-value.ts";

/** The fields of one manager. */
export interface Managed {
  readonly set: FieldSet;
  readonly apiVersion: string;
  readonly isApplied: boolean;
  readonly time?: string | undefined;
}

/** By identifier, which is what of an entry tells managers apart, as JSON. */
export type Managers = ReadonlyMap<string, Managed>;

type Identity = Pick<ManagedFieldsEntry, "manager" | "operation" | "apiVersion" | "subresource">;

/** Whoever applies is one manager in all versions. BuildManagerIdentifier */
export function managerIdentifier({
  manager,
  operation,
  apiVersion,
  subresource,
}: Identity): string {
  const version = operation === "Apply" ? undefined : apiVersion;
  return JSON.stringify({ manager, operation, apiVersion: version, subresource });
}

export function identityOf(identifier: string): Identity {
  const identity: unknown = JSON.parse(identifier);
  return isFields(identity) ? identity : {};
}

/** Undefined when an entry is not of the form that the API server writes. DecodeManagedFields */
export function decodeManagedFields(entries: unknown): Managers | undefined {
  const managers = new Map<string, Managed>();
  for (const entry of isList(entries) ? entries : []) {
    if (!isEntry(entry)) return undefined;
    const { operation, apiVersion, time, fieldsType, fieldsV1 } = entry;
    if (operation !== "Apply" && operation !== "Update") return undefined;
    if (!apiVersion || fieldsType !== "FieldsV1") return undefined;
    const isApplied = operation === "Apply";
    managers.set(managerIdentifier(entry), {
      set: fieldSetOf(fieldsV1),
      apiVersion,
      isApplied,
      time,
    });
  }
  return managers;
}

function isEntry(entry: unknown): entry is ManagedFieldsEntry {
  return isFields(entry);
}

/** Who applies comes first, then who did it earlier, then by name. sortEncodedManagedFields */
export function encodeManagedFields(managers: Managers): readonly ManagedFieldsEntry[] {
  const entries = [...managers].map(([identifier, { set, apiVersion, isApplied, time }]) => {
    const { manager, operation, subresource } = identityOf(identifier);
    const entry: ManagedFieldsEntry = {
      ...(manager !== undefined && { manager }),
      operation: isApplied ? "Apply" : (operation ?? ""),
      apiVersion,
      ...(time !== undefined && { time }),
      fieldsType: "FieldsV1",
      fieldsV1: fieldsV1Of(set),
      ...(subresource !== undefined && { subresource }),
    };
    return entry;
  });
  return entries.toSorted((one, other) => {
    const order = sortKeys.map((key) => compareText(one[key] ?? "", other[key] ?? ""));
    return order.find((part) => part !== 0) ?? 0;
  });
}

const sortKeys = ["operation", "time", "manager", "apiVersion", "subresource"] as const;

/** `"hpa" using apps/v1`: how a conflict names a manager. conflict.go printManager */
export function managerText(identifier: string): string {
  const { manager = "", operation, apiVersion = "", subresource } = identityOf(identifier);
  const inside = subresource === undefined ? "" : ` with subresource ${goJson(subresource)}`;
  const version = operation === "Update" ? ` using ${apiVersion}` : "";
  return `${goJson(manager)}${inside}${version}`;
}
