import { isKind } from "../../api/objects.ts";
import { quote } from "../../api/quote.ts";
import { rolloutStatus } from "../rollout-status.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, isFailure, together } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { groupKind, groupResource, objectName } from "./mapping.ts";
import { dryRunMistake, dryRunNote } from "./output.ts";
import { mergePatch } from "./patch-call.ts";
import { hasFiles, valueAt } from "./read.ts";
import { revisionsOf, undoMistake } from "./revisions.ts";

/** kubectl/pkg/cmd/rollout */
export const rolloutCommands = { status, history, undo, pause, resume, restart };

function named(call: Invocation): { readonly infos: readonly Info[] } | Failure {
  const isEmpty = call.args.length === 0 && !hasFiles(call);
  if (isEmpty) return failed("required resource not specified");
  const built = build(call, call.args, {
    labelSelector: call.flag("selector"),
    allowsTypeAlone: true,
  });
  return built.failure ?? built;
}

const restartable = ["Deployment", "DaemonSet", "StatefulSet"];

/** kubectl/pkg/polymorphichelpers/objectpauser.go, objectresumer.go, objectrestarter.go */
function pause(call: Invocation): Failure | undefined {
  return changed(call, ["Deployment"], "pausing", "paused", (info) => {
    if (valueAt(info.object, ["spec", "paused"]) === true) return "already paused";
    return { paused: true };
  });
}

export function resume(call: Invocation): Failure | undefined {
  return changed(call, ["Deployment"], "resuming", "resumed", (info) => {
    return valueAt(info.object, ["spec", "paused"]) === true ? { paused: null } : "not paused";
  });
}

function restart(call: Invocation): Failure | undefined {
  return changed(call, restartable, "restarting", "restarted", (info) => {
    if (valueAt(info.object, ["spec", "paused"]) === true) return pausedText;
    const annotations = { "kubectl.kubernetes.io/restartedAt": call.around.now };
    return { template: { metadata: { annotations } } };
  });
}

const pausedText = "can't restart paused deployment (run rollout resume first)";

function changed(
  call: Invocation,
  kinds: readonly string[],
  doing: string,
  done: string,
  specOf: (info: Info) => object | string,
): Failure | undefined {
  const found = named(call);
  if (isFailure(found)) return found;
  const failures = found.infos.flatMap((info) => {
    const { resource, name } = info;
    const what = `${groupResource(resource)} ${quote(name)}`;
    if (!kinds.includes(resource.kind)) return failed(`${what} ${doing} is not supported`);
    const spec = specOf(info);
    if (spec === pausedText) return failed(`${what} ${pausedText}`);
    if (typeof spec === "string") return failed(`${what} is ${spec}`);
    const refused = mergePatch(call, info, { spec });
    if (refused !== undefined) return refused;
    call.say(`${objectName(resource, name)} ${done}`);
    return [];
  });
  if (found.infos.length === 0) return failed("no objects passed to rollout");
  return together(failures);
}

/** kubectl/pkg/cmd/rollout/rollout_status.go; nothing goes on while it waits. */
function status(call: Invocation): Failure | undefined {
  if (call.args.length === 0 && !hasFiles(call)) return failed("required resource not specified");
  const revision = call.number("revision");
  if (revision < 0) return failed(`revision must be a positive integer: ${revision}`);
  const found = named(call);
  if (isFailure(found)) return found;
  for (const { resource, object } of found.infos) {
    const isKnown =
      object !== undefined &&
      (isKind(object, "Deployment") ||
        isKind(object, "DaemonSet") ||
        isKind(object, "StatefulSet"));
    if (!isKnown) {
      return failed(`no status viewer has been implemented for ${groupKind(resource)}`);
    }
    const { message, done, error } = statusOf(object, revision);
    if (error !== null) return failed(error);
    call.stdout += message;
    if (!done && call.isOn("watch")) return failed("timed out waiting for the condition");
  }
  return undefined;
}

/** A stored object is whole. */
function statusOf(object: object, revision: number) {
  const whole: Parameters<typeof rolloutStatus>[0] = { ...emptyWorkload, ...object };
  return rolloutStatus(whole, revision);
}

const emptyWorkload = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "" },
  spec: { selector: {}, template: { spec: { containers: [] } } },
} as const;

const viewed = ["Deployment", "DaemonSet", "StatefulSet"];

/** kubectl/pkg/polymorphichelpers/history.go */
export function history(call: Invocation): Failure | undefined {
  if (call.args.length === 0 && !hasFiles(call)) return failed("required resource not specified");
  const revision = call.number("revision");
  if (revision < 0) return failed(`revision must be a positive integer: ${revision}`);
  const found = named(call);
  if (isFailure(found)) return found;
  for (const info of found.infos) {
    const { resource, name } = info;
    if (!viewed.includes(resource.kind)) return notViewed(info);
    const revisions = revisionsOf(call, info);
    if (isFailure(revisions)) return revisions;
    if (revision > 0 && !revisions.has(revision)) {
      return failed(`unable to find the specified revision`);
    }
    call.say(`${objectName(resource, name)} `);
    const rows = [...revisions.keys()].toSorted((one, other) => one - other);
    call.say(["REVISION  CHANGE-CAUSE", ...rows.map((one) => `${one}         <none>`)].join("\n"));
  }
  return undefined;
}

/** Kinds with pods in their template have a history in other commands only. */
function notViewed({ resource }: Info): Failure {
  const kind = groupKind(resource);
  const hasVisitor = ["Pod", "ReplicaSet", "ReplicationController", "Job", "CronJob"];
  return hasVisitor.includes(resource.kind)
    ? failed(`no history viewer has been implemented for ${quote(kind)}`)
    : failed(
        `error retrieving history for ${quote(kind)}, no visitor method exists for {${resource.group} ${resource.kind}}`,
      );
}

/** kubectl/pkg/polymorphichelpers/rollback.go */
function undo(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call);
  if (early !== undefined) return early;
  const found = named(call);
  if (isFailure(found)) return found;
  const to = call.number("to-revision");
  const failures = found.infos.flatMap((info) => {
    const { resource, name } = info;
    if (!viewed.includes(resource.kind)) {
      return failed(`no rollbacker has been implemented for ${quote(groupKind(resource))}`);
    }
    const refusal = undoMistake(call, info, to);
    if (refusal !== undefined) return refusal;
    call.say(`${objectName(resource, name)} rolled back${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}
