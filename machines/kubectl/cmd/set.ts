import { isRelaxedEnvVarName } from "../../api/names.ts";
import { parseSelector } from "../../api/parse-selector.ts";
import { quote } from "../../api/quote.ts";
import { isFields, type Fields } from "../../apiserver/patch-value.ts";
import { build, type Info } from "./builder.ts";
import { mergePatch, noResource, patched, resourcesAndPairs } from "./change.ts";
import { resourceList } from "./create-objects.ts";
import { subjectsOf } from "./create-rbac.ts";
import { bareMessage, type Failure, failed, isFailure, together } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { objectName } from "./mapping.ts";
import { dryRunMistake, dryRunNote, outputMistake } from "./output.ts";
import { hasFiles, valueAt } from "./read.ts";

/** kubectl/pkg/cmd/set */
export const setCommands = { env, image, resources, selector, serviceaccount, subject };

type Container = Fields & { readonly name: string };

/** Where kinds have the pods that they make; polymorphichelpers/updatepodspec.go. */
const podSpecs: Readonly<Record<string, readonly string[]>> = {
  Pod: ["spec"],
  ReplicationController: ["spec", "template", "spec"],
  Deployment: ["spec", "template", "spec"],
  DaemonSet: ["spec", "template", "spec"],
  ReplicaSet: ["spec", "template", "spec"],
  StatefulSet: ["spec", "template", "spec"],
  Job: ["spec", "template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};

/** Pairs belong to the changes; an image's may not be empty words. */
function image(call: Invocation): Failure | undefined {
  const pairs = resourcesAndPairs(call.args, "image");
  const early = isFailure(pairs) ? pairs : (dryRunMistake(call) ?? outputMistake(call));
  if (early !== undefined || isFailure(pairs)) return early;
  const images = pairs.changes.map((text) => {
    const at = text.indexOf("=");
    return { name: text.slice(0, at), image: text.slice(at + 1) };
  });
  const mistakes = [
    ...allMistake(call),
    ...(pairs.resources.length === 0 && !hasFiles(call) ? [failed(noResource)] : []),
    ...(images.length === 0 ? [failed("at least one image update is required")] : []),
    ...localMistake(call),
  ];
  const found = named(call, pairs.resources);
  if (isFailure(found)) return found;
  const mistake = together(mistakes);
  if (mistake !== undefined) return mistake;
  return eachPod(call, found.infos, (containers) => {
    const absent = images.filter(({ name }) => {
      return name !== "*" && !containers.some((one) => one.name === name);
    });
    const changes = containers.flatMap(({ name }) => {
      const last = images.findLast((one) => one.name === name || one.name === "*");
      return last === undefined ? [] : [{ name, image: last.image }];
    });
    const failures = absent.map(({ name }) => {
      return failed(`error: unable to find container named ${quote(name)}`);
    });
    return {
      changes,
      failures,
      words: "failed to patch image update to pod template:",
      done: "image updated",
    };
  });
}

function allMistake(call: Invocation): readonly Failure[] {
  const isBoth = call.isOn("all") && call.flag("selector") !== "";
  return isBoth ? [failed("cannot set --all and --selector at the same time")] : [];
}

function localMistake(call: Invocation): readonly Failure[] {
  const isBoth = call.isOn("local") && call.flag("dry-run") === "server";
  const why = "cannot specify --local and --dry-run=server - did you mean --dry-run=client?";
  return isBoth ? [failed(why)] : [];
}

function named(
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

interface PodChange {
  readonly changes: readonly Container[];
  readonly failures: readonly Failure[];
  /** Before what the server says. */
  readonly words: string;
  readonly done: string;
}

function eachPod(
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

function isContainer(value: unknown): value is Container {
  return isFields(value) && typeof value["name"] === "string";
}

/** What a wrapped refusal says. */
function serverWords(failure: Failure): string {
  return bareMessage(failure);
}

/** kubectl/pkg/cmd/set/set_env.go */
function env(call: Invocation): Failure | undefined {
  if (call.isOn("all") && call.flag("selector") !== "") return allMistake(call)[0];
  const isEnv = (word: string) => /=|.-$|^-$/.test(word);
  const first = call.args.findIndex(isEnv);
  const words = first < 0 ? call.args : call.args.slice(0, first);
  const changes = [...(first < 0 ? [] : call.args.slice(first)), ...call.list("env")];
  if (changes.some((word) => !isEnv(word))) {
    const all = call.args.join(" ");
    return failed(`all resources must be specified before environment changes: ${all}`);
  }
  const early = dryRunMistake(call) ?? outputMistake(call) ?? localMistake(call)[0];
  if (early !== undefined) return early;
  if (words.length === 0 && !hasFiles(call)) return failed(noResource);
  if (call.isOn("list") && call.flag("output") !== "") {
    return failed("--list and --output may not be specified together");
  }
  const from = call.flag("from");
  if (call.list("keys").length > 0 && from === "") {
    return failed("when specifying --keys, a configmap or secret must be provided with --from");
  }
  const mistake = envMistake(changes) ?? (from === "" ? undefined : fromMistake(call, from));
  if (mistake !== undefined) return mistake;
  const found = named(call, words);
  if (isFailure(found)) return found;
  if (call.isOn("list")) return undefined;
  return eachPod(call, found.infos, (containers) => envChange(call, containers, changes));
}

function envChange(
  call: Invocation,
  containers: readonly Container[],
  changes: readonly string[],
): PodChange {
  const wanted = call.flag("containers");
  const own = containers.filter(({ name }) => matches(wanted, name));
  if (own.length === 0) {
    call.warn(`warning: Pod template does not have any containers matching ${quote(wanted)}`);
  }
  const failures = call.isOn("overwrite")
    ? []
    : own.flatMap((one) => overwriteMistakes(one, changes));
  const entries = changes.map((word) => {
    const at = word.indexOf("=");
    return at < 0
      ? { $patch: "delete", name: word.slice(0, -1) }
      : { name: word.slice(0, at), value: word.slice(at + 1) };
  });
  return {
    changes: entries.length === 0 ? [] : own.map(({ name }) => ({ name, env: entries })),
    failures,
    words: "failed to patch env update to pod template:",
    done: "env updated",
  };
}

function overwriteMistakes(container: Container, changes: readonly string[]): readonly Failure[] {
  const list: unknown = container["env"];
  const before = Array.isArray(list) ? list.filter(isContainer) : [];
  return before.flatMap((one) => {
    const isSet = changes.some((word) => word.startsWith(`${one.name}=`));
    const value = String(one["value"] ?? "");
    const why = `'${one.name}' already has a value (${value}), and --overwrite is false`;
    return isSet ? [failed(why)] : [];
  });
}

/** `*` and names with a star. */
function matches(pattern: string, name: string): boolean {
  const source = pattern.split("*").map((one) => one.replaceAll(/[^\w-]/g, String.raw`\$&`));
  return new RegExp(`^${source.join(".*")}$`).test(name);
}

/** kubectl/pkg/cmd/set/env/env_parse.go */
function envMistake(changes: readonly string[]): Failure | undefined {
  const names = new Set<string>();
  for (const word of changes) {
    const at = word.indexOf("=");
    if (at < 0) continue;
    const name = word.slice(0, at);
    const errors = isRelaxedEnvVarName(name);
    if (errors.length > 0) {
      return failed(`${quote(name)} is not a valid key name: ${errors.join(";")}`);
    }
    names.add(name);
  }
  const removed = changes.filter((word) => !word.includes("=")).map((word) => word.slice(0, -1));
  return removed.some((name) => names.has(name))
    ? failed("can not both modify and remove the same environment variable in the same command")
    : undefined;
}

function fromMistake(call: Invocation, from: string): Failure | undefined {
  const { infos, failure } = build(call, [from]);
  if (failure !== undefined) return failure;
  const isKnown = infos.every(({ resource }) => ["ConfigMap", "Secret"].includes(resource.kind));
  return isKnown ? undefined : failed("unsupported resource specified in --from");
}

/** kubectl/pkg/cmd/set/set_resources.go */
function resources(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const found = named(call, call.args);
  if (isFailure(found)) return found;
  const wrong = localMistake(call)[0] ?? allMistake(call)[0];
  if (wrong !== undefined) return wrong;
  if (call.flag("limits") === "" && call.flag("requests") === "") {
    return failed(
      "you must specify an update to requests or limits (in the form of --requests/--limits)",
    );
  }
  const [limits, requests] = [call.flag("limits"), call.flag("requests")].map(resourceList);
  if (limits === undefined || requests === undefined) return undefined;
  if (isFailure(limits)) return limits;
  if (isFailure(requests)) return requests;
  const wanted = call.flag("containers");
  return eachPod(call, found.infos, (containers) => {
    const own = containers.filter(({ name }) => matches(wanted, name));
    const amounts = {
      ...(call.has("limits") && { limits }),
      ...(call.has("requests") && { requests }),
    };
    return {
      changes: own.map(({ name }) => ({ name, resources: amounts })),
      failures: own.length > 0 ? [] : [failed(`error: unable to find container named ${wanted}`)],
      words: "failed to patch resources update to pod template",
      done: "resource requirements updated",
    };
  });
}

/** kubectl/pkg/cmd/set/set_selector.go */
function selector(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const last = call.args.at(-1);
  if (last === undefined) return failed("one selector is required");
  const parsed = parseSelector(last);
  if ("error" in parsed) return failed(parsed.error);
  const found = named(call, call.args.slice(0, -1));
  if (isFailure(found)) return found;
  const failures = found.infos.flatMap((info) => {
    if (info.resource.kind !== "Service") {
      return failed("setting a selector is only supported for Services");
    }
    const pairs = last.split(",").map((one) => one.split("="));
    const stray = pairs.find((one) => one.length !== 2);
    if (stray !== undefined) {
      const told = `[{${stray[0] ?? ""} Exists []}]`;
      return failed(`match expression ${told} not supported on this object`);
    }
    const refusal = mergePatch(call, info, { spec: { selector: Object.fromEntries(pairs) } });
    if (refusal !== undefined) return refusal;
    call.say(`${objectName(info.resource, info.name)} selector updated${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}

/** kubectl/pkg/cmd/set/set_serviceaccount.go */
function serviceaccount(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call) ?? localMistake(call)[0];
  if (early !== undefined) return early;
  const account = call.args.at(-1);
  if (account === undefined) return failed("serviceaccount is required");
  const found = named(call, call.args.slice(0, -1));
  if (isFailure(found)) return found;
  const failures = found.infos.flatMap((info) => {
    const { resource, name } = info;
    const path = podSpecs[resource.kind];
    if (path === undefined) {
      const type = `*${resource.version}.${resource.kind}`;
      const why = `the object is not a pod or does not have a pod template: ${type}`;
      return failed(`error: ${resource.resource}/${name} ${why}\n`);
    }
    const spec = { serviceAccountName: account };
    const body = path.reduceRight<object>((inner, key) => ({ [key]: inner }), spec);
    const refusal = mergePatch(call, info, body);
    if (refusal !== undefined) {
      return failed(`failed to patch ServiceAccountName ${bareMessage(refusal)}`);
    }
    call.say(`${objectName(resource, name)} serviceaccount updated${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}

/** kubectl/pkg/cmd/set/set_subject.go */
function subject(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const found = named(call, call.args);
  if (isFailure(found)) return found;
  const wrong = localMistake(call)[0] ?? allMistake(call)[0];
  if (wrong !== undefined) return wrong;
  const subjects = subjectsOf(call);
  if (isFailure(subjects)) return subjects;
  if (subjects.length === 0) {
    return failed("you must specify at least one value of user, group or serviceaccount");
  }
  const failures = found.infos.flatMap((info) => {
    const { resource, name, object } = info;
    if (!["RoleBinding", "ClusterRoleBinding"].includes(resource.kind)) {
      const why = "setting subjects is only supported for RoleBinding/ClusterRoleBinding";
      return failed(`error: ${resource.resource}/${name} ${why}\n`);
    }
    const before = valueAt(object, ["subjects"]);
    const all = [...(Array.isArray(before) ? before : []), ...subjects];
    const refusal = mergePatch(call, info, { subjects: all });
    if (refusal !== undefined) {
      return failed(`failed to patch subjects to rolebinding: ${bareMessage(refusal)}`);
    }
    call.say(`${objectName(resource, name)} subjects updated${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}
