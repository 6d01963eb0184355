import { type Fields, isFields } from "../../apiserver/patch-value.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { bareMessage, failed, type Failure, isFailure, together } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { objectName } from "./mapping.ts";
import { dryRunNote } from "./output.ts";
import { patched } from "./patch-call.ts";
import { hasFiles, valueAt } from "./read.ts";

export type Container = Fields & { readonly name: string };

/** Where kinds have the pods that they make; polymorphichelpers/updatepodspec.go. */
export const podSpecs: Readonly<Record<string, readonly string[]>> = {
  Pod: ["spec"],
  ReplicationController: ["spec", "template", "spec"],
  Deployment: ["spec", "template", "spec"],
  DaemonSet: ["spec", "template", "spec"],
  ReplicaSet: ["spec", "template", "spec"],
  StatefulSet: ["spec", "template", "spec"],
  Job: ["spec", "template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};

export function allMistake(call: Invocation): readonly Failure[] {
  const isBoth = call.isOn("all") && call.flag("selector") !== "";
  return isBoth ? [failed("cannot set --all and --selector at the same time")] : [];
}

export function localMistake(call: Invocation): readonly Failure[] {
  const isBoth = call.isOn("local") && call.flag("dry-run") === "server";
  const why = "cannot specify --local and --dry-run=server - did you mean --dry-run=client?";
  return isBoth ? [failed(why)] : [];
}

export function named(
  call: Invocation,
  words: readonly string[],
): { readonly infos: readonly Info[] } | Failure {
  if (call.isOn("local") && !hasFiles(call)) {
    return failed(
      "you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'",
    );
  }
  const options = { labelSelector: call.flag("selector"), all: call.isOn("all") };
  const built = build(call, words, options);
  return built.failure ?? built;
}

export interface PodChange {
  readonly changes: readonly Container[];
  readonly failures: readonly Failure[];
  /** Before what the server says. */
  readonly words: string;
  readonly done: string;
}

export function eachPod(
  call: Invocation,
  infos: readonly Info[],
  change: (containers: readonly Container[], info: Info) => PodChange,
): Failure | undefined {
  const failures = infos.flatMap((info) => {
    const { resource, name, object } = info;
    const path = podSpecs[resource.kind];
    if (path === undefined) {
      const type = `*${resource.version}.${resource.kind}`;
      const why = `the object is not a pod or does not have a pod template: ${type}`;
      return [failed(`error: ${resource.resource}/${name} ${why}\n`)];
    }
    const found = valueAt(object, [...path, "containers"]);
    const containers = Array.isArray(found) ? found.filter(isContainer) : [];
    const { changes, failures: own, words, done } = change(containers, info);
    if (own.length > 0 || changes.length === 0) return own;
    const spec = { containers: changes };
    const body = path.reduceRight<object>((inner, key) => ({ [key]: inner }), spec);
    if (call.flag("dry-run") !== "client") {
      const answer = patched(call, info, body, "application/strategic-merge-patch+json");
      if (isFailure(answer)) return [failed(`${words} ${serverWords(answer)}`)];
    }
    call.say(`${objectName(resource, name)} ${done}${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}

export function isContainer(value: unknown): value is Container {
  return isFields(value) && typeof value["name"] === "string";
}

/** What a wrapped refusal says. */
function serverWords(failure: Failure): string {
  return bareMessage(failure);
}

/** `*` and names with a star. */
export function matches(pattern: string, name: string): boolean {
  const source = pattern.split("*").map((one) => one.replaceAll(/[^\w-]/g, String.raw`\$&`));
  return new RegExp(`^${source.join(".*")}$`).test(name);
}
