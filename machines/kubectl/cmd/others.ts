import { readDuration } from "../../api/go-duration-error.ts";
import { quote } from "../../api/quote.ts";
import { build, missingResource } from "./builder.ts";
import {
  configPath,
  deleteEntry,
  getContexts,
  noArguments,
  renameContext,
  type Run,
  setCluster,
  setContext,
  setCredentials,
  useContext,
} from "./config.ts";
import { failed, type Failure, isFailure, usageError } from "./failure.ts";
import { fileObjects } from "./file-objects.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { lastApplied } from "./last-applied-commands.ts";
import { mappingFor, resourceFor } from "./mapping.ts";
import { dryRunMistake, outputFormats, outputMistake } from "./output.ts";
import { hasFiles } from "./read.ts";
import { filesMistake } from "./write.ts";

const badArguments = "you must specify two arguments: verb resource or verb resource/resourceName.";

/** kubectl/pkg/cmd/auth/cani.go */
function canI(call: Invocation): Failure | undefined {
  const { args } = call;
  if (call.isOn("list")) {
    return args.length > 0 ? failed("list option must be specified with no arguments") : undefined;
  }
  const [verb, about, more] = args;
  if (verb === undefined || about === undefined || more !== undefined) {
    return failed(`${badArguments}\nSee 'kubectl auth can-i -h' for help and examples.`);
  }
  const isUrl = about.startsWith("/") || about.startsWith("*/");
  if (isUrl && call.flag("subresource") !== "") {
    return failed("--subresource can not be used with NonResourceURL");
  }
  return undefined;
}

function reconcile(call: Invocation): Failure | undefined {
  const mistake = dryRunMistake(call) ?? filesMistake(call) ?? outputMistake(call);
  return mistake ?? fileObjects(call, { isValidated: false }).failure;
}

/** kubectl/pkg/cmd/top: nobody measures. */
function top(call: Invocation): Failure | undefined {
  const sortBy = call.flag("sort-by");
  if (!["", "cpu", "memory"].includes(sortBy)) {
    return failed("--sort-by accepts only cpu or memory");
  }
  if (call.args.length > 1) {
    return usageError(call.command, `[${call.args.join(" ")}]`);
  }
  if (call.args.length > 0 && call.flag("selector") !== "") {
    return failed("only one of NAME or selector can be provided");
  }
  return failed("Metrics API not available");
}

function apiResources(call: Invocation): Failure | undefined {
  if (call.args.length > 0) {
    return usageError(call.command, `unexpected arguments: [${call.args.join(" ")}]`);
  }
  const sortBy = call.flag("sort-by");
  if (!["", "name", "kind"].includes(sortBy)) {
    return failed("--sort-by accepts only name or kind");
  }
  return outputMistake(call, outputFormats.table);
}

function version(call: Invocation): Failure | undefined {
  if (call.args.length > 0) return failed(`extra arguments: [${call.args.join(" ")}]`);
  if (["", "yaml", "json"].includes(call.flag("output"))) return undefined;
  return failed("--output must be 'yaml' or 'json'");
}

const shells = ["bash", "zsh", "fish", "powershell"];

function completion(call: Invocation): Failure | undefined {
  const [shell, more] = call.args;
  if (shell === undefined) return usageError(call.command, "Shell not specified.");
  if (more !== undefined) {
    return usageError(call.command, "Too many arguments. Expected only the shell type.");
  }
  if (shells.includes(shell)) return undefined;
  return usageError(call.command, `Unsupported shell type ${quote(shell)}.`);
}

export function certificate(call: Invocation): Failure | undefined {
  if (call.args.length === 0 && !hasFiles(call)) {
    return failed("one or more CSRs must be specified as <name> or -f <filename>");
  }
  const csrs = mappingFor("certificatesigningrequests");
  if (isFailure(csrs)) return csrs;
  for (const name of call.args) {
    const found = call.get(csrs, "", name);
    if (isFailure(found)) return found;
  }
  return undefined;
}

function edit(call: Invocation): Failure | undefined {
  const mistake = outputMistake(call, outputFormats.edit);
  if (mistake !== undefined) return mistake;
  if (call.args.length === 0 && !hasFiles(call)) return missingResource;
  return build(call, call.args).failure;
}

const boundKinds = ["Node", "Pod", "Secret"];

/** kubectl/pkg/cmd/create/create_token.go */
export function token(call: Invocation): Failure | undefined {
  const [name, more] = call.args;
  if (name === undefined || more !== undefined) {
    return usageError(call.command, `exactly one NAME is required, got ${call.args.length}`);
  }
  const duration = readDuration(call.flag("duration"));
  const ms = typeof duration === "number" ? duration : 0;
  if (ms < 0) return failed("--duration must be greater than or equal to 0");
  if (ms % 1000 !== 0) {
    return failed("--duration cannot be expressed in units less than seconds");
  }
  if (call.list("audience").includes("")) return failed("--audience must not be an empty string");
  const [kind, bound, uid] = ["kind", "name", "uid"].map((one) => call.flag(`bound-object-${one}`));
  const only = "can only be set if --bound-object-kind is provided";
  if (kind === "") {
    if (bound !== "") return failed(`--bound-object-name ${only}`);
    if (uid !== "") return failed(`--bound-object-uid ${only}`);
  } else {
    if (!boundKinds.includes(kind ?? "")) {
      return failed(`supported --bound-object-kind values are ${boundKinds.join(", ")}`);
    }
    if (bound === "") {
      return failed("--bound-object-name is required if --bound-object-kind is provided");
    }
  }
  const accounts = resourceFor("serviceaccounts");
  if (accounts === undefined) return failed("no client provided");
  const path = `${pathOf(accounts, call.namespace, name)}/token`;
  const answer = call.ask({ method: "POST", path, body: { metadata: { name } } });
  if (!isFailure(answer)) return undefined;
  const { fails } = answer;
  return failed(`failed to create token: ${"status" in fails ? fails.status.message : ""}`);
}

/** Commands that say little. */
export const otherCommands: Readonly<Record<string, Run>> = {
  "auth can-i": canI,
  "auth reconcile": reconcile,
  "top node": top,
  "top pod": top,
  "config use-context": useContext,
  "config delete-context": deleteEntry("context"),
  "config delete-cluster": deleteEntry("cluster"),
  "config delete-user": deleteEntry("user"),
  "config rename-context": renameContext,
  "config get-contexts": getContexts,
  "config set-context": setContext,
  "config set": configPath(2),
  "config unset": configPath(1),
  "config set-cluster": setCluster,
  "config set-credentials": setCredentials,
  "config view": noArguments,
  "api-resources": apiResources,
  "api-versions": noArguments,
  version,
  completion,
  "certificate approve": certificate,
  "certificate deny": certificate,
  edit,
  "apply edit-last-applied": edit,
  "apply view-last-applied": lastApplied,
  "apply set-last-applied": lastApplied,
  "create token": token,
};
