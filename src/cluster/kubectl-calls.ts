import type { ApiResource } from "../../machines/apiserver/api-resources.ts";
import { resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { flagOf, type KubectlCommand } from "../manifest/scenario/kubectl.ts";
import type { ApiCall, CallOptions } from "../system/api/call.ts";
import type { Edit } from "../system/api/edit.ts";

/** What a line of kubectl asks of the API server. */
export interface KubectlCall {
  readonly call: ApiCall;
  /** The body follows from what is there when it is sent. */
  readonly edit?: Edit;
}

/** The calls of a line; undefined where it is not known what they would be. */
export function kubectlCalls(
  command: KubectlCommand,
  files: (name: string) => readonly KubeObject[] | undefined,
): readonly KubectlCall[] | undefined {
  switch (command.verb) {
    case "scale":
      return scaled(command);
    case "cordon":
      return edited(command, { unschedulable: true });
    case "uncordon":
      return edited(command, { unschedulable: null });
    case "taint":
      return taints(command);
    case "rollout":
      return rollout(command);
    case "replace":
      return replaced(command, files);
    case "delete":
      return deleted(command);
    case "set":
      return environmentSet(command);
    default:
      return undefined;
  }
}

/** kubectl/pkg/cmd/scale */
function scaled(command: KubectlCommand): readonly KubectlCall[] | undefined {
  const replicas = Number(flagOf(command, "replicas"));
  const change = { subresource: "scale", body: { spec: { replicas } }, type: "merge" } as const;
  const current = flagOf(command, "current-replicas");
  const calls = named(command, change);
  if (current === undefined || current === "-1") return calls;
  const edit: Edit = { type: "scale", replicas, currentReplicas: Number(current) };
  return calls?.map(({ call }) => ({ call, edit }));
}

/** kubectl/pkg/drain/cordon.go PatchOrReplace */
function edited(command: KubectlCommand, spec: object): readonly KubectlCall[] | undefined {
  return named(command, { body: { spec }, type: "strategic" });
}

/** kubectl/pkg/cmd/taint */
function taints(command: KubectlCommand): readonly KubectlCall[] | undefined {
  const overwrite = flagOf(command, "overwrite") === "true";
  const edit: Edit = { type: "taint", changes: command.changes, overwrite };
  return named(command, { body: {}, type: "strategic" })?.map(({ call }) => ({ call, edit }));
}

/** kubectl/pkg/cmd/rollout; what only reads changes nothing. */
function rollout(command: KubectlCommand): readonly KubectlCall[] | undefined {
  switch (command.subcommand) {
    case "pause":
      return edited(command, { paused: true });
    case "resume":
      return edited(command, { paused: null });
    case "restart": {
      const edit: Edit = { type: "restart" };
      return named(command, { body: {}, type: "strategic" })?.map(({ call }) => ({ call, edit }));
    }
    case "undo":
      return undone(command);
    case "status":
    case "history":
      return [];
    default:
      return undefined;
  }
}

/** kubectl/pkg/cmd/rollout/rollout_undo.go; of Deployments alone. */
function undone(command: KubectlCommand): readonly KubectlCall[] | undefined {
  if (command.targets.some(({ kind }) => kind !== "Deployment")) return undefined;
  const edit: Edit = { type: "undo", toRevision: Number(flagOf(command, "to-revision") ?? 0) };
  return named(command, { body: [], type: "json" })?.map(({ call }) => ({ call, edit }));
}

/** kubectl/pkg/cmd/delete; dependents go in the background unless something else is said. */
function deleted(command: KubectlCommand): readonly KubectlCall[] | undefined {
  const policy = propagationPolicies[flagOf(command, "cascade") ?? "background"];
  if (policy === undefined) return undefined;
  return named(command, { body: {}, type: "merge" })?.map(({ call }) => {
    const { body: _, ...place } = call;
    return { call: { ...place, verb: "delete", options: { propagationPolicy: policy } } };
  });
}

const propagationPolicies: Readonly<
  Record<string, NonNullable<CallOptions["propagationPolicy"]> | undefined>
> = {
  background: "Background",
  true: "Background",
  foreground: "Foreground",
  orphan: "Orphan",
  false: "Orphan",
};

/** kubectl/pkg/cmd/set/set_env.go */
function environmentSet(command: KubectlCommand): readonly KubectlCall[] | undefined {
  const others = ["containers", "env"].some((flag) => flagOf(command, flag) !== undefined);
  if (command.subcommand !== "env" || others) return undefined;
  const edit: Edit = { type: "env", changes: command.changes };
  return named(command, { body: {}, type: "strategic" })?.map(({ call }) => ({ call, edit }));
}

function replaced(
  command: KubectlCommand,
  files: (name: string) => readonly KubeObject[] | undefined,
): readonly KubectlCall[] | undefined {
  if (flagOf(command, "force") === "true") return undefined;
  return files(flagOf(command, "filename") ?? "")?.flatMap((object): KubectlCall[] => {
    const resource = resourceOfKind(object.kind);
    if (resource === undefined) return [];
    const { name, namespace } = object.metadata;
    const options = { fieldManager: "kubectl-replace" };
    return [{ call: { verb: "update", resource, namespace, name, body: object, options } }];
  });
}

interface Change {
  readonly subresource?: string;
  readonly body: object;
  readonly type: "strategic" | "merge" | "json";
}

/** One patch for each object that is named; a selector needs somebody who reads first. */
function named(command: KubectlCommand, change: Change): readonly KubectlCall[] | undefined {
  const isSelected = ["selector", "all"].some((flag) => flagOf(command, flag) !== undefined);
  if (isSelected) return undefined;
  const options = { patchType: change.type, fieldManager: `kubectl-${command.verb}` };
  return command.targets.flatMap(({ kind, names }) => {
    const resource = resourceOfKind(kind);
    return resource === undefined
      ? []
      : names.map((name) => ({ call: { ...patchOf(command, resource, name, change), options } }));
  });
}

function patchOf(
  command: KubectlCommand,
  resource: ApiResource,
  name: string,
  { subresource, body }: Change,
): ApiCall {
  const namespace = flagOf(command, "namespace") ?? "default";
  return {
    verb: "patch",
    resource,
    ...(subresource !== undefined && { subresource }),
    ...(resource.isNamespaced && { namespace }),
    name,
    body,
  };
}
