import { isValidLabelValue, isQualifiedName } from "../../api/names.ts";
import { isNode, isPod } from "../../api/objects.ts";
import type { Pod } from "../../api/pod.ts";
import { parseSelector } from "../../api/parse-selector.ts";
import { quote } from "../../api/quote.ts";
import { tainted } from "../taint.ts";
import { build, type Info } from "./builder.ts";
import { mergePatch } from "./change.ts";
import { bareMessage, type Failure, failed, isFailure, together, usageError } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { mappingFor, objectName, resourceFor, resourceText } from "./mapping.ts";
import { dryRunMistake, dryRunNote, outputMistake, validateMistake } from "./output.ts";
import { drainProblems } from "../drain-filters.ts";

/** kubectl/pkg/cmd/drain/drain.go NewCmdCordon */
export function cordon(call: Invocation): Failure | undefined {
  const infos = nodesOf(call);
  return isFailure(infos) ? infos : setUnschedulable(call, infos, true);
}

export function uncordon(call: Invocation): Failure | undefined {
  const infos = nodesOf(call);
  return isFailure(infos) ? infos : setUnschedulable(call, infos, false);
}

/** DrainCmdOptions.Complete */
function nodesOf(call: Invocation): readonly Info[] | Failure {
  const selector = call.flag("selector");
  const { path } = call.command;
  if (call.args.length === 0 && !call.has("selector")) {
    return usageError(call.command, `USAGE: ${path} NODE [flags]`);
  }
  if (call.args.length > 0 && selector !== "") {
    return usageError(
      call.command,
      "error: cannot specify both a node name and a --selector option",
    );
  }
  const dry = dryRunMistake(call);
  if (dry !== undefined) return dry;
  const pods = parseSelector(call.flag("pod-selector"));
  if ("error" in pods) {
    return failed("--pod-selector=<pod_selector> must be a valid label selector");
  }
  const words = call.args.map((word) => (word.includes("/") ? word : `nodes/${word}`));
  const built =
    selector === ""
      ? build(call, words, { stopsAtFirst: true })
      : build(call, ["nodes"], { labelSelector: selector });
  if (built.failure !== undefined) return built.failure;
  const other = built.infos.find(({ resource }) => resource.kind !== "Node");
  if (other === undefined) return built.infos;
  return failed(
    `error: expected resource of type node, got ${quote(resourceText(other.resource))}`,
  );
}

/** RunCordonOrUncordon */
function setUnschedulable(
  call: Invocation,
  infos: readonly Info[],
  desired: boolean,
): Failure | undefined {
  const word = desired ? "cordon" : "uncordon";
  for (const info of infos) {
    const { object, name, resource } = info;
    const isSo = object !== undefined && isNode(object) && object.spec?.unschedulable === true;
    if (isSo === desired) {
      call.say(`${objectName(resource, name)} already ${word}ed${dryRunNote(call)}`);
      continue;
    }
    const isTried = call.flag("dry-run") === "client";
    const spec = { unschedulable: desired ? true : null };
    const refusal = isTried ? undefined : mergePatch(call, info, { spec });
    if (refusal === undefined) {
      call.say(`${objectName(resource, name)} ${word}ed${dryRunNote(call)}`);
    } else call.warn(`error: unable to ${word} node ${quote(name)}: ${bareMessage(refusal)}`);
  }
  return undefined;
}

/** RunDrain; nothing goes on while it waits for pods that are not gone at once. */
export function drain(call: Invocation): Failure | undefined {
  const infos = nodesOf(call);
  if (isFailure(infos)) return infos;
  setUnschedulable(call, infos, true);
  const failures = infos.flatMap((info) => {
    const failure = drainOne(call, info);
    if (failure === undefined) {
      call.say(`${objectName(info.resource, info.name)} drained${dryRunNote(call)}`);
      return [];
    }
    const why = isSeveral(failure) ? bareMessage(failure) : bareMessage(failure);
    call.warn(
      `error: unable to drain node ${quote(info.name)} due to error: ${why}, continuing command...`,
    );
    return { name: info.name, failure };
  });
  if (failures.length === 0) return undefined;
  call.warn("There are pending nodes to be drained:");
  for (const { name } of failures) call.warn(` ${name}`);
  return together(failures.map(({ failure }) => failure));
}

