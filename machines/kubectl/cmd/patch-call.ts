import type { KubeObject } from "../../api/meta.ts";
import type { Info } from "./built.ts";
import { type Failure, isFailure } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";

/** A merge patch of one object; what a dry run is told nobody keeps. */
export function mergePatch(call: Invocation, info: Info, body: object): Failure | undefined {
  const answer = patched(call, info, body, "application/merge-patch+json");
  return isFailure(answer) ? answer : undefined;
}

export function patched(
  call: Invocation,
  { resource, namespace, name }: Info,
  body: unknown,
  contentType: string,
  subresource = "",
): KubeObject | Failure {
  const below = subresource === "" ? "" : `/${subresource}`;
  const dry = call.flag("dry-run") === "server" ? "?dryRun=All" : "";
  const path = `${pathOf(resource, namespace, name)}${below}${dry}`;
  return call.one({ method: "PATCH", path, body, contentType });
}
