import { goJson } from "../../machines/api/go-json.ts";
import { addSourceToErr } from "../../machines/api/kubectl-error.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { type ApiStatus, resourceOf } from "../../machines/apiserver/api-status.ts";
import type { Fields } from "../../machines/apiserver/patch-value.ts";
import {
  getModifiedConfiguration,
  getOriginalConfiguration,
  lastAppliedConfigAnnotation,
  lastAppliedOf,
} from "../../machines/kubectl/last-applied.ts";
import { applyPatch } from "../../machines/kubectl/patcher.ts";
import { extended } from "../../machines/extended.ts";
import { conflictText } from "../manifest/write.ts";
import { keyOf, storedKind } from "../store/store.ts";
import type { KubeWorld } from "../system/world.ts";
import type { ApiRequest } from "./api-request.ts";
import { applyServerSide } from "./api-server-side-apply.ts";
import type { ApplyRefusal } from "./apply-refusal.ts";
import { create, write } from "./api-writes.ts";

/**
 * `kubectl apply`: creates what is not there, and else asks for what is other than in the manifest.
 * kubectl/pkg/cmd/apply/apply.go applyOneObject
 */
export function apply(
  world: KubeWorld,
  request: ApiRequest,
  now: number,
): ApplyRefusal | undefined {
  const { object, manifest, source = "" } = request;
  if (object === undefined) return undefined;
  const known = world.store.get(storedKind(object), keyOf(object));
  if (manifest === undefined) {
    return known === undefined ? create(world, request, now) : merged(world, known, object, now);
  }
  if (request.serverSide !== undefined) {
    return applyServerSide(world, { ...request, object, manifest }, known, now);
  }
  if (known === undefined) {
    const refused = create(world, { object: applied(object, manifest) }, now);
    return refused && addSourceToErr("creating", source, refused);
  }
  const made = applyPatch({ ...known }, manifest, request.overwrite);
  if ("patch" in made) {
    const { patch, type: patchType } = made;
    if (Object.keys(patch).length === 0) return undefined;
    const refused = write(world, known, { ...request, patch, patchType }, now);
    if (refused === undefined) return undefined;
    return whileDoing(doing(known, goJson(patch)), source, refused);
  }
  const why = "conflict" in made ? conflictText(made.conflict) : made.error;
  const message = creatingText(known, manifest) + why;
  return { error: whileDoing(doing(known, ""), source, { message }).message };
}

/** kubectl says twice what it was about. */
function whileDoing<Status extends { readonly message: string }>(
  verb: string,
  source: string,
  status: Status,
): Status {
  return addSourceToErr(verb, source, addSourceToErr("patching", source, status));
}

/** kubectl/pkg/cmd/apply/patcher.go createPatchErrFormat */
function creatingText(known: KubeObject, manifest: Fields): string {
  const original = getOriginalConfiguration({ ...known }) ?? "";
  const [modified, current] = [getModifiedConfiguration(manifest), known].map(goJson);
  const texts = `original:\n${original}\nmodified:\n${modified}\n\ncurrent:\n${current}\n`;
  return `creating patch with:\n${texts}\nfor: `;
}

/** Of an object that nobody wrote down changes what the other says, and nothing is remembered. */
function merged(
  world: KubeWorld,
  known: KubeObject,
  object: KubeObject,
  now: number,
): ApiStatus | undefined {
  const { labels = {}, annotations = {} } = object.metadata;
  const declared = Object.entries(object).filter(([field]) => field !== "status");
  const patch = { ...Object.fromEntries(declared), metadata: { labels, annotations } };
  return write(world, known, { patch, patchType: "merge" }, now);
}

/** Remembers what it was made of. */
function applied(object: KubeObject, manifest: Fields): KubeObject {
  const { metadata } = object;
  const text = lastAppliedOf(manifest);
  const annotations = { ...metadata.annotations, [lastAppliedConfigAnnotation]: text };
  return { ...object, metadata: extended(metadata, { annotations }) };
}

/** What kubectl says it was about; cli-runtime/pkg/resource Info.String. */
function doing({ apiVersion, kind, metadata }: KubeObject, patch: string): string {
  const { group, resource } = resourceOf(kind);
  const version = `${group}/${apiVersion.slice(apiVersion.indexOf("/") + 1)}`;
  const mapping = `Resource: "${version}, Resource=${resource}"`;
  const kinds = `GroupVersionKind: "${version}, Kind=${kind}"`;
  const { name, namespace = "" } = metadata;
  const names = `Name: "${name}", Namespace: "${namespace}"`;
  return `applying patch:\n${patch}\nto:\n${mapping}, ${kinds}\n${names}\nfor:`;
}