function isSeveral({ fails }: Failure): boolean {
  return "several" in fails;
}

function drainOne(call: Invocation, { name }: Info): Failure | undefined {
  const pods = mappingFor("pods");
  if (isFailure(pods)) return pods;
  const selector = call.flag("pod-selector");
  const query = `?fieldSelector=spec.nodeName%3D${name}&labelSelector=${encodeURIComponent(selector)}`;
  const items = call.items(pods, "", query);
  if ("fails" in items) return items;
  const options = {
    force: call.isOn("force"),
    ignoreDaemonSets: call.isOn("ignore-daemonsets"),
    deleteEmptyDirData: call.isOn("delete-emptydir-data"),
    daemonSetError: (pod: Pod, owner: string) => {
      const found = call.get(
        resourceFor("daemonsets") ?? pods,
        pod.metadata.namespace ?? "",
        owner,
      );
      return isFailure(found) ? bareMessage(found) : undefined;
    },
  };
  const { going, errors, warnings } = drainProblems(items.filter(isPod), options);
  if (errors.length > 0) return together(errors.map(failed));
  if (warnings !== "") call.warn(`Warning: ${warnings}`);
  const failures = going.flatMap((pod) => evict(call, pod) ?? []);
  return together(failures);
}

function evict(call: Invocation, { metadata }: Pod): Failure | undefined {
  const { name, namespace = "" } = metadata;
  const pods = mappingFor("pods");
  if (isFailure(pods)) return pods;
  call.say(`evicting pod ${namespace}/${name}${dryRunNote(call)}`);
  if (call.flag("dry-run") === "client") return undefined;
  const body = { metadata: { name, namespace } };
  const path = `${pathOf(pods, namespace, name)}/eviction`;
  const answer = call.ask({ method: "POST", path, body });
  if (!isFailure(answer)) return undefined;
  return failed(
    `error when evicting pods/${quote(name)} -n ${quote(namespace)}: ${bareMessage(answer)}`,
  );
}

/** kubectl/pkg/cmd/taint/taint.go */
export function taint(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? validateMistake(call);
  if (early !== undefined) return early;
  const isTaint = (word: string) => /[=:]|-$/.test(word);
  const first = call.args.findIndex(isTaint);
  const resources = first < 0 ? call.args : call.args.slice(0, first);
  const changes = first < 0 ? [] : call.args.slice(first);
  const stray = changes.find((word) => !isTaint(word));
  if (stray !== undefined) {
    return failed(`all resources must be specified before taint changes: ${stray}`);
  }
  const [type, ...names] = resources;
  if (type === undefined) {
    return failed("one or more resources must be specified as <resource> <name>");
  }
  if (changes.length === 0) return failed("at least one taint update is required");
  const mistake = specMistake(changes);
  if (mistake !== undefined) return usageError(call.command, mistake);
  return typeMistake(type) ?? bothMistake(changes) ?? taintNodes(call, names, changes);
}

interface Spec {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

function specOf(text: string): Spec {
  const [pair = "", effect = ""] = text.split(":");
  const [key = "", value = ""] = effect === "" ? [pair] : pair.split("=");
  return { key, value, effect };
}

/** kubectl/pkg/cmd/taint/utils.go parseTaints */
function specMistake(changes: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const change of changes) {
    const isGoing = change.endsWith("-");
    const text = isGoing ? change.slice(0, -1) : change;
    const mistake = parseMistake(text);
    if (mistake !== undefined) return mistake;
    if (isGoing) continue;
    const { key, value, effect } = specOf(text);
    if (effect === "") return `invalid taint spec: ${change}`;
    if (seen.has(`${key}:${effect}`)) {
      return `duplicated taints with the same key and effect: {${key} ${value} ${effect} <nil>}`;
    }
    seen.add(`${key}:${effect}`);
  }
  return undefined;
}

