import { isEnvVarName } from "../../api/names.ts";
import { quote } from "../../api/quote.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import { makeNamed } from "./autoscale.ts";
import { failed, type Failure, isFailure, usageError } from "./failure.ts";
import { syntaxError } from "./flag-values.ts";
import type { Invocation } from "./invocation.ts";
import { cascadeMistake, dryRunMistake, isDryRun, outputMistake } from "./output.ts";

/** distribution/reference ReferenceRegexp */
const pathPart = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const domainPart = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const tag = "[\\w][\\w.-]{0,127}";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
export const reference = new RegExp(
  `^(?:${domain}/)?${pathPart}(?:/${pathPart})*(?::${tag})?(?:@${digest})?$`,
);

/** kubectl/pkg/cmd/run/run.go */
export function run(call: Invocation): Failure | undefined {
  const early = runMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const [own = "", ...args] = call.args;
  const port = call.flag("port");
  if (port !== "" && !/^[+-]?\d+$/.test(port)) return failed(syntaxError("Atoi", port));
  const entries = envOf(call.list("env"));
  if (isFailure(entries)) return entries;
  const labels = pairsOf(call.flag("labels"), "unexpected label spec");
  if (isFailure(labels)) return labels;
  const annotation = call.list("annotations").find((one) => !/^[^=]+=|.-$/.test(one));
  if (annotation !== undefined) return failed(`invalid annotations format: ${annotation}`);
  const wrong = overridesMistake(call);
  if (wrong !== undefined) return wrong;
  const command = call.isOn("command") ? { command: args } : { args };
  const container = {
    name: own,
    image: call.flag("image"),
    ...(args.length > 0 && command),
    ...(entries.length > 0 && { env: entries }),
    ...(port !== "" && { ports: [{ containerPort: Number(port) }] }),
    ...(call.flag("image-pull-policy") !== "" && {
      imagePullPolicy: call.flag("image-pull-policy"),
    }),
  };
  const spec = {
    containers: [container],
    dnsPolicy: "ClusterFirst",
    restartPolicy: call.flag("restart") || "Always",
  };
  const metadata = { name: own, labels: call.flag("labels") === "" ? { run: own } : labels };
  return makeNamed(call, { apiVersion: "v1", kind: "Pod", metadata, spec });
}

function runMistake(call: Invocation): Failure | undefined {
  const dry = dryRunMistake(call) ?? cascadeMistake(call);
  if (dry !== undefined) return dry;
  if (call.args.length === 0 || call.dash === 0) {
    return usageError(call.command, "NAME is required for run");
  }
  const image = call.flag("image");
  if (image === "") return failed("--image is required");
  if (!reference.test(image)) {
    return failed(`Invalid image name ${quote(image)}: invalid reference format`);
  }
  const usage = (text: string) => usageError(call.command, text);
  if (call.isOn("tty") && !call.isOn("stdin")) {
    return usage("-i/--stdin is required for containers with -t/--tty=true");
  }
  if (call.isOn("expose") && call.flag("port") === "") {
    return usage("--port must be set when exposing a service");
  }
  const restart = call.flag("restart");
  if (!["", "Always", "OnFailure", "Never"].includes(restart)) {
    return usage(`invalid restart policy: ${restart}`);
  }
  const isAttached = call.isOn("attach") || call.isOn("stdin");
  if (!isAttached && call.isOn("rm")) {
    return usage("--rm should only be used for attached containers");
  }
  if (isAttached && isDryRun(call)) {
    return usage(
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  }
  const policy = call.flag("image-pull-policy");
  return ["", "Always", "IfNotPresent", "Never"].includes(policy)
    ? undefined
    : usage(`invalid image pull policy: ${policy}`);
}

/** kubectl/pkg/generate/versioned/run.go parseEnvs */
function envOf(texts: readonly string[]): readonly object[] | Failure {
  const entries = texts.map((text) => {
    const at = text.indexOf("=");
    return { text, name: text.slice(0, Math.max(at, 0)), value: text.slice(at + 1) };
  });
  const wrong = entries.find((one) => one.name === "" || isEnvVarName(one.name).length > 0);
  if (wrong !== undefined) return failed(`invalid env: ${wrong.text}`);
  return entries.map(({ name, value }) => ({ name, value }));
}

/** kubectl/pkg/generate ParseLabels */
export function pairsOf(text: string, mistake: string): Readonly<Record<string, string>> | Failure {
  const found: Record<string, string> = {};
  for (const pair of text === "" ? [] : text.split(",")) {
    const parts = pair.split("=");
    if (parts.length !== 2) return failed(`${mistake}: ${pair}`);
    found[parts[0] ?? ""] = parts[1] ?? "";
  }
  return found;
}

export function overridesMistake(call: Invocation): Failure | undefined {
  const text = call.flag("overrides");
  const type = call.flag("override-type");
  if (text === "") return undefined;
  if (!["merge", "strategic", "json"].includes(type)) {
    return failed(`invalid override type: ${type}`);
  }
  const documents = call.around.documents(text);
  const isRight =
    !("error" in documents) && documents.every((one) => isFields(one) || Array.isArray(one));
  return isRight ? undefined : failed("Invalid JSON Patch");
}
