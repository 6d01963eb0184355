import { isFields } from "../../apiserver/patch-value.ts";
import { makeNamed } from "./autoscale.ts";
import { build } from "./builder.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, isFailure } from "./failure.ts";
import { syntaxError } from "./flag-values.ts";
import type { Invocation } from "./invocation.ts";
import { groupKind } from "./mapping.ts";
import { dryRunMistake, outputMistake } from "./output.ts";
import { valueAt } from "./read.ts";
import { overridesMistake, pairsOf } from "./run.ts";

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
  return makeNamed(call, { apiVersion: "v1", kind: "Service", metadata, spec }, "exposed");
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
