import type { ObjectMeta } from "../api/meta.ts";
import type { Container, LifecycleHandler } from "../api/pod.ts";
import { quote } from "../api/quote.ts";
import { resolveContainerPort } from "./container-port.ts";

/** What the environment says to a hook: how long it takes, and why and with what it fails. */
export interface HookAnswer {
  readonly durationMs: number;
  readonly error?: string;
  readonly output?: string;
}

export interface HookResult {
  /** Empty where the hook succeeded. */
  readonly message: string;
  readonly error?: string;
  readonly tookMs: number;
}

/**
 * How a hook ends; any status code is a success to an http hook, and a sleep hook fails only when
 * it is cut short. pkg/kubelet/lifecycle/handlers.go Run
 */
export function runHook(
  pod: { readonly metadata: Pick<ObjectMeta, "name" | "namespace" | "uid"> },
  container: Pick<Container, "name" | "ports">,
  handler: LifecycleHandler,
  { durationMs, error, output = "" }: HookAnswer,
): HookResult {
  const { exec, httpGet, sleep } = handler;
  const place = `Container ${quote(container.name)} in Pod ${quote(podDesc(pod.metadata))}`;
  const failed = (hook: string, why: string, tookMs: number, more = "") => {
    const message = `${hook} for ${place} failed - error: ${why}${more}`;
    return { message, error: why, tookMs };
  };
  if (exec !== undefined) {
    if (error === undefined) return { message: "", tookMs: durationMs };
    const hook = `Exec lifecycle hook ([${(exec.command ?? []).join(" ")}])`;
    return failed(hook, error, durationMs, `, message: ${quote(output)}`);
  }
  if (httpGet !== undefined) {
    const unresolved = resolveContainerPort(httpGet.port, container).error;
    const why = unresolved ?? error;
    const tookMs = unresolved === undefined ? durationMs : 0;
    if (why === undefined) return { message: "", tookMs };
    return failed(`HTTP lifecycle hook (${httpGet.path ?? ""})`, why, tookMs);
  }
  if (sleep !== undefined) {
    if (error === undefined) return { message: "", tookMs: sleep.seconds * 1_000 };
    return failed(`Sleep lifecycle hook (${sleep.seconds})`, error, durationMs);
  }
  const invalid = `invalid handler: ${goText(handler)}`;
  return { message: `Cannot run handler: ${invalid}`, error: invalid, tookMs: 0 };
}

/** pkg/kubelet/util/format/pod.go PodDesc */
function podDesc(metadata: Pick<ObjectMeta, "name" | "namespace" | "uid">): string {
  const { name, namespace = "", uid = "" } = metadata;
  return `${name}_${namespace}(${uid})`;
}

/** The inner error of a sleep hook whose container ends before it. */
export const sleepCutShort = "container terminated before sleep hook finished";

/** A handler that nobody runs, as Go prints it; tcpSocket was accepted but never implemented. */
function goText({ tcpSocket }: LifecycleHandler): string {
  const socket = tcpSocket === undefined ? "nil" : socketText(tcpSocket);
  return `&LifecycleHandler{Exec:nil,HTTPGet:nil,TCPSocket:${socket},Sleep:nil,}`;
}

function socketText({ port, host = "" }: NonNullable<LifecycleHandler["tcpSocket"]>): string {
  const value = typeof port === "number" ? `{0 ${port} }` : `{1 0 ${port}}`;
  return `&TCPSocketAction{Port:${value},Host:${host},}`;
}
