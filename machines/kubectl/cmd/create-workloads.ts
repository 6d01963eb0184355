import { build } from "./builder.ts";
import type { Described } from "./create-objects.ts";
import { failed } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { valueAt } from "./read.ts";

function commandOf(call: Invocation): readonly string[] {
  return call.dash === undefined ? [] : call.args.slice(call.dash);
}

export function deployment(call: Invocation, name: string): Described {
  const [images, command] = [call.list("image"), commandOf(call)];
  if (images.length > 1 && command.length > 0) {
    return failed("cannot specify multiple --image options and command");
  }
  const labels = { app: name };
  const port = call.number("port");
  const ports = port >= 0 ? { ports: [{ containerPort: port }] } : {};
  const containers = images.map((image) => {
    const own = containerName(image);
    return { name: own, image, ...(command.length > 0 && { command }), ...ports };
  });
  const template = { metadata: { labels }, spec: { containers } };
  const spec = { replicas: call.number("replicas"), selector: { matchLabels: labels }, template };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { labels }, rest: { spec } };
}

/** create_deployment.go buildPodSpec: the last part of the image, without its tag. */
function containerName(image: string): string {
  const last = image.slice(image.lastIndexOf("/") + 1);
  return last.replace(/[:@].*$/s, "");
}

export function job(call: Invocation, name: string): Described {
  const [image, from, command] = [call.flag("image"), call.flag("from"), commandOf(call)];
  if ((image === "") === (from === "")) {
    return failed("either --image or --from must be specified");
  }
  if (from !== "" && command.length > 0) return failed("cannot specify --from and command");
  if (from !== "") return jobFrom(call, from);
  const container = { name, image, ...(command.length > 0 && { command }) };
  const template = { spec: { containers: [container], restartPolicy: "Never" } };
  return { apiVersion: "batch/v1", kind: "Job", rest: { spec: { template } } };
}

function jobFrom(call: Invocation, from: string): Described {
  const { infos, failure } = build(call, [from], { allowsTypeAlone: false });
  if (failure !== undefined) return failure;
  const [info] = infos;
  if (info === undefined) return failed("from must be an existing cronjob");
  const { kind, group, version } = info.resource;
  if (kind !== "CronJob") return failed(`unknown object type *${packageOf(group, version)}${kind}`);
  const spec = valueAt(info.object, ["spec", "jobTemplate", "spec"]);
  const annotations = { "cronjob.kubernetes.io/instantiate": "manual" };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { annotations }, rest: { spec } };
}

/** Go's package of a group's version is named by the version alone. */
function packageOf(_group: string, version: string): string {
  return `${version}.`;
}

export function cronJob(call: Invocation, name: string): Described {
  const command = commandOf(call);
  const restartPolicy = call.flag("restart") || "OnFailure";
  const image = call.flag("image");
  const container = { name, image, ...(command.length > 0 && { command }) };
  const template = { spec: { containers: [container], restartPolicy } };
  const jobTemplate = { metadata: { name }, spec: { template } };
  const spec = { schedule: call.flag("schedule"), jobTemplate };
  return { apiVersion: "batch/v1", kind: "CronJob", rest: { spec } };
}
