import { otherCommands } from "./others.ts";
import { apply } from "./apply.ts";
import { autoscale } from "./autoscale.ts";
import { annotate, label } from "./change.ts";
import { type Command, hasSubcommands } from "./command-tree.ts";
import { copy } from "./copy.ts";
import { createNamed } from "./create-objects.ts";
import { creators } from "./creators.ts";
import { debug } from "./debug.ts";
import { remove } from "./delete.ts";
import { events, explain } from "./explain.ts";
import { expose } from "./expose.ts";
import { failed, type Failure, failureText, usageError } from "./failure.ts";
import { findCommand } from "./find-command.ts";
import { Invocation, type Surroundings } from "./invocation.ts";
import { logs } from "./logs.ts";
import { cordon, drain, uncordon } from "./nodes.ts";
import { patch, scale } from "./objects.ts";
import { parseFlags } from "./parse-flags.ts";
import { diff } from "./patch-text.ts";
import { attach, exec } from "./pods.ts";
import { portForward } from "./port-forward.ts";
import { describe, get } from "./read.ts";
import { rolloutCommands } from "./rollout.ts";
import { run } from "./run.ts";
import { setCommands } from "./set.ts";
import { taint } from "./taint.ts";
import { wait } from "./wait.ts";
import { create, replace } from "./write.ts";

/** What kubectl leaves behind in a terminal. */
export interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl: finds the command, reads its flags, does it. kubectl/pkg/cmd */
export function kubectl(words: readonly string[], around: Surroundings): Said {
  const found = findCommand(words);
  if ("error" in found) return ended(failed(found.error), 1);
  const { command, rest } = found;
  const parsed = parseFlags(command, rest);
  const exitCode = command.path === "diff" ? 2 : 1;
  if ("error" in parsed) {
    const help = `See 'kubectl${command.path === "" ? "" : " "}${command.path} --help' for usage.`;
    return ended(failed(`${parsed.error}\n${help}`), exitCode);
  }
  const call = new Invocation(command, parsed, around);
  for (const line of parsed.warnings) call.warn(line);
  const failure = configMistake(call) ?? requiredMistake(call, command) ?? doIt(call);
  return ended(failure, exitCode, call);
}

function ended(
  failure: Failure | undefined,
  exitCode: number,
  { stdout, stderr } = { stdout: "", stderr: "" },
): Said {
  if (failure === undefined) return { exitCode: 0, stdout, stderr };
  const isNothing = "several" in failure.fails && failure.fails.several.length === 0;
  const text = isNothing ? "" : failureText(failure);
  return { exitCode: isNothing ? 0 : exitCode, stdout, stderr: stderr + text };
}

/** client-go/tools/clientcmd; which cluster is asked, and as whom. */
function configMistake(call: Invocation): Failure | undefined {
  const { contexts, file } = call.around;
  const isConfig = call.command.path.startsWith("config");
  const path = call.flag("kubeconfig");
  if (path !== "" && file(path) === undefined && !isConfig) {
    return failed(`stat ${path}: no such file or directory`);
  }
  const context = call.flag("context");
  if (context !== "" && !contexts.includes(context)) {
    if (isConfig) return failed(`cannot locate context ${context}`);
    const why = `context was not found for specified context: ${context}`;
    return { fails: { plain: `Error in configuration: ${why}` } };
  }
  if (isConfig) return undefined;
  const cluster = call.flag("cluster");
  if (cluster !== "" && !contexts.includes(cluster)) {
    return failed(`no server found for cluster ${JSON.stringify(cluster)}`);
  }
  const user = call.flag("user");
  const isOwn = call.command.flags.some(({ name, type }) => name === "user" && type === "list");
  if (user !== "" && !isOwn && !contexts.includes(user)) {
    return failed(`auth info ${JSON.stringify(user)} does not exist`);
  }
  return /^\d+(?:ns|us|ms|s|m|h)?$/.test(call.flag("request-timeout"))
    ? impersonationMistake(call)
    : failed(
        "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)",
      );
}

function impersonationMistake(call: Invocation): Failure | undefined {
  if (call.list("as-group").length === 0 || call.flag("as") !== "") return undefined;
  return failed("requesting uid, groups or user-extra without impersonating a user");
}

/** spf13/cobra ValidateRequiredFlags */
function requiredMistake(call: Invocation, { flags }: Command): Failure | undefined {
  const missing = flags.filter(({ name, isRequired }) => isRequired && !call.has(name));
  if (missing.length === 0) return undefined;
  const names = missing.map(({ name }) => JSON.stringify(name));
  return failed(`required flag(s) ${names.join(", ")} not set`);
}

const commands: Readonly<Record<string, (call: Invocation) => Failure | undefined>> = {
  get,
  describe,
  explain,
  events,
  wait,
  label,
  annotate,
  create,
  replace,
  apply,
  diff,
  patch,
  delete: remove,
  scale,
  autoscale,
  cordon,
  uncordon,
  drain,
  taint,
  logs,
  exec,
  attach,
  "port-forward": portForward,
  cp: copy,
  run,
  expose,
  debug,
  ...otherCommands,
  ...below("rollout", rolloutCommands),
  ...below("set", setCommands),
  ...Object.fromEntries(
    Object.entries(creators).map(([path, creator]) => [
      `create ${path}`,
      (call: Invocation) => createNamed(call, creator),
    ]),
  ),
};

function below<Run>(
  path: string,
  own: Readonly<Record<string, Run>>,
): Readonly<Record<string, Run>> {
  return Object.fromEntries(Object.entries(own).map(([name, act]) => [`${path} ${name}`, act]));
}

function doIt(call: Invocation): Failure | undefined {
  const act = commands[call.command.path];
  if (act !== undefined) return act(call);
  if (!hasSubcommands(call.command)) return undefined;
  if (call.args.length === 0) return { fails: { plain: "" } };
  const words = call.args.join(" ");
  return usageError(call.command, `unknown command ${JSON.stringify(words)}`);
}
