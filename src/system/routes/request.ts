import { requestMachine } from "../../../machines/apiserver/request.machine.ts";
import { assert } from "../../../machines/assert.ts";
import { kubectlsOwn } from "../api/edit.ts";
import { answerTo, type Caller, decisionsOf } from "../api/calling.ts";
import { apiContextOf } from "../api-context.ts";
import type { WebhookHandler } from "../api/webhook-reviews.ts";
import type {
  Emission,
  MachineRow,
  Message,
  Route,
  Routes,
  Subject,
  View,
} from "../composition.ts";
import type { Detail } from "../kernel-event.ts";
import type { KubeWorld } from "../world.ts";
import { telling, viewing } from "./receivers.ts";

/** One actor for each request, as long as it is handled. */
export const requestMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  request: { machine: requestMachine, exists: () => true, input: () => ({}) },
};

const answer: Route<KubeWorld> = {
  project: (world, emission) => {
    const context = { ...apiContextOf(world, emission.now), webhooks: toldAgain(world) };
    world.answer = answerTo(context, callerIn(emission.detail));
  },
};

const kubectl = { machine: "kubectl", subject: {} };

/** Who has not waited for the answer is told what was refused. */
const refusal: Route<KubeWorld> = {
  ...answer,
  to: telling("kubectl", (_, { detail }) => {
    return detail?.["isTold"] === true ? kubectl : undefined;
  }),
  event: { type: "request.refused" },
  detail: refusalOf,
};

export const requestRoutes: Routes<KubeWorld> = {
  request: {
    "request.refused": [refusal],
    "objects.read": [answer],
    "object.unchanged": [answer],
    "object.written": [answer],
  },
};

export const requestViews: Readonly<Record<string, View<KubeWorld>>> = {
  requestReceived: viewing("request.received", (world, { detail, now }) => {
    world.reviews.length = 0;
    const context = { ...apiContextOf(world, now), webhooks: toldOnce(world) };
    return { ...decisionsOf(context, callerIn(detail)) };
  }),
};

/** A request on its way; `mark` tells it from others of the same user about the same object. */
export function requestOf(caller: Caller, mark = ""): Message {
  const detail: Detail = { ...caller };
  const to = { machine: "request", subject: subjectOf(caller, mark) };
  return { to, event: { type: "request.received" }, view: "requestReceived", detail };
}

/** `kubernetes-admin create deployments default/web` */
function subjectOf({ call, credential }: Caller, mark: string): Subject {
  const { verb, resource, subresource, namespace, name } = call;
  const what =
    subresource === undefined ? resource.resource : `${resource.resource}/${subresource}`;
  const whose = [namespace, name].filter((part) => part !== undefined).join("/");
  const words = [userOf(credential), verb, what, whose, mark];
  return { part: words.filter((word) => word !== "").join(" ") };
}

function userOf(credential: Caller["credential"]): string {
  switch (credential.type) {
    case "certificate":
    case "serviceAccount":
      return credential.name;
    case "token":
      return "somebody with a token";
    case "none":
      return "anonymous";
  }
}

/** Each webhook is asked once about a request: while it is decided. */
function toldOnce(world: KubeWorld): WebhookHandler {
  return (review) => {
    const said = world.webhooks?.(review);
    world.reviews.push(said);
    return said;
  };
}

/** What was said then holds when the request is carried out. */
function toldAgain({ reviews }: KubeWorld): WebhookHandler {
  let nth = 0;
  return () => reviews[nth++];
}

function callerIn(detail: Detail | undefined): Caller {
  const { call, credential, edit }: Partial<Caller> = { ...detail };
  assert(call !== undefined && credential !== undefined, "a request brings its call");
  return { call, credential, edit };
}

function refusalOf({ answer: given }: KubeWorld, { detail }: Emission): Detail {
  const { verb, name } = callerIn(detail).call;
  const status = given !== undefined && "refused" in given ? given.refused : undefined;
  const isOwn = status?.code === kubectlsOwn;
  const said = isOwn ? { error: status.message } : { status };
  return { ...said, request: `request.${verb}`, ...(name !== undefined && { name }) };
}
