import { readDuration } from "../../api/go-duration-error.ts";
import type { Pod } from "../../api/pod.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, isFailure, usageError } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { containersOf, podOf } from "./logs.ts";
import { mappingFor } from "./mapping.ts";

/** The one object that a word names, a pod where no type is said. */
export function attachable(call: Invocation, word: string): { info: Info; pod: Pod } | Failure {
  const words = word.includes("/") ? [word] : [`pods/${word}`];
  const { infos, failure } = build(call, words);
  const [info] = infos;
  if (failure !== undefined) return failure;
  if (info === undefined) return failed("expected a resource");
  const pod = podOf(call, info);
  return isFailure(pod) ? pod : { info, pod };
}

export function timeoutMistake(call: Invocation): Failure | undefined {
  const timeout = readDuration(call.flag("pod-running-timeout"));
  if (typeof timeout === "number" && timeout > 0) return undefined;
  return usageError(call.command, "--pod-running-timeout must be higher than zero");
}

/** A command in a pod, after the pod itself has been read. */
export function connect(call: Invocation, pod: Pod, subresource: string): Failure | undefined {
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
    return failed(
      `cannot attach to the container: container ${container} not found in pod ${name}`,
    );
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
