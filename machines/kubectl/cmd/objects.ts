import { quote } from "../../api/quote.ts";
import { build, type Info } from "./builder.ts";
import { type Failure, failed, isFailure, together } from "./failure.ts";
import { type Invocation, pathOf } from "./invocation.ts";
import { objectName, resourceOfObject, resourceText } from "./mapping.ts";
import { patched } from "./change.ts";
import { cascadeMistake, dryRunMistake, dryRunNote, outputMistake } from "./output.ts";
import { valueAt } from "./read.ts";
import { patchMistake, patchOf, post, rawMistake } from "./write.ts";

/** kubectl/pkg/cmd/patch/patch.go */
export function patch(call: Invocation): Failure | undefined {
  const mistake = dryRunMistake(call) ?? patchMistake(call) ?? outputMistake(call);
  if (mistake !== undefined) return mistake;
  const read = patchOf(call);
  if (isFailure(read)) return read;
  const { infos, failure } = build(call, call.args, { fetches: false });
  if (failure !== undefined) return failure;
  if (infos.length === 0) return failed("no objects passed to patch");
  const type = call.flag("type").toLowerCase();
  const contentType = `application/${type === "strategic" ? "strategic-merge" : type}-patch+json`;
  const failures = infos.flatMap((info) => {
    const answer = patched(call, info, read.patch, contentType, call.flag("subresource"));
    if (isFailure(answer)) return answer;
    call.say(`${objectName(info.resource, info.name)} patched${dryRunNote(call)}`);
    return [];
  });
  return together(failures);
}

