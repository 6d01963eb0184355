import { formatDuration } from "../api/go-duration.ts";
import type { Container, Probe } from "../api/pod.ts";
import { resolveContainerPort } from "./container-port.ts";
import { newRequestForHTTPGetAction } from "./http-request.ts";
import {
  commandTimedOut,
  execProbe,
  followRedirects,
  grpcProbe,
  type HTTPPage,
  httpProbe,
  type ProbeOutcome,
  tcpProbe,
} from "./probe-result.ts";
import type { ProbeAnswer } from "./probe-step.ts";
import { joinHostPort } from "./request-url.ts";

/** What the program in a container, or the runtime, does about a probe. */
export interface ProbeReply {
  /** `timeout`: nothing for longer than the probe waits; `no result`: it could not be asked. */
  readonly result: "success" | "warning" | "failure" | "timeout" | "no result";
  /** What was written; of a failure or a lack of result, what the Event will say. */
  readonly output?: string;
}

export interface ProbeRunResult {
  readonly result: ProbeAnswer;
  /** What the Event will repeat. */
  readonly output: string;
}

/**
 * What one try of a probe comes to, in the words of its kind; a port that the container does not
 * have is never asked. pkg/kubelet/prober/prober.go runProbe
 */
export function runProbe(
  probe: Probe,
  container: Pick<Container, "ports">,
  podIP: string,
  reply: ProbeReply,
): ProbeRunResult {
  const { result, output, error } = outcomeOf(probe, container, podIP, reply);
  return error === undefined ? { result, output } : { result: "error", output: error };
}

function outcomeOf(
  probe: Probe,
  container: Pick<Container, "ports">,
  podIP: string,
  reply: ProbeReply,
): ProbeOutcome {
  const unknown = noResult(probe, reply);
  const { exec, httpGet, tcpSocket, grpc } = probe;
  const timeout = formatDuration((probe.timeoutSeconds ?? 1) * 1_000);
  if (exec !== undefined) return unknown ?? runExec(exec.command ?? [], timeout, reply);
  if (httpGet !== undefined) {
    const request = newRequestForHTTPGetAction(httpGet, container, podIP, "probe");
    if ("error" in request) return { result: "unknown", output: "", error: request.error };
    return unknown ?? runHTTP(request.url, reply);
  }
  if (tcpSocket !== undefined) {
    const { port, error } = resolveContainerPort(tcpSocket.port, container);
    if (error !== undefined) return { result: "unknown", output: "", error };
    const { host = "" } = tcpSocket;
    return unknown ?? runTCP(joinHostPort(host === "" ? podIP : host, port), reply);
  }
  if (grpc !== undefined) return unknown ?? runGRPC(timeout, reply);
  return { result: "unknown", output: "", error: "missing probe handler" };
}

function noResult({ exec }: Probe, { result, output }: ProbeReply): ProbeOutcome | undefined {
  if (result !== "no result") return undefined;
  const error = output ?? (exec === undefined ? unexpectedEnd : notRunning);
  return { result: "unknown", output: "", error };
}

function runExec(command: readonly string[], timeout: string, reply: ProbeReply): ProbeOutcome {
  const { result, output = "" } = reply;
  if (result === "timeout") {
    const error = `${commandTimedOut}: "${command.join(" ")}" timed out after ${timeout}`;
    return execProbe({ exitCode: 0, output, error });
  }
  const exitCode = result === "failure" ? 1 : 0;
  return execProbe({ exitCode, output, ...(exitCode > 0 && { error: `exit ${exitCode}` }) });
}

function runHTTP(url: string, { result, output }: ProbeReply): ProbeOutcome {
  if (result === "timeout") {
    return httpProbe({ error: `Get "${url}": ${deadline} (${awaitingHeaders})` });
  }
  if (result === "failure" && output !== undefined) return httpProbe({ error: output });
  return httpProbe(followRedirects(() => pageOf(result, output), url));
}

/** A server that warns sends its visitors to another host. */
function pageOf(result: ProbeReply["result"], body = ""): HTTPPage {
  if (result === "warning") return { location: "/", otherHost: true, body };
  return { statusCode: result === "failure" ? 500 : 200, body };
}

function runTCP(address: string, { result, output }: ProbeReply): ProbeOutcome {
  if (result === "timeout") return tcpProbe({ error: `dial tcp ${address}: i/o timeout` });
  if (result !== "failure") return tcpProbe({});
  return tcpProbe({ error: output ?? `dial tcp ${address}: connect: connection refused` });
}

function runGRPC(timeout: string, { result, output }: ProbeReply): ProbeOutcome {
  if (result === "timeout") {
    return grpcProbe({ code: "DeadlineExceeded", message: deadline, timeout });
  }
  if (result !== "failure") return grpcProbe({ response: "SERVING" });
  return output === undefined
    ? grpcProbe({ response: "NOT_SERVING" })
    : { result: "failure", output };
}

const deadline = "context deadline exceeded";
const awaitingHeaders = "Client.Timeout exceeded while awaiting headers";
const unexpectedEnd = "unexpected EOF";
/** containerd internal/cri/server/container_execsync.go */
const notRunning =
  "rpc error: code = Unknown desc = failed to exec in container: container is in CONTAINER_EXITED state";
