import { quote } from "../../api/quote.ts";
import { build, missingResource } from "./builder.ts";
import { readDuration } from "../../api/go-duration-error.ts";
import { type Failure, failed, isFailure, usageError } from "./failure.ts";
import { fileObjects } from "./file-objects.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { mappingFor, resourceFor } from "./mapping.ts";
import { dryRunMistake, outputFormats, outputMistake } from "./output.ts";
import { hasFiles } from "./read.ts";
import { filesMistake } from "./write.ts";

type Run = (call: Invocation) => Failure | undefined;

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

function useContext(call: Invocation): Failure | undefined {
  const [name, more] = call.args;
  if (name === undefined || more !== undefined) {
    return failed(`Unexpected args: [${call.args.join(" ")}]`);
  }
  return call.around.contexts.includes(name)
    ? undefined
    : failed(`no context exists with the name: ${quote(name)}`);
}

function deleteEntry(what: string): Run {
  return (call) => {
    const [name] = call.args;
    const isThere = name === undefined || call.around.contexts.includes(name);
    return isThere
      ? undefined
      : failed(`cannot delete ${what} ${name}, not in ${call.around.kubeconfig}`);
  };
}

function renameContext(call: Invocation): Failure | undefined {
  const [from, to, more] = call.args;
  if (from === undefined || to === undefined || more !== undefined) {
    return failed(`Unexpected args: [${call.args.join(" ")}]`);
  }
  const { contexts, kubeconfig } = call.around;
  if (!contexts.includes(from)) {
    return failed(`cannot rename the context ${quote(from)}, it's not in ${kubeconfig}`);
  }
  return contexts.includes(to)
    ? failed(
        `cannot rename the context ${quote(from)}, the context ${quote(to)} already exists in ${kubeconfig}`,
      )
    : undefined;
}

function getContexts(call: Invocation): Failure | undefined {
  const output = call.flag("output");
  if (output !== "" && output !== "name") {
    return failed(
      `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
    );
  }
  const absent = call.args.find((name) => !call.around.contexts.includes(name));
  call.say("CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE");
  return absent === undefined ? undefined : failed(`context ${absent} not found`);
}

function setContext(call: Invocation): Failure | undefined {
  const [name, more] = call.args;
  if (more !== undefined) return failed(`Unexpected args: [${call.args.join(" ")}]`);
  if (call.isOn("current") && name !== undefined) {
    return failed("you cannot specify both a context name and --current");
  }
  if (name !== undefined || call.isOn("current")) return undefined;
  return failed("you must specify a non-empty context name or --current");
}

/** kubectl/pkg/cmd/config/navigation_step_parser.go: the first word is a field of the config. */
function configPath(needed: number): Run {
  return (call) => {
    if (call.args.length !== needed) return failed(`Unexpected args: [${call.args.join(" ")}]`);
    const [path = ""] = call.args;
    const [first = ""] = path.split(".");
    const known = ["current-context", "clusters", "users", "contexts", "preferences", "kind"];
    return known.includes(first)
      ? undefined
      : failed(`unable to parse ${path} after [] at api.Config`);
  };
}

function setCluster(call: Invocation): Failure | undefined {
  if (call.args.length !== 1) return failed(`Unexpected args: [${call.args.join(" ")}]`);
  const authority = call.flag("certificate-authority");
  if (call.isOn("insecure-skip-tls-verify") && authority !== "") {
    return failed("you cannot specify a certificate authority and insecure mode at the same time");
  }
  if (!call.isOn("embed-certs")) return undefined;
  if (authority === "") return failed("you must specify a --certificate-authority to embed");
  if (call.around.file(authority) !== undefined) return undefined;
  const why = `stat ${authority}: no such file or directory`;
  return failed(`could not stat certificate-authority file ${authority}: ${why}`);
}

function setCredentials(call: Invocation): Failure | undefined {
  if (call.args.length !== 1) return failed(`unexpected args: [${call.args.join(" ")}]`);
  const ways = [
    ...(call.flag("token") === "" ? [] : ["--token"]),
    ...(call.flag("username") === "" && call.flag("password") === ""
      ? []
      : ["--username/--password"]),
  ];
  if (ways.length > 1) {
    return failed(
      `you cannot specify more than one authentication method at the same time: ${ways.join(", ")}`,
    );
  }
  const env = call.list("exec-env").find((one) => !one.includes("="));
  return env === undefined ? undefined : failed(`invalid exec-env format: ${env}`);
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

function noArguments(call: Invocation): Failure | undefined {
  if (call.args.length === 0) return undefined;
  return usageError(call.command, `unexpected arguments: [${call.args.join(" ")}]`);
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

function certificate(call: Invocation): Failure | undefined {
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

function lastApplied(call: Invocation): Failure | undefined {
  if (call.args.length === 0 && !hasFiles(call)) return missingResource;
  const { infos, failure } = build(call, call.args, { labelSelector: call.flag("selector") });
  if (failure !== undefined) return failure;
  const output = call.flag("output");
  if (call.command.path.endsWith("view-last-applied") && !["", "yaml", "json"].includes(output)) {
    return usageError(
      call.command,
      `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`,
    );
  }
  const without = infos.find(({ object }) => {
    const annotations = object?.metadata.annotations ?? {};
    return annotations["kubectl.kubernetes.io/last-applied-configuration"] === undefined;
  });
  if (without === undefined) return undefined;
  if (call.command.path.endsWith("set-last-applied")) {
    const create = "use the flag --create-annotation to create one";
    return failed(
      `no last-applied-configuration annotation found on resource: ${without.name}, to set one, ${create}`,
    );
  }
  return failed(`no last-applied-configuration annotation found on resource: ${without.name}\n`);
}

const boundKinds = ["Node", "Pod", "Secret"];

/** kubectl/pkg/cmd/create/create_token.go */
function token(call: Invocation): Failure | undefined {
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
