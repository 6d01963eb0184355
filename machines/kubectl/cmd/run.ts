import { quote } from "../../api/quote.ts";
import { isFields } from "../../apiserver/patch-value.ts";
import { isRelaxedEnvVarName } from "../../api/names.ts";
import { build, type Info } from "./builder.ts";
import { type Failure, failed, isFailure, usageError } from "./failure.ts";
import { syntaxError } from "./flag-values.ts";
import type { Invocation } from "./invocation.ts";
import { groupKind } from "./mapping.ts";
import { makeNamed } from "./objects.ts";
import { cascadeMistake, dryRunMistake, isDryRun, outputMistake } from "./output.ts";
import { valueAt } from "./read.ts";

/** distribution/reference ReferenceRegexp */
const name = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const domainPart = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const tag = "[\\w][\\w.-]{0,127}";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const reference = new RegExp(`^(?:${domain}/)?${name}(?:/${name})*(?::${tag})?(?:@${digest})?$`);

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
  return makeNamed(call, { apiVersion: "v1", kind: "Pod", metadata, ...{ spec } });
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
  const wrong = entries.find((one) => one.name === "" || isRelaxedEnvVarName(one.name).length > 0);
  if (wrong !== undefined) return failed(`invalid env: ${wrong.text}`);
  return entries.map(({ text: _, ...entry }) => entry);
}

/** kubectl/pkg/generate ParseLabels */
function pairsOf(text: string, mistake: string): Readonly<Record<string, string>> | Failure {
  const found: Record<string, string> = {};
  for (const pair of text === "" ? [] : text.split(",")) {
    const parts = pair.split("=");
    if (parts.length !== 2) return failed(`${mistake}: ${pair}`);
    found[parts[0] ?? ""] = parts[1] ?? "";
  }
  return found;
}