/** kubectl/pkg/cmd/delete/delete.go */
export function remove(call: Invocation): Failure | undefined {
  const [all, selector, field] = [
    call.isOn("all"),
    call.flag("selector"),
    call.flag("field-selector"),
  ];
  const early = cascadeMistake(call);
  if (early !== undefined) return early;
  if (call.isOn("now") && call.number("grace-period") !== -1) {
    return failed("--now and --grace-period cannot be specified together");
  }
  const dry = dryRunMistake(call);
  if (dry !== undefined) return dry;
  if (call.flag("raw") !== "") return removeRaw(call);
  if (all && (selector !== "" || field !== "")) {
    return failed("setting 'all' parameter but found a non empty selector. ");
  }
  const options = { labelSelector: selector, fieldSelector: field, all, fetches: false };
  const { infos, failure } = build(call, call.args, options);
  if (failure !== undefined && infos.length === 0) return failure;
  const output = call.flag("output");
  if (output !== "" && output !== "name") {
    return failed(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  const grace = call.number("grace-period");
  if (call.isOn("force")) {
    if (grace > 0) {
      return failed("--force and --grace-period greater than 0 cannot be specified together");
    }
    call.warn(immediately);
  }
  const isSelected = all || selector !== "" || field !== "";
  const isQuiet = call.has("ignore-not-found") ? call.isOn("ignore-not-found") : isSelected;
  const failures = infos.flatMap((info) => removeOne(call, info, isQuiet) ?? []);
  if (infos.length === 0 && failure === undefined) call.say("No resources found");
  return together([...(failure === undefined ? [] : [failure]), ...failures]);
}

const immediately =
  "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.";

function removeRaw(call: Invocation): Failure | undefined {
  if (call.isOn("interactive")) return failed("--interactive can not be used with --raw");
  if (call.list("filename").length > 1) {
    return failed("--raw can only use a single local file or stdin");
  }
  const mistake = call.list("filename").length === 1 ? rawMistake(call) : undefined;
  if (mistake !== undefined) return mistake;
  const answer = call.ask({ method: "DELETE", path: call.flag("raw") });
  return isFailure(answer) ? answer : undefined;
}

function removeOne(call: Invocation, info: Info, isQuiet: boolean): Failure | undefined {
  const { resource, namespace, name } = info;
  const usual = call.isOn("now") ? 1 : call.number("grace-period");
  const grace = usual === 0 && !call.isOn("force") ? 1 : usual;
  const seconds = call.isOn("force") && grace < 0 ? 0 : grace;
  const cascade = call.flag("cascade");
  const propagationPolicy = `${cascade.slice(0, 1).toUpperCase()}${cascade.slice(1)}`;
  const body = { propagationPolicy, ...(seconds >= 0 && { gracePeriodSeconds: seconds }) };
  const dry = call.flag("dry-run") === "server" ? "?dryRun=All" : "";
  if (call.flag("dry-run") !== "client") {
    const path = `${pathOf(resource, namespace, name)}${dry}`;
    const answer = call.ask({ method: "DELETE", path, body });
    if (isFailure(answer)) {
      const { fails } = answer;
      const isAbsent = "status" in fails && fails.status.reason === "NotFound";
      return isAbsent && isQuiet ? undefined : answer;
    }
  }
  const kind = objectName(resource, "").slice(0, -1);
  const where = namespace === "" ? "" : ` from ${namespace} namespace`;
  const how = call.isOn("force") ? "force deleted" : "deleted";
  call.say(`${kind} ${quote(name)} ${how}${where}${dryRunNote(call)}`);
  return undefined;
}

/** kubectl/pkg/cmd/scale/scale.go */
export function scale(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  if (call.number("replicas") < 0) {
    return failed(
      "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0",
    );
  }
  if (call.number("current-replicas") < -1) {
    return failed("The --current-replicas must specify an integer of -1 or greater");
  }
  const options = { labelSelector: call.flag("selector"), all: call.isOn("all"), fetches: false };
  const { infos, failure } = build(call, call.args, options);
  if (failure !== undefined) return failure;
  const version = call.flag("resource-version");
  if (version !== "" && infos.length > 1) {
    return failed("cannot use --resource-version with multiple resources");
  }
  if (infos.length === 0) return failed("no objects passed to scale");
  for (const info of infos) {
    const wrong = scaleOne(call, info);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** With a condition what is there is read first. kubectl/pkg/scale ScaleSimple */
function scaleOne(call: Invocation, info: Info): Failure | undefined {
  const { resource, namespace, name } = info;
  const [current, version] = [call.number("current-replicas"), call.flag("resource-version")];
  const fetched = call.get(resource, namespace, name);
  if (isFailure(fetched)) return fetched;
  const path = `${pathOf(resource, namespace, name)}/scale`;
  if (current !== -1 || version !== "") {
    const live = call.one({ method: "GET", path });
    if (isFailure(live)) return live;
    const replicas = Number(valueAt(live, ["spec", "replicas"]) ?? 0);
    const held = live.metadata.resourceVersion ?? "";
    if (current !== -1 && current !== replicas) {
      return failed(`Expected replicas to be ${current}, was ${replicas}`);
    }
    if (version !== "" && version !== held) {
      return failed(`Expected resource version to be ${version}, was ${held}`);
    }
  }
  if (call.flag("dry-run") !== "client") {
    const spec = { replicas: call.number("replicas") };
    const answer = patched(call, info, { spec }, "application/merge-patch+json", "scale");
    if (isFailure(answer)) return answer;
  }
  call.say(`${objectName(resource, name)} scaled${dryRunNote(call)}`);
  return undefined;
}

/** kubectl/pkg/cmd/autoscale/autoscale.go */
export function autoscale(call: Invocation): Failure | undefined {
  const early = dryRunMistake(call) ?? outputMistake(call);
  if (early !== undefined) return early;
  const [min, max] = [call.number("min"), call.number("max")];
  if (max < 1) {
    return failed(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  }
  if (max < min) {
    const both = `max: ${max}, min: ${min}`;
    return failed(`--max=MAXPODS must be larger or equal to --min=MINPODS, ${both}`);
  }
  if (call.has("cpu-percent") && call.has("cpu")) {
    return failed("--cpu-percent and --cpu are mutually exclusive");
  }
  const { infos, failure } = build(call, call.args);
  if (failure !== undefined) return failure;
  for (const { resource, namespace, name } of infos) {
    if (!resource.subresources.includes("scale")) {
      const where = "in discovery information";
      const why = `could not find scale subresource for ${resourceText(resource)} ${where}`;
      return failed(`cannot autoscale a ${resource.kind}: ${why}`);
    }
    const wrong = ["cpu", "memory"].find((one) => {
      const text = call.flag(one);
      return text !== "" && !/^\d+(?:%|m|k|Ki|M|Mi|G|Gi|T|Ti)?$/.test(text);
    });
    if (wrong !== undefined) {
      return failed(`invalid resource ${wrong} value: ${call.flag(wrong)}`);
    }
    const target = { apiVersion: versionOf(resource), kind: resource.kind, name };
    const own = call.flag("name") || name;
    const spec = { scaleTargetRef: target, maxReplicas: max, ...(min > 0 && { minReplicas: min }) };
    const object = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: own, namespace },
      spec,
    };
    const answer = makeNamed(call, object, "autoscaled");
    if (answer !== undefined) return answer;
  }
  return infos.length === 0 ? failed("no objects passed to autoscale") : undefined;
}

function versionOf({ group, version }: Info["resource"]): string {
  return group === "" ? version : `${group}/${version}`;
}

interface Made {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Creates what a command has made of its words. */
export function makeNamed(call: Invocation, object: Made, done = "created"): Failure | undefined {
  const { apiVersion, kind, metadata } = object;
  const resource = resourceOfObject(apiVersion, kind);
  if (resource === undefined) return failed(`no matches for kind ${quote(kind)}`);
  const namespace = resource.isNamespaced ? (metadata.namespace ?? call.namespace) : "";
  return post(call, { resource, namespace, name: metadata.name, object }, done);
}
