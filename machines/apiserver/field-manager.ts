import { type FieldSet, difference, fieldSet } from "./field-set.ts";
import { typeOf } from "./field-type.ts";
import { applyTyped, type Conflicts, type Owned, updateTyped } from "./field-updater.ts";
import { allowedConflicts, withLastApplied } from "./last-applied-manager.ts";
import {
  decodeManagedFields,
  encodeManagedFields,
  type Managed,
  managerIdentifier,
  type Managers,
} from "./managed-fields.ts";
import { type Fields, isFields, isList } from "./patch-value.ts";
import { validateTyped } from "./typed-validate.ts";

/** Who writes an object, and when. */
export interface FieldWriter {
  readonly manager: string;
  /** RFC 3339 */
  readonly time?: string;
  /** Takes fields that others have. */
  readonly force?: boolean;
}

/** What came of a write: the object with its managedFields, or why there is none. */
export type ManagedWrite =
  | { readonly object: Fields }
  | { readonly conflicts: Conflicts }
  | { readonly error: string; readonly code: number };

/**
 * Server-side apply. apimachinery/pkg/util/managedfields FieldManager.Apply
 *
 * @param live the object as it is; of one that is not there yet its apiVersion and kind
 */
export function applyManaged(live: Fields, applied: Fields, writer: FieldWriter): ManagedWrite {
  const managers = decodeManagedFields(metadataOf(live)["managedFields"]);
  if (managers === undefined) return { error: "failed to decode managed fields", code: 500 };
  const owned = { value: withoutManagedFields(live), managers };
  const made = applyAs(owned, applied, writer);
  if ("conflicts" in made || "error" in made) return made;
  const object = encoded(made);
  return { object: writer.manager === "kubectl" ? withLastApplied(object, applied) : object };
}

/** kubectl may take what it applied on the client's side. NewLastAppliedManager */
function applyAs(
  owned: Owned,
  applied: Fields,
  writer: FieldWriter,
): Owned | Exclude<ManagedWrite, { readonly object: Fields }> {
  const made = applyTracked(owned, applied, writer);
  if (!("conflicts" in made) || writer.manager !== "kubectl") return made;
  const allowed = allowedConflicts(owned.value);
  if (allowed === undefined) return made;
  const left = [...made.conflicts].map(([name, set]) => [name, difference(set, allowed)] as const);
  const conflicts = new Map(left.filter(([, set]) => set.size > 0));
  if (conflicts.size > 0) return { conflicts };
  return applyTracked(owned, applied, { ...writer, force: true });
}

/** What nobody is known to have belongs to who was there before. NewSkipNonAppliedManager */
function applyTracked(
  owned: Owned,
  applied: Fields,
  { manager, time, force = false }: FieldWriter,
): Owned | Exclude<ManagedWrite, { readonly object: Fields }> {
  const { apiVersion = "", kind = "", metadata } = applied;
  const refused = refusal(applied, metadata);
  if (refused !== undefined) return refused;
  const first = { manager: "before-first-apply", ...(time !== undefined && { time }) };
  const live = owned.managers.size > 0 ? owned : tracked({ apiVersion, kind }, owned.value, first);
  const [type, identifier] = [typeOf(applied), managerIdentifier({ manager, operation: "Apply" })];
  const applier = { type, manager: identifier, apiVersion: String(apiVersion), force };
  const made = applyTyped(live, applied, applier);
  if ("conflicts" in made) return made;
  const managers = withoutMeta(made.managers, identifier);
  const own = managers.get(identifier);
  if (made.value === live.value || own === undefined) return { ...made, managers };
  return { ...made, managers: new Map([...managers, [identifier, { ...own, time }]]) };
}

function refusal(applied: Fields, metadata: unknown) {
  if (isFields(metadata) && isList(metadata["managedFields"])) {
    return { error: "metadata.managedFields must be nil", code: 400 };
  }
  const wrong = validateTyped(applied, typeOf(applied), { allowsDuplicates: false });
  if (wrong === undefined) return undefined;
  return {
    error: `failed to create typed patch object (${nameText(applied)}): ${wrong}`,
    code: 500,
  };
}

