import type { Node } from "../../machines/api/node.ts";
import { electedComponents } from "../../machines/controllers/leader-election/elected-components.ts";
import type { HandlerContext, Message, Receiver } from "../system/composition.ts";
import type { KubeWorld } from "../system/world.ts";
import { defaultNode } from "./nodes.ts";

/** A program of the control plane on a host. */
export function componentOn(object: string, host: string): Receiver {
  return { machine: "controlPlaneComponent", subject: { object, part: host } };
}

/** The kubelets of all hosts start what they find; etcd and the API server are on the first. */
export function bootOf({ controllers }: Pick<KubeWorld, "controllers">): readonly Message[] {
  const { hosts } = controllers;
  const first = hosts.slice(0, 1);
  const alone = ["etcd", "kube-apiserver"].flatMap((one) => first.map((on) => [one, on] as const));
  const several = electedComponents.filter((one) => controllers.elects(one));
  const elected = several.flatMap((one) => hosts.map((on) => [one, on] as const));
  return [...alone, ...elected].map(([object, host]) => {
    return { to: componentOn(object, host), event: { type: "component.started" } };
  });
}

/** Pods that do not tolerate it stay away; cmd/kubeadm/app/phases/markcontrolplane. */
export function controlPlaneNode(host: string, nth: number): Node {
  const node = defaultNode(host, nth);
  const labels = { ...node.metadata.labels, [controlPlaneRole]: "", [excluded]: "" };
  const taints = [{ key: controlPlaneRole, effect: "NoSchedule" as const }];
  return { ...node, metadata: { ...node.metadata, labels }, spec: { ...node.spec, taints } };
}

const controlPlaneRole = "node-role.kubernetes.io/control-plane";
const excluded = "node.kubernetes.io/exclude-from-external-load-balancers";

/** A container of the control plane begins, or ends as soon as it has. */
export function beginProcess({ from, choices, send }: HandlerContext<KubeWorld>): void {
  if (from === undefined) return;
  const { object = "", part = "" } = from.subject;
  const about = `component/${object} host/${part}`;
  const outcome = choices.pick("component start", about, ["begins", "fails"]);
  const usual = object === "kube-apiserver" ? usualStartMs.apiServer : usualStartMs.others;
  const range = { low: 500, high: 10_000, usual };
  const delayMs = choices.amount("component start time", about, range);
  const event = { type: "process.begun", hasFailed: outcome === "fails" };
  send({ to: from, event, delayMs });
}

/** The API server has its hooks to run before it is ready. */
const usualStartMs = { apiServer: 3_000, others: 1_000 };

/** A user's request, which an API server that boots may not hear yet. */
export function throughBoot(
  { controllers }: KubeWorld,
  message: Message,
  delayMs: number,
): Message {
  if (!controllers.runs("controlPlaneComponent")) return { ...message, delayMs };
  const to = { machine: "apiserver", subject: {} };
  return { to, event: { type: "request.call" }, detail: { message }, delayMs };
}

/** What it was that came. */
export function hearCall({ detail, send }: HandlerContext<KubeWorld>): void {
  const { message }: { message?: Message } = { ...detail };
  if (message !== undefined) send(message);
}

/**
 * Before there is an API server, whoever set the cluster up tries again, and so do kubelets that
 * register their nodes; users are told.
 */
export function awaitApiServer(context: HandlerContext<KubeWorld>): void {
  const { event, detail, from, self, now, send } = context;
  const { tries = 0, object }: Partial<Waiting> = { ...detail };
  const isFirst = event.type !== "request.call" && (now === 0 || from?.machine === self.machine);
  if (isFirst) {
    const delayMs = object?.kind === "Node" ? registrationMs(tries) : setUpMs;
    return send({ to: self, event, detail: { ...detail, tries: tries + 1 }, delayMs });
  }
  const to = { machine: "kubectl", subject: {} };
  const told = { error: connectionRefusedText, request: event.type };
  send({ to, event: { type: "request.refused" }, detail: told });
}

interface Waiting {
  readonly tries: number;
  readonly object: { readonly kind?: string };
}

const setUpMs = 1_000;

/** pkg/kubelet/kubelet_node_status.go registerWithAPIServer */
function registrationMs(tries: number): number {
  return Math.min(100 * 2 ** tries, 7_000);
}

/** kubectl/pkg/cmd/util/helpers.go */
export const connectionRefusedText =
  "The connection to the server control-plane-1:6443 was refused - did you specify the right host or port?";
