import { compareText } from "../../machines/api/compare-text.ts";
import { fieldsMatch, parseFieldSelector } from "../../machines/api/field-selector.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { parseSelector } from "../../machines/api/parse-selector.ts";
import { requirementsMatch } from "../../machines/api/requirement-matches.ts";
import {
  convertFieldSelector,
  toSelectableFields,
} from "../../machines/apiserver/selectable-fields.ts";
import type { EnvironmentAnswers } from "../manifest/scenario/answers.ts";
import { keyOf } from "../store/store.ts";
import type { Handler, HandlerContext } from "../system/composition.ts";
import { isReached, serves } from "../system/control-plane.ts";
import type { KubeWorld } from "../system/world.ts";
import { apply } from "./api-apply.ts";
import { awaitApiServer, hearCall } from "./boot.ts";
import { answerCalls, connectionRefused } from "./api-calls.ts";
import { bind } from "./api-binding.ts";
import { deleteFinished, remove } from "./api-deletion.ts";
import type { ApiRequest } from "./api-request.ts";
import { create, patch } from "./api-writes.ts";
import type { ApplyRefusal } from "./apply-refusal.ts";

/**
 * Stands where the API server's request pipeline will: every write of an object that is not a
 * kubelet's PATCH goes through here to the store.
 */
export function apiServerOf(answers: Pick<EnvironmentAnswers, "bind">): Handler<KubeWorld> {
  return (context) => {
    if (!serves(context.world, "kube-apiserver")) return awaitApiServer(context);
    if (context.event.type === "request.call") return hearCall(context);
    if (context.event.type === "request.bind") return answerBinding(context, answers);
    if (context.event.type === "request.calls") return answerCalls(context);
    return answer(context);
  };
}

function answerBinding(
  { world, from, detail, now, send }: HandlerContext<KubeWorld>,
  answers: Pick<EnvironmentAnswers, "bind">,
): void {
  const request: ApiRequest = { ...detail };
  const said = answers.bind({ pod: request.key, node: request.nodeName }, now);
  const isCutOff = !isReached(world, "kube-scheduler");
  const fails = isCutOff ? connectionRefused.message : said?.fails;
  const refusal = fails ?? bind(world, request, now);
  const event = { type: "bind.answered", isRefused: refusal !== undefined };
  const message = refusal && `running Bind plugin "DefaultBinder": ${refusal}`;
  if (from !== undefined) send({ to: from, event, detail: { message }, delayMs: said?.takesMs });
}

/** What it refuses it tells whom it was asked by. */
function answer(context: HandlerContext<KubeWorld>): void {
  const { event, detail, send, self } = context;
  // Who has waited for it asks in his own name.
  const from = context.from?.machine === self.machine ? undefined : context.from;
  for (const refusal of refusals(context)) {
    const to = from ?? { machine: "kubectl", subject: {} };
    if (to.machine !== "kubectl") continue;
    const { source }: ApiRequest = { ...detail };
    const said = "error" in refusal ? refusal : { status: refusal };
    const told = { ...said, request: event.type, ...(source !== undefined && { source }) };
    send({ to, event: { type: "request.refused" }, detail: told });
  }
}

function refusals(context: HandlerContext<KubeWorld>): readonly ApplyRefusal[] {
  const { world, event, from, detail, now } = context;
  const request: ApiRequest = { ...detail };
  switch (event.type) {
    case "request.create":
      return [create(world, request, now) ?? []].flat();
    case "request.apply":
      return [apply(world, request, now) ?? []].flat();
    case "request.delete":
      return selected(world, request).flatMap((one) => remove(world, one, now) ?? []);
    case "request.patch":
      return selected(world, request).flatMap((one) => patch(world, one, now) ?? []);
    case "pod.finished":
      deleteFinished(world, from?.subject.pod ?? "", now);
      return [];
    default:
      throw new Error(`the API server is not asked for ${event.type}`);
  }
}

/**
 * `{pod:app=web:0}` is the first living pod of those labels, by creation and name, at the moment
 * of the request.
 */
function withName(world: KubeWorld, request: ApiRequest): ApiRequest {
  const [, namespace = "", text = "", index = ""] = podWord.exec(request.key ?? "") ?? [];
  if (text === "") return request;
  const labels = parseSelector(text);
  if ("error" in labels) return request;
  const pods = world.store.select("Pod", { namespace, labels: labels.requirements });
  const living = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const pod = living.toSorted(byCreationAndName)[Number(index)];
  return pod === undefined ? request : { ...request, key: keyOf(pod) };
}

const podWord = /^([^/]*)\/\{pod:(.+):(\d+)\}$/;

function byCreationAndName(a: KubeObject, b: KubeObject): number {
  const [one, other] = [a, b].map(({ metadata }) => metadata.creationTimestamp ?? "");
  return compareText(one ?? "", other ?? "") || compareText(a.metadata.name, b.metadata.name);
}

/** The request for each object that it means. */
function selected(world: KubeWorld, request: ApiRequest): readonly ApiRequest[] {
  const { kind, labelSelector, fieldSelector = "", namespace } = request;
  if (kind === undefined || labelSelector === undefined) return [withName(world, request)];
  const labels = parseSelector(labelSelector);
  const parsed = parseFieldSelector(fieldSelector);
  if ("error" in labels || "error" in parsed) return [];
  const fields = convertFieldSelector(kind, parsed);
  if ("error" in fields) return [];
  const objects = world.store.list(kind).filter((object) => {
    const { metadata } = object;
    const isInNamespace = namespace === undefined || metadata.namespace === namespace;
    const isLabelled = requirementsMatch(labels.requirements, metadata.labels);
    return isInNamespace && isLabelled && fieldsMatch(fields, toSelectableFields(object));
  });
  return objects.map((object) => ({ ...request, key: keyOf(object) }));
}
