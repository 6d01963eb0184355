import { isPod } from "../../api/objects.ts";
import type { Pod } from "../../api/pod.ts";
import { parseTime } from "../../api/time.ts";
import { quote } from "../../api/quote.ts";
import { readDuration } from "../../api/go-duration-error.ts";
import { build, type Info } from "./builder.ts";
import { bareMessage, type Failure, failed, isFailure, usageError } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { mappingFor } from "./mapping.ts";
import { valueAt } from "./read.ts";
import { rangeError, syntaxError } from "./flag-values.ts";

const logsUsage =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";

/** kubectl/pkg/cmd/logs/logs.go */
export function logs(call: Invocation): Failure | undefined {
  const [about, inline, more] = call.args;
  const selector = call.flag("selector");
  if ((about === undefined && selector === "") || more !== undefined) {
    return usageError(call.command, logsUsage);
  }
  if (about !== undefined && inline === undefined && selector !== "") {
    return usageError(call.command, "only a selector (-l) or a POD name is allowed");
  }
  const since = call.flag("since-time");
  if (since !== "" && Number.isNaN(parseTime(since))) {
    return failed(
      `parsing time ${quote(since)} as "2006-01-02T15:04:05Z07:00": cannot parse ${quote(since)} as "2006"`,
    );
  }
  const found =
    about === undefined
      ? build(call, ["pods"], { labelSelector: selector })
      : build(call, [about.includes("/") ? about : `pods/${about}`]);
  if (found.failure !== undefined) return notFoundIn(call, found.failure);
  return logsMistake(call, inline) ?? logsOf(call, found.infos, inline);
}

function notFoundIn(call: Invocation, failure: Failure): Failure {
  const { fails } = failure;
  const isAbsent = "status" in fails && fails.status.reason === "NotFound";
  if (!isAbsent) return failure;
  const where = `in namespace ${quote(call.namespace)}`;
  return failed(`error from server (NotFound): ${bareMessage(failure)} ${where}`);
}

function logsMistake(call: Invocation, inline: string | undefined): Failure | undefined {
  const since = readDuration(call.flag("since"));
  const sinceMs = typeof since === "number" ? since : 0;
  if (call.flag("since-time") !== "" && sinceMs !== 0) {
    return failed("at most one of `sinceTime` or `sinceSeconds` may be specified");
  }
  const container = call.flag("container") || (inline ?? "");
  if (call.isOn("all-containers") && container !== "") {
    return failed(`--all-containers=true should not be specified with container name ${container}`);
  }
  if (call.has("container") && inline !== undefined) {
    return failed("only one of -c or an inline [CONTAINER] arg is allowed");
  }
  if (call.number("limit-bytes") < 0) return failed("--limit-bytes must be greater than 0");
  if (sinceMs < 0) return failed("--since must be greater than 0");
  if (call.number("tail") >= -1) return undefined;
  return failed("--tail must be greater than or equal to -1");
}

function logsOf(
  call: Invocation,
  infos: readonly Info[],
  inline: string | undefined,
): Failure | undefined {
  const container = call.flag("container") || (inline ?? "");
  if (infos.length === 0) call.warn(`No resources found in ${call.namespace} namespace.`);
  for (const info of infos) {
    const pod = podOf(call, info, "get the logs from");
    if (isFailure(pod)) return pod;
    const names = containersOf(pod);
    const { name, namespace = "" } = pod.metadata;
    if (container !== "" && !names.includes(container)) {
      return failed(`container ${container} is not valid for pod ${name}`);
    }
    const pods = mappingFor("pods");
    if (isFailure(pods)) return pods;
    const which = container === "" ? "" : `&container=${container}`;
    const previous = call.isOn("previous") ? "previous=true" : "previous=false";
    const path = `${pathOf(pods, namespace, name)}/log?${previous}${which}`;
    const answer = call.ask({ method: "GET", path });
    if (isFailure(answer)) return answer;
  }
  return undefined;
}

function containersOf({ spec }: Pod): readonly string[] {
  const { initContainers = [], containers, ephemeralContainers = [] } = spec;
  return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
}