function parseMistake(text: string): string | undefined {
  const [pair = "", effect, ...more] = text.split(":");
  const [key = "", value, ...values] = effect === undefined ? [pair] : pair.split("=");
  if (more.length > 0) return `invalid taint spec: ${text}`;
  if (effect !== undefined && !["NoSchedule", "PreferNoSchedule", "NoExecute"].includes(effect)) {
    return `invalid taint effect: ${effect}, unsupported taint effect`;
  }
  if (values.length > 0) return `invalid taint spec: ${text}`;
  const ofValue = value === undefined ? [] : isValidLabelValue(value);
  const errors = ofValue.length > 0 ? ofValue : isQualifiedName(key);
  return errors.length > 0 ? `invalid taint spec: ${text}, ${errors.join("; ")}` : undefined;
}

function typeMistake(type: string): Failure | undefined {
  const small = type.toLowerCase();
  const resource = resourceFor(small);
  if (resource === undefined) {
    return { fails: { plain: `the server doesn't have a resource type ${quote(small)}` } };
  }
  if (resource.kind === "Node") return undefined;
  return failed(`invalid resource type ${small}, only node types are supported`);
}

function bothMistake(changes: readonly string[]): Failure | undefined {
  const added = changes.filter((one) => !one.endsWith("-")).map(specOf);
  const removed = changes.filter((one) => one.endsWith("-")).map((one) => specOf(one.slice(0, -1)));
  const both = added.flatMap((one) => {
    const same = removed.filter(({ key, effect }) => {
      return key === one.key && (effect === "" || effect === one.effect);
    });
    return same.map(({ key, effect }) => `${key}=${effect}`);
  });
  if (both.length === 0) return undefined;
  return failed(
    `can not both modify and remove the following taint(s) in the same command: ${both.join(", ")}`,
  );
}

function taintNodes(
  call: Invocation,
  names: readonly string[],
  changes: readonly string[],
): Failure | undefined {
  const [all, selector] = [call.isOn("all"), call.flag("selector")];
  if (all && selector !== "") {
    return failed("setting 'all' parameter with a non empty selector is prohibited");
  }
  if (!all && selector === "" && names.length === 0) {
    return failed("at least one resource name must be specified since 'all' parameter is not set");
  }
  const wrong = outputMistake(call);
  if (wrong !== undefined) return wrong;
  const words = all || selector !== "" ? ["nodes"] : names.map((name) => `nodes/${name}`);
  const { infos, failure } = build(call, words, { all, labelSelector: selector });
  const failures = infos.flatMap((info) => taintOne(call, info, changes) ?? []);
  return together([...(failure === undefined ? [] : [failure]), ...failures]);
}

function taintOne(call: Invocation, info: Info, changes: readonly string[]): Failure | undefined {
  const { object, name, resource } = info;
  if (object === undefined || !isNode(object)) return undefined;
  const before = object.spec?.taints ?? [];
  const made = tainted(name, before, changes, call.isOn("overwrite"));
  if ("error" in made) return failed(made.error);
  const refusal = mergePatch(call, info, { spec: { taints: made.taints } });
  if (refusal !== undefined) return refusal;
  const isGoing = changes.some((one) => one.endsWith("-"));
  const isAdding = changes.some((one) => !one.endsWith("-"));
  const modified = call.isOn("overwrite") || (isGoing && isAdding);
  const done = modified ? "modified" : isAdding ? "tainted" : "untainted";
  call.say(`${objectName(resource, name)} ${done}${dryRunNote(call)}`);
  return undefined;
}
