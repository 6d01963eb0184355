import { quote } from "../../api/quote.ts";
import { failed, type Failure, usageError } from "./failure.ts";
import type { Invocation } from "./invocation.ts";

export type Run = (call: Invocation) => Failure | undefined;

export function useContext(call: Invocation): Failure | undefined {
  const [name, more] = call.args;
  if (name === undefined || more !== undefined) {
    return failed(`Unexpected args: [${call.args.join(" ")}]`);
  }
  return call.around.contexts.includes(name)
    ? undefined
    : failed(`no context exists with the name: ${quote(name)}`);
}

export function deleteEntry(what: string): Run {
  return (call) => {
    const [name] = call.args;
    const isThere = name === undefined || call.around.contexts.includes(name);
    return isThere
      ? undefined
      : failed(`cannot delete ${what} ${name}, not in ${call.around.kubeconfig}`);
  };
}

export function renameContext(call: Invocation): Failure | undefined {
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

export function getContexts(call: Invocation): Failure | undefined {
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

export function setContext(call: Invocation): Failure | undefined {
  const [name, more] = call.args;
  if (more !== undefined) return failed(`Unexpected args: [${call.args.join(" ")}]`);
  if (call.isOn("current") && name !== undefined) {
    return failed("you cannot specify both a context name and --current");
  }
  if (name !== undefined || call.isOn("current")) return undefined;
  return failed("you must specify a non-empty context name or --current");
}

/** kubectl/pkg/cmd/config/navigation_step_parser.go: the first word is a field of the config. */
export function configPath(needed: number): Run {
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

export function setCluster(call: Invocation): Failure | undefined {
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

export function setCredentials(call: Invocation): Failure | undefined {
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

export function noArguments(call: Invocation): Failure | undefined {
  if (call.args.length === 0) return undefined;
  return usageError(call.command, `unexpected arguments: [${call.args.join(" ")}]`);
}