/** The pod that something is done with; polymorphichelpers/attachablepodforobject.go. */
function podOf(call: Invocation, info: Info, doing = "attach to"): Pod | Failure {
  const { object, resource } = info;
  if (object === undefined) return failed("an object is found");
  if (isPod(object)) return object;
  const type = `*${resource.version}.${resource.kind}`;
  const labels = selectorOf(info);
  if (labels === undefined) {
    const verb = doing === "attach to" ? "cannot attach to" : "cannot get the logs from";
    return failed(`${verb} ${type}: selector for ${type} not implemented`);
  }
  const pods = mappingFor("pods");
  if (isFailure(pods)) return pods;
  const text = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const query = `?labelSelector=${encodeURIComponent(text)}`;
  const items = call.items(pods, info.namespace, query);
  if ("fails" in items) return items;
  const [first] = items.filter(isPod);
  return first ?? failed("timed out waiting for the condition");
}

/** polymorphichelpers/helpers.go SelectorsForObject */
function selectorOf({ resource, object }: Info): object | undefined {
  switch (resource.kind) {
    case "Service":
      return objectAt(object, ["spec", "selector"]);
    case "ReplicationController":
      return objectAt(object, ["spec", "selector"]);
    case "Deployment":
    case "ReplicaSet":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return objectAt(object, ["spec", "selector", "matchLabels"]);
    default:
      return undefined;
  }
}

function objectAt(value: unknown, path: readonly string[]): object | undefined {
  const found = valueAt(value, path);
  return typeof found === "object" && found !== null ? found : undefined;
}

/** The one object that a word names, a pod where no type is said. */
function attachable(call: Invocation, word: string): { info: Info; pod: Pod } | Failure {
  const words = word.includes("/") ? [word] : [`pods/${word}`];
  const { infos, failure } = build(call, words);
  const [info] = infos;
  if (failure !== undefined) return failure;
  if (info === undefined) return failed("expected a resource");
  const pod = podOf(call, info);
  return isFailure(pod) ? pod : { info, pod };
}

function timeoutMistake(call: Invocation): Failure | undefined {
  const timeout = readDuration(call.flag("pod-running-timeout"));
  if (typeof timeout === "number" && timeout > 0) return undefined;
  return usageError(call.command, "--pod-running-timeout must be higher than zero");
}

/** A command in a pod, after the pod itself has been read. */
function connect(call: Invocation, pod: Pod, subresource: string): Failure | undefined {
  const { name, namespace = "" } = pod.metadata;
  const phase = pod.status?.phase;
  if (phase === "Succeeded" || phase === "Failed") {
    const verb = subresource === "exec" ? "exec into" : "attach a container in";
    return failed(`cannot ${verb} a container in a completed pod; current phase is ${phase}`);
  }
  const pods = mappingFor("pods");
  if (isFailure(pods)) return pods;
  const container = call.flag("container");
  if (subresource === "attach" && container !== "" && !containersOf(pod).includes(container)) {
    return failed(`container ${container} not found in pod ${name}`);
  }
  const query = container === "" ? "" : `?container=${container}`;
  const path = `${pathOf(pods, namespace, name)}/${subresource}${query}`;
  const answer = call.ask({ method: "POST", path });
  return isFailure(answer) ? answer : undefined;
}

/** kubectl/pkg/cmd/exec/exec.go */
export function exec(call: Invocation): Failure | undefined {
  const { args, dash } = call;
  const command = dash === undefined ? [] : args.slice(dash);
  const name = dash === 0 ? undefined : args[0];
  const hasFile = call.list("filename").length > 0;
  if (dash === undefined && (args.length > 1 || (args.length > 0 && hasFile))) {
    return usageError(
      call.command,
      "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead",
    );
  }
  const timeout = timeoutMistake(call);
  if (timeout !== undefined) return timeout;
  if (name === undefined && !hasFile) {
    return failed("pod, type/name or --filename must be specified");
  }
  if (command.length === 0) {
    return failed("you must specify at least one command for the container");
  }
  if (name === undefined) return build(call, []).failure;
  const found = attachable(call, name);
  return isFailure(found) ? found : connect(call, found.pod, "exec");
}

/** kubectl/pkg/cmd/attach/attach.go */
export function attach(call: Invocation): Failure | undefined {
  const timeout = timeoutMistake(call);
  if (timeout !== undefined) return timeout;
  const { args } = call;
  const [first, second] = args;
  if (first === undefined) return failed("at least 1 argument is required for attach");
  if (args.length > 2) {
    const seen = `${args.length}: [${args.join(" ")}]`;
    return failed(`expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${seen}`);
  }
  const found = attachable(call, second === undefined ? first : `${first}/${second}`);
  return isFailure(found) ? found : connect(call, found.pod, "attach");
}

