import { isNode, isPod } from "../../api/objects.ts";
import { parseSelector } from "../../api/parse-selector.ts";
import type { Pod } from "../../api/pod.ts";
import { quote } from "../../api/quote.ts";
import { drainProblems } from "../drain-filters.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { bareMessage, failed, type Failure, isFailure, usageError } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { mappingFor, objectName, resourceFor, resourceText } from "./mapping.ts";
import { dryRunMistake, dryRunNote } from "./output.ts";
import { mergePatch } from "./patch-call.ts";

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
    const why = bareMessage(failure);
    call.warn(
      `error: unable to drain node ${quote(info.name)} due to error: ${why}, continuing command...`,
    );
    return { name: info.name, failure };
  });
  if (failures.length === 0) return undefined;
  call.warn("There are pending nodes to be drained:");
  for (const { name } of failures) call.warn(` ${name}`);
  return outermost(failures.map(({ failure }) => failure));
}

/** A node's own list stands alone; the lists of several stand in brackets. */
function outermost(failures: readonly Failure[]): Failure | undefined {
  return failures.length > 1 ? { fails: { several: failures } } : failures[0];
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
  if (errors.length > 0) return { fails: { several: errors.map(failed) } };
  if (warnings !== "") call.warn(`Warning: ${warnings}`);
  const failures = going.flatMap((pod) => evict(call, pod) ?? []);
  return failures.length === 0 ? undefined : { fails: { several: failures } };
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
