import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, isFailure, together } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { objectName } from "./mapping.ts";
import { dryRunMistake, dryRunNote, outputMistake } from "./output.ts";
import { patched } from "./patch-call.ts";
import { patchMistake, patchOf } from "./patch-text.ts";
import { valueAt } from "./read.ts";

/** kubectl/pkg/cmd/patch/patch.go */
export function patch(call: Invocation): Failure | undefined {
  const mistake = dryRunMistake(call) ?? patchMistake(call) ?? outputMistake(call);
  if (mistake !== undefined) return mistake;
  const read = patchOf(call);
  if (isFailure(read)) return read;
  const { infos, failure } = build(call, call.args, { fetches: false });
  if (failure !== undefined) return failure;
  if (infos.length === 0) return failed("no objects passed to patch");
  const type = call.flag("type").toLowerCase();
  const contentType = `application/${type === "strategic" ? "strategic-merge" : type}-patch+json`;
  const failures = infos.flatMap((info) => {
    const answer = patched(call, info, read.patch, contentType, call.flag("subresource"));
    if (isFailure(answer)) return answer;
    call.say(`${objectName(info.resource, info.name)} patched${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}

/** kubectl/pkg/cmd/scale/scale.go */
export function scale(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  if (call.number("replicas") < 0) {
    return failed(
      "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0",
    );
  }
  if (call.number("current-replicas") < -1) {
    return failed("The --current-replicas must specify an integer of -1 or greater");
  }
  const options = { labelSelector: call.flag("selector"), all: call.isOn("all"), fetches: false };
  const { infos, failure } = build(call, call.args, options);
  if (failure !== undefined) return failure;
  const version = call.flag("resource-version");
  if (version !== "" && infos.length > 1) {
    return failed("cannot use --resource-version with multiple resources");
  }
  if (infos.length === 0) return failed("no objects passed to scale");
  for (const info of infos) {
    const wrong = scaleOne(call, info);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** With a condition what is there is read first. kubectl/pkg/scale ScaleSimple */
function scaleOne(call: Invocation, info: Info): Failure | undefined {
  const { resource, namespace, name } = info;
  const [current, version] = [call.number("current-replicas"), call.flag("resource-version")];
  const fetched = call.get(resource, namespace, name);
  if (isFailure(fetched)) return fetched;
  const path = `${pathOf(resource, namespace, name)}/scale`;
  if (current !== -1 || version !== "") {
    const live = call.one({ method: "GET", path });
    if (isFailure(live)) return live;
    const replicas = Number(valueAt(live, ["spec", "replicas"]) ?? 0);
    const held = live.metadata.resourceVersion ?? "";
    if (current !== -1 && current !== replicas) {
      return failed(`Expected replicas to be ${current}, was ${replicas}`);
    }
    if (version !== "" && version !== held) {
      return failed(`Expected resource version to be ${version}, was ${held}`);
    }
  }
  if (call.flag("dry-run") !== "client") {
    const spec = { replicas: call.number("replicas") };
    const answer = patched(call, info, { spec }, "application/merge-patch+json", "scale");
    if (isFailure(answer)) return answer;
  }
  call.say(`${objectName(resource, name)} scaled${dryRunNote(call)}`);
  return undefined;
}