function overridesMistake(call: Invocation): Failure | undefined {
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

const exposable = ["Service", "ReplicationController", "Pod", "Deployment", "ReplicaSet"];

/** kubectl/pkg/cmd/expose/expose.go */
export function expose(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const { infos, failure } = build(call, call.args);
  if (failure !== undefined) return failure;
  for (const info of infos) {
    const wrong = exposeOne(call, info);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function exposeOne(call: Invocation, info: Info): Failure | undefined {
  const { resource, name: own, object } = info;
  if (!exposable.includes(resource.kind)) return failed(`cannot expose a ${groupKind(resource)}`);
  const selector = selectorFor(call, info);
  if (isFailure(selector)) return selector;
  const headless = call.flag("cluster-ip") === "None";
  const texts = call.flag("port") === "" ? portsOf(info) : call.flag("port").split(",");
  if (texts.length === 0 && !headless) {
    return failed("couldn't find port via --port flag or introspection");
  }
  const wrong = texts.find((one) => !/^[+-]?\d+$/.test(one));
  if (wrong !== undefined) return failed(syntaxError("Atoi", wrong));
  const affinity = call.flag("session-affinity");
  if (!["", "None", "ClientIP"].includes(affinity)) {
    return failed(`unknown session affinity: ${affinity}`);
  }
  const override = overridesMistake(call);
  if (override !== undefined) return override;
  const target = call.flag("target-port");
  const ports = texts.map((text, at) => ({
    ...(texts.length > 1 && { name: `port-${at + 1}` }),
    port: Number(text),
    protocol: call.flag("protocol") || "TCP",
    targetPort: target === "" ? Number(text) : /^\d+$/.test(target) ? Number(target) : target,
  }));
  const spec = {
    selector,
    ports,
    ...(call.flag("type") !== "" && { type: call.flag("type") }),
    ...(call.flag("external-ip") !== "" && { externalIPs: [call.flag("external-ip")] }),
    ...(call.flag("cluster-ip") !== "" && { clusterIP: call.flag("cluster-ip") }),
    ...(affinity !== "" && { sessionAffinity: affinity }),
  };
  const labels = object?.metadata.labels;
  const metadata = { name: call.flag("name") || own.slice(0, 63), ...(labels && { labels }) };
  return makeNamed(call, { apiVersion: "v1", kind: "Service", metadata, ...{ spec } }, "exposed");
}

/** polymorphichelpers/mapbasedselectorforobject.go */
function selectorFor(call: Invocation, { resource, object }: Info): object | Failure {
  const given = call.flag("selector");
  if (given !== "") return pairsOf(given, "unexpected label spec");
  const why = "couldn't retrieve selectors via --selector flag or introspection";
  const path = selectorPaths[resource.kind] ?? ["spec", "selector", "matchLabels"];
  const found = valueAt(object, path);
  if (isFields(found) && Object.keys(found).length > 0) return found;
  const words: Readonly<Record<string, string>> = {
    Pod: "the pod has no labels and cannot be exposed",
    Service: "the service has no pod selector set",
    ReplicationController: "the replication controller has no pod selector set",
  };
  return failed(`${why}: ${words[resource.kind] ?? "invalid deployment: no selectors"}`);
}

const selectorPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ["metadata", "labels"],
  Service: ["spec", "selector"],
  ReplicationController: ["spec", "selector"],
};

/** polymorphichelpers/portsforobject.go */
function portsOf({ resource, object }: Info): readonly string[] {
  if (resource.kind === "Service") {
    const ports = valueAt(object, ["spec", "ports"]);
    return (Array.isArray(ports) ? ports : []).map((one: unknown) =>
      String(valueAt(one, ["port"])),
    );
  }
  const path = resource.kind === "Pod" ? ["spec"] : ["spec", "template", "spec"];
  const containers = valueAt(object, [...path, "containers"]);
  const lists = (Array.isArray(containers) ? containers : []).map((one: unknown) => {
    return valueAt(one, ["ports"]);
  });
  return lists.flatMap((ports) => {
    const list: readonly unknown[] = Array.isArray(ports) ? ports : [];
    return list.map((one) => String(valueAt(one, ["containerPort"])));
  });
}

const legacy =
  '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".';

/** kubectl/pkg/cmd/debug/debug.go; a debugging container is added by a step of a scenario. */
export function debug(call: Invocation): Failure | undefined {
  const mistake = debugMistake(call);
  if (mistake !== undefined) return failed(mistake);
  if (call.flag("profile") === "legacy") call.warn(legacy);
  const { infos, failure } = build(
    call,
    call.args
      .slice(0, call.dash ?? call.args.length)
      .map((one) => (one.includes("/") ? one : `pods/${one}`)),
  );
  if (failure !== undefined) return failure;
  const other = infos.find(({ resource }) => !["Pod", "Node"].includes(resource.kind));
  if (other === undefined) return undefined;
  const { group, version, kind } = other.resource;
  return failed(`${quote(`${group}/${version}, Kind=${kind}`)} not supported by debug`);
}

const profiles = ["legacy", "general", "baseline", "netadmin", "restricted", "sysadmin", ""];

function debugMistake(call: Invocation): string | undefined {
  const [image, copyTo] = [call.flag("image"), call.flag("copy-to")];
  const command = call.dash === undefined ? [] : call.args.slice(call.dash);
  const setsImages = call.has("set-image");
  if (!profiles.includes(call.flag("profile"))) return `unknown profile: ${call.flag("profile")}`;
  if (copyTo !== "") {
    if (image === "" && !setsImages && command.length === 0) {
      return "you must specify --image, --set-image or command arguments.";
    }
  } else {
    if (call.isOn("replace")) return "--replace may only be used with --copy-to.";
    if (call.isOn("same-node")) return "--same-node may only be used with --copy-to.";
    if (setsImages) return "--set-image may only be used with --copy-to.";
    if (image === "") return "you must specify --image when not using --copy-to.";
  }
  if (image !== "" && !reference.test(image)) {
    return `invalid image name ${quote(image)}: invalid reference format`;
  }
  if (call.args.slice(0, call.dash ?? call.args.length).length === 0) {
    return "NAME or filename is required for debug";
  }
  const policy = call.flag("image-pull-policy");
  if (!["", "Always", "IfNotPresent", "Never"].includes(policy)) {
    return `invalid image pull policy: ${policy}`;
  }
  if (call.flag("target") !== "" && copyTo !== "") {
    return "--target is incompatible with --copy-to. Use --share-processes instead.";
  }
  const isTty = call.isOn("tty") && !call.isOn("stdin");
  return isTty ? "-i/--stdin is required for containers with -t/--tty=true" : undefined;
}