/** kubectl/pkg/cmd/portforward/portforward.go */
export function portForward(call: Invocation): Failure | undefined {
  const [name, ...ports] = call.args;
  if (name === undefined || ports.length === 0) {
    return usageError(call.command, "TYPE/NAME and list of ports are required for port-forward");
  }
  const timeout = timeoutMistake(call);
  if (timeout !== undefined) return timeout;
  const found = attachable(call, name);
  if (isFailure(found)) return found;
  const { info, pod } = found;
  for (const text of ports) {
    const mistake = info.resource.kind === "Service" ? servicePort(info, text) : podPort(pod, text);
    if (mistake !== undefined) return mistake;
  }
  const phase = pod.status?.phase ?? "";
  if (phase !== "Running") {
    return failed(`unable to forward port because pod is not running. Current status=${phase}`);
  }
  return ports.map(portMistake).find((one) => one !== undefined);
}

function remoteOf(text: string): string {
  return text.includes(":") ? text.slice(text.lastIndexOf(":") + 1) : text;
}

function podPort({ metadata, spec }: Pod, text: string): Failure | undefined {
  const remote = remoteOf(text);
  if (remote === "") return failed("remote port cannot be empty");
  if (/^[+-]?\d+$/.test(remote)) return undefined;
  const isNamed = spec.containers.some(({ ports = [] }) =>
    ports.some((one) => one.name === remote),
  );
  if (isNamed) return undefined;
  return failed(`Pod '${metadata.name}' does not have a named port '${remote}'`);
}

function servicePort({ object, name }: Info, text: string): Failure | undefined {
  const remote = remoteOf(text);
  const found = valueAt(object, ["spec", "ports"]);
  const ports: readonly unknown[] = Array.isArray(found) ? found : [];
  const isNumber = /^\d+$/.test(remote);
  const isThere = ports.some((one) => {
    return String(valueAt(one, [isNumber ? "port" : "name"])) === remote;
  });
  if (isThere) return undefined;
  return isNumber
    ? failed(`Service ${name} does not have a service port ${remote}`)
    : failed(`Service '${name}' does not have a named port '${remote}'`);
}

/** client-go/tools/portforward parsePorts */
function portMistake(text: string): Failure | undefined {
  const parts = text.split(":");
  if (parts.length > 2) return failed(`invalid port format '${text}'`);
  const [local = "", remote = local] = parts;
  const wrongLocal = local === "" ? undefined : uint16(local);
  if (wrongLocal !== undefined) {
    return failed(`error parsing local port '${local}': ${wrongLocal}`);
  }
  const wrongRemote = uint16(remote);
  if (wrongRemote !== undefined) {
    return failed(`error parsing remote port '${remote}': ${wrongRemote}`);
  }
  return Number(remote) === 0 ? failed("remote port must be > 0") : undefined;
}

function uint16(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return syntaxError("ParseUint", text);
  return Number(text) > 65_535 ? rangeError("ParseUint", text) : undefined;
}

interface FileSpec {
  readonly pod: string;
  readonly namespace: string;
  readonly file: string;
}

/** kubectl/pkg/cmd/cp/cp.go */
export function copy(call: Invocation): Failure | undefined {
  const [from, to, more] = call.args;
  if (from === undefined || to === undefined || more !== undefined) {
    return failed("source and destination are required");
  }
  const [source, target] = [fileSpec(from), fileSpec(to)];
  if (isFailure(source)) return source;
  if (isFailure(target)) return target;
  if (source.pod !== "" && target.pod !== "") {
    return failed("one of src or dest must be a local file specification");
  }
  if (source.file === "" || target.file === "") return failed("filepath can not be empty");
  if (source.pod === "" && target.pod === "") {
    return failed("one of src or dest must be a remote file specification");
  }
  if (source.pod === "" && call.around.file(source.file) === undefined) {
    return failed(`${source.file} doesn't exist in local filesystem`);
  }
  const { pod, namespace } = source.pod === "" ? target : source;
  const pods = mappingFor("pods");
  if (isFailure(pods)) return pods;
  const object = call.get(pods, namespace || call.namespace, pod);
  if (isFailure(object)) return object;
  return isPod(object) ? connect(call, object, "exec") : undefined;
}

function fileSpec(text: string): FileSpec | Failure {
  const at = text.indexOf(":");
  const none = failed("filespec must match the canonical format: [[namespace/]pod:]file/path");
  if (at < 0) return { pod: "", namespace: "", file: text };
  if (at === 0) return none;
  const [one = "", two, more] = text.slice(0, at).split("/");
  if (more !== undefined) return none;
  const file = text.slice(at + 1);
  return two === undefined ? { pod: one, namespace: "", file } : { pod: two, namespace: one, file };
}
