import { readDuration } from "../../api/go-duration-error.ts";
import { isPod } from "../../api/objects.ts";
import type { Pod } from "../../api/pod.ts";
import { quote } from "../../api/quote.ts";
import { parseTime } from "../../api/time.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { bareMessage, failed, type Failure, isFailure, usageError } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { mappingFor } from "./mapping.ts";
import { valueAt } from "./read.ts";

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

export function containersOf({ spec }: Pod): readonly string[] {
  const { initContainers = [], containers, ephemeralContainers = [] } = spec;
  return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
}

/** The pod that something is done with; polymorphichelpers/attachablepodforobject.go. */
export function podOf(call: Invocation, info: Info, doing = "attach to"): Pod | Failure {
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
