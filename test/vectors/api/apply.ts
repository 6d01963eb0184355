import {
  applyManaged,
  type ManagedWrite,
  updateManaged,
} from "../../../machines/apiserver/field-manager.ts";
import { conflictStatus } from "../../../machines/apiserver/field-conflicts.ts";
import { patchObject } from "../../../machines/apiserver/patch.ts";
import { type Fields, isFields, withoutNulls } from "../../../machines/apiserver/patch-value.ts";
import { applyPatch } from "../../../machines/kubectl/patcher.ts";
import { conflictText } from "../../../src/manifest/write.ts";

type Input = ClientInput | ServerInput;

interface ClientInput {
  readonly mode: "client-side";
  readonly current: Fields & { readonly kind: string };
  readonly manifest: Fields;
  readonly overwrite: boolean;
}

interface ServerInput {
  readonly mode: "server-side";
  readonly steps: readonly Step[];
}

interface Step {
  readonly op: "apply" | "update";
  readonly manager: string;
  readonly force?: boolean;
  readonly object: Fields;
}

/** What `kubectl apply` makes of a live object, or what several writers do one after the other. */
export function run(input: Input): unknown {
  return input.mode === "client-side" ? client(input) : server(input);
}

function client({ current, manifest, overwrite }: ClientInput): unknown {
  const made = applyPatch(current, manifest, overwrite);
  if ("error" in made) return { error: made.error };
  if ("conflict" in made) return { error: conflictText(made.conflict) };
  const { patch, type } = made;
  const patched = patchObject(current, patch, type, current.kind);
  const unchanged = Object.keys(patch).length === 0;
  return "error" in patched ? patched : { patch, ...patched, unchanged };
}

function server({ steps }: ServerInput): unknown {
  const { apiVersion, kind } = steps[0]?.object ?? {};
  let live: Fields = { apiVersion, kind };
  const told = steps.map((step) => {
    const made = written(live, step);
    if ("object" in made) live = made.object;
    return { ...shown(live), ...errorOf(made) };
  });
  return { steps: told };
}

function written(live: Fields, { op, object, ...writer }: Step): ManagedWrite {
  const at = { ...writer, time: "2026-01-15T10:00:00Z" };
  return op === "apply" ? applyManaged(live, object, at) : updateManaged(live, object, at);
}

function errorOf(made: ManagedWrite): object {
  if ("error" in made) return { error: made.error };
  return "conflicts" in made ? { error: conflictStatus(made.conflicts).message } : {};
}

/** Without times and versions. */
function shown(object: Fields): object {
  const { metadata } = object;
  const { managedFields = [], ...others } = isFields(metadata) ? metadata : {};
  const live = withoutNulls(isFields(metadata) ? { ...object, metadata: others } : object);
  const entries = Array.isArray(managedFields) ? managedFields : [];
  return {
    live,
    managedFields: entries.map(({ manager, operation, fieldsV1: fields }) => {
      return { manager, operation, fields };
    }),
  };
}