/**
 * A write that is no apply: what changes belongs to who writes. An object whose fields nobody
 * is known to have stays so. FieldManager.Update
 */
export function updateManaged(live: Fields, after: Fields, writer: FieldWriter): ManagedWrite {
  const owned = { value: withoutManagedFields(live), managers: managersFor(live, after) };
  const value = withoutManagedFields(after);
  const isKnown = owned.managers.size > 0 || !metadataOf(live)["uid"];
  if (!isKnown) return { object: value };
  for (const [name, object] of [["new", value] as const, ["live", owned.value] as const]) {
    const wrong = validateTyped(object, typeOf(object), { allowsDuplicates: true });
    const text = `failed to convert ${name} object (${nameText(object)}) to smd typed: ${wrong}`;
    if (wrong !== undefined) return { error: text, code: 500 };
  }
  return { object: encoded(trackedBy(owned, value, writer)) };
}

function tracked(live: Fields, after: unknown, writer: FieldWriter): Owned {
  const value = isFields(after) ? after : {};
  return trackedBy({ value: live, managers: new Map() }, value, writer);
}

/** NewManagedFieldsUpdater: what is changed now is added to what the manager had. */
function trackedBy(owned: Owned, value: Fields, { manager, time }: FieldWriter): Owned {
  const apiVersion = String(value["apiVersion"]);
  const now = "current-operation";
  const type = typeOf(value);
  const all = withoutMeta(updateTyped(owned, value, { type, manager: now, apiVersion }), now);
  const managers = new Map(all);
  const changed = managers.get(now);
  managers.delete(now);
  if (changed !== undefined) {
    const identifier = managerIdentifier({ manager, operation: "Update", apiVersion });
    const set = new Map([...(managers.get(identifier)?.set ?? []), ...changed.set]);
    managers.set(identifier, { ...changed, set, time });
  }
  return { value, managers };
}

/** A client may write them itself, or begin anew with an empty list. decodeLiveOrNew */
function managersFor(live: Fields, after: Fields): Managers {
  const { managedFields: given } = metadataOf(after);
  const isReset =
    isList(given) && given.every((one) => isFields(one) && Object.keys(one).length === 0);
  if (isReset && given.length <= 1) return new Map();
  const own = decodeManagedFields(given);
  if (own !== undefined && own.size > 0) return own;
  return decodeManagedFields(metadataOf(live)["managedFields"]) ?? new Map<string, Managed>();
}

/** Nobody has an object's identity. NewStripMetaManager */
function withoutMeta(managers: Managers, manager: string): Managers {
  const managed = managers.get(manager);
  if (managed === undefined) return managers;
  const kept = new Map(managers);
  const set = difference(managed.set, stripped);
  if (set.size > 0) kept.set(manager, { ...managed, set });
  else kept.delete(manager);
  return kept;
}

const stripped: FieldSet = fieldSet([
  ...["apiVersion", "kind", "metadata"].map((field) => [`f:${field}`]),
  ...(
    "name namespace creationTimestamp selfLink uid clusterName generation managedFields " +
    "resourceVersion"
  )
    .split(" ")
    .map((field) => ["f:metadata", `f:${field}`]),
]);

function encoded({ value, managers }: Owned): Fields {
  const object = isFields(value) ? value : {};
  if (managers.size === 0) return object;
  const managedFields = encodeManagedFields(managers);
  return { ...object, metadata: { ...metadataOf(object), managedFields } };
}

function withoutManagedFields(object: Fields): Fields {
  const { managedFields, ...metadata } = metadataOf(object);
  return managedFields === undefined ? object : { ...object, metadata };
}

function metadataOf({ metadata }: Fields): Fields {
  return isFields(metadata) ? metadata : {};
}

/** `default/web; /v1, Kind=Pod` */
function nameText(object: Fields): string {
  const { namespace = "", name = "" } = metadataOf(object);
  const { apiVersion, kind } = object;
  const version = String(apiVersion).includes("/") ? String(apiVersion) : `/${String(apiVersion)}`;
  return `${String(namespace)}/${String(name)}; ${version}, Kind=${String(kind)}`;
}
