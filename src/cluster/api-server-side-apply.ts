import type { KubeObject } from "../../machines/api/meta.ts";
import { conflictStatus } from "../../machines/apiserver/field-conflicts.ts";
import { applyManaged } from "../../machines/apiserver/field-manager.ts";
import { type Fields, isFields, withoutNulls } from "../../machines/apiserver/patch-value.ts";
import { extended } from "../../machines/extended.ts";
import type { KubeWorld } from "../system/world.ts";
import type { ApiRequest } from "./api-request.ts";
import { create, put } from "./api-writes.ts";
import type { ApplyRefusal } from "./apply-refusal.ts";

/**
 * `kubectl apply --server-side`: a manager says which fields it wants, and has them from then on.
 * apiserver/pkg/endpoints/handlers/patch.go applyPatcher
 */
export function applyServerSide(
  world: KubeWorld,
  request: ApiRequest & { readonly object: KubeObject; readonly manifest: Fields },
  known: KubeObject | undefined,
  now: number,
): ApplyRefusal | undefined {
  const { object, manifest, fieldManager: manager = "kubectl", serverSide } = request;
  const { apiVersion, kind } = object;
  const writer = { manager, time: world.time(now), force: serverSide?.force ?? false };
  const made = applyManaged({ ...(known ?? { apiVersion, kind }) }, manifest, writer);
  if ("conflicts" in made) return { error: conflictStatus(made.conflicts).message + advice };
  if ("error" in made) {
    const reason = made.code === 400 ? { reason: "BadRequest" } : {};
    return { code: made.code, ...reason, message: made.error };
  }
  if (known !== undefined) return put(world, known, withoutGone(made.object), request, now);
  const { metadata } = object;
  const managedFields = managedFieldsIn(made.object);
  return create(world, { object: { ...object, metadata: extended(metadata, managedFields) } }, now);
}

/** A map or list of which nothing is left is null; a status has such fields of its own. */
function withoutGone(object: Fields): unknown {
  const { status, ...others } = object;
  const kept = withoutNulls(others);
  return status === undefined || !isFields(kept) ? kept : { ...kept, status };
}

function managedFieldsIn({ metadata }: Fields): Pick<KubeObject["metadata"], "managedFields"> {
  const { managedFields } = isFields(metadata) ? metadata : {};
  return Array.isArray(managedFields) ? { managedFields } : {};
}

/** kubectl/pkg/cmd/apply/apply.go applyOneObject */
const advice = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;
