import type { KubeObject } from "../../machines/api/meta.ts";
import { type Fields, isFields } from "../../machines/apiserver/patch-value.ts";
import { getModifiedConfiguration } from "../../machines/kubectl/last-applied.ts";
import { applyPatch } from "../../machines/kubectl/patcher.ts";
import { entriesOf, type ManifestEntry } from "../manifest/decode.ts";
import { conflictText } from "../manifest/write.ts";
import type { ApiCall } from "../system/api/call.ts";
import { formatIssue } from "../yaml/issue.ts";
import { valueOf } from "../yaml/node.ts";
import { readYaml } from "../yaml/read.ts";
import { ApiError } from "./api-error.ts";
import type { ApplyOptions } from "./call-options.ts";

/** An object to be applied, and where it stands if it was read from a text. */
export interface AppliedEntry {
  readonly object: Fields;
  readonly place?: ManifestEntry;
}

/** The objects of a text, or those that are given. */
export function entriesIn(
  manifest: string | object | readonly object[],
  file = "manifest",
): readonly AppliedEntry[] {
  if (typeof manifest !== "string")
    return [manifest].flat().map((object) => ({ object: { ...object } }));
  const { documents, issues } = readYaml(manifest, file, "1.1");
  if (issues.length > 0) {
    throw new ApiError({ code: 400, message: issues.map(formatIssue).join("\n") });
  }
  return entriesOf(documents, file).map((place) => {
    const object: unknown = valueOf(place.node);
    return { object: isFields(object) ? object : {}, place };
  });
}

interface Entry extends AppliedEntry {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly known: KubeObject | undefined;
}

/** kubectl/pkg/cmd/apply/apply.go applyOneObject */
export function applyEntry(
  { object, namespace, name, known }: Entry,
  { serverSide = false, force = false, fieldManager, dryRun = false }: ApplyOptions,
  send: (call: Omit<ApiCall, "resource" | "namespace">) => KubeObject,
): KubeObject {
  const metadata = isFields(object["metadata"]) ? object["metadata"] : {};
  const manifest = { ...object, metadata: { ...metadata, ...(namespace && { namespace }) } };
  if (serverSide) {
    const how = {
      patchType: "apply",
      fieldManager: fieldManager ?? "kubectl",
      force,
      dryRun,
    } as const;
    return send({ verb: "patch", name, body: manifest, options: how });
  }
  const options = { fieldManager: fieldManager ?? "kubectl-client-side-apply", dryRun };
  if (known === undefined) {
    return send({ verb: "create", body: getModifiedConfiguration(manifest), options });
  }
  const made = applyPatch({ ...known }, manifest);
  if ("patch" in made) {
    if (Object.keys(made.patch).length === 0) return known;
    const how = { ...options, patchType: made.type };
    return send({ verb: "patch", name, body: made.patch, options: how });
  }
  const message = "conflict" in made ? conflictText(made.conflict) : made.error;
  throw new ApiError({ code: 409, message });
}
