import type { KubeObject } from "../../machines/api/meta.ts";
import { resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import type { ManifestObject } from "../manifest/read.ts";
import { flagOf, type KubectlCommand } from "../manifest/scenario/kubectl.ts";
import type { ApiCall, CallOptions } from "../system/api/call.ts";
import { type KubectlCall, kubectlCalls } from "./kubectl-calls.ts";

/** The objects of a file that a step names. */
type Files = (name: string) => readonly ManifestObject[] | undefined;

/**
 * What a line of kubectl asks of the API server when somebody says who types it: every verb is a
 * request then. Undefined where it is not known what it would be.
 */
export function userCalls(
  command: KubectlCommand,
  files: Files,
): readonly KubectlCall[] | undefined {
  switch (command.verb) {
    case "create":
      return created(command, files);
    case "get":
      return read(command);
    case "delete":
      return about(command, () => ({ verb: "delete", options: deleteOptions(command) }));
    case "patch":
      return patched(command);
    case "label":
    case "annotate": {
      const body = { metadata: { [metadataOf[command.verb]]: changesOf(command) } };
      const options = { patchType: "merge", fieldManager: `kubectl-${command.verb}` } as const;
      return about(command, () => ({ verb: "patch", body, options }));
    }
    default:
      return kubectlCalls(command, (name) => files(name)?.map(({ object }) => object));
  }
}

const metadataOf = { label: "labels", annotate: "annotations" } as const;

/** A manifest is sent as its author wrote it. */
function created(command: KubectlCommand, files: Files): readonly KubectlCall[] | undefined {
  const file = flagOf(command, "filename");
  if (file === undefined) return undefined;
  return files(file)?.flatMap(({ object, manifest }): readonly KubectlCall[] => {
    const resource = resourceOfKind(object.kind);
    if (resource === undefined) return [];
    const namespace = namespaceOf(object, resource.isNamespaced);
    const options = { fieldManager: "kubectl-create" };
    return [{ call: { verb: "create", resource, namespace, body: manifest, options } }];
  });
}

function namespaceOf({ metadata }: KubeObject, isNamespaced: boolean): string | undefined {
  return isNamespaced ? (metadata.namespace ?? "default") : undefined;
}

/** One object, or all of a kind. */
function read(command: KubectlCommand): readonly KubectlCall[] | undefined {
  const listed = command.targets.filter(({ names }) => names.length === 0);
  const labelSelector = flagOf(command, "selector");
  const lists = listed.flatMap(({ kind }): readonly KubectlCall[] => {
    const resource = resourceOfKind(kind);
    if (resource === undefined) return [];
    const namespace = resource.isNamespaced ? ofCommand(command) : undefined;
    const options = labelSelector === undefined ? {} : { labelSelector };
    return [{ call: { verb: "list", resource, namespace, options } }];
  });
  return [...lists, ...(about(command, () => ({ verb: "get" })) ?? [])];
}

function patched(command: KubectlCommand): readonly KubectlCall[] | undefined {
  const type = flagOf(command, "type");
  const patchType = type === "merge" || type === "json" ? type : "strategic";
  const subresource = flagOf(command, "subresource");
  const options = { patchType, fieldManager: "kubectl-patch" } as const;
  return about(command, () => ({
    verb: "patch",
    ...(subresource !== undefined && { subresource }),
    body: command.patch,
    options,
  }));
}

/** `a=b` sets, `a-` takes away. */
function changesOf({ changes }: KubectlCommand): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    changes.map((text) => {
      const at = text.indexOf("=");
      return at < 0 ? [text.replace(/-$/, ""), null] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function deleteOptions(command: KubectlCommand): CallOptions {
  const grace = flagOf(command, "grace-period");
  const policies = {
    background: "Background",
    foreground: "Foreground",
    orphan: "Orphan",
  } as const;
  const cascade = flagOf(command, "cascade") ?? "background";
  const policy = Object.entries(policies).find(([word]) => word === cascade)?.[1];
  const isForced = flagOf(command, "force") !== undefined;
  return {
    ...(policy !== undefined && { propagationPolicy: policy }),
    ...(grace !== undefined && { gracePeriodSeconds: Number(grace) }),
    ...(grace === undefined && isForced && { gracePeriodSeconds: 0 }),
  };
}

/** One call for each object that is named. */
function about(
  command: KubectlCommand,
  callOf: () => Omit<ApiCall, "resource" | "namespace" | "name">,
): readonly KubectlCall[] | undefined {
  const { verb } = command;
  if (verb !== "get" && command.targets.some(({ names }) => names.length === 0)) return undefined;
  return command.targets.flatMap(({ kind, names }) => {
    const resource = resourceOfKind(kind);
    if (resource === undefined) return [];
    const namespace = resource.isNamespaced ? ofCommand(command) : undefined;
    return names.map((name) => ({ call: { ...callOf(), resource, namespace, name } }));
  });
}

function ofCommand(command: KubectlCommand): string {
  return flagOf(command, "namespace") ?? "default";
}
