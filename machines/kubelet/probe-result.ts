import { truncateBytes } from "../api/truncate-bytes.ts";

/** One try of a probe; with an error its result is unknown and will be thrown away. */
export interface ProbeOutcome {
  readonly result: "success" | "warning" | "failure" | "unknown";
  readonly output: string;
  readonly error?: string;
}

/** How a command in a container ended; `error` without an exit code: it could not be run. */
export interface CommandEnd {
  readonly exitCode: number;
  /** Standard output, then standard error. */
  readonly output: string;
  readonly error?: string;
}

/** pkg/probe/exec/exec.go Probe */
export function execProbe({ exitCode, output, error }: CommandEnd): ProbeOutcome {
  const text = truncateBytes(output, maxReadLength);
  if (error === undefined || error === exitText(0)) return { result: "success", output: text };
  if (exitCode > 0) return { result: "failure", output: text };
  if (error.startsWith(commandTimedOut)) return { result: "failure", output: error };
  return { result: "unknown", output: "", error };
}

/** What a server answered; `error` says that there was no answer. */
export type HTTPAnswer =
  | { readonly statusCode: number; readonly body: string }
  | { readonly error: string };

/** pkg/probe/http/http.go DoHTTPProbe: no answer is a failure, so that timeouts count. */
export function httpProbe(answer: HTTPAnswer): ProbeOutcome {
  if ("error" in answer) return { result: "failure", output: answer.error };
  const { statusCode } = answer;
  const body = truncateBytes(answer.body, maxReadLength);
  if (statusCode < 200 || statusCode >= 400) {
    return { result: "failure", output: `HTTP probe failed with statuscode: ${statusCode}` };
  }
  if (statusCode < 300) return { result: "success", output: body };
  return { result: "warning", output: `Probe terminated redirects, Response body: ${body}` };
}

/** What a server has at a path; a redirect names the host if it leads to another one. */
export type HTTPPage =
  | { readonly statusCode: number; readonly body: string }
  | { readonly location: string; readonly otherHost: boolean; readonly body: string };

/** Redirects on the same host are followed, ten at most. http.go RedirectChecker */
export function followRedirects(page: (path: string) => HTTPPage, start: string): HTTPAnswer {
  let path = start;
  for (let requests = 1; requests <= maxRequests; requests++) {
    const found = page(path);
    if ("statusCode" in found) return found;
    if (found.otherHost) return { statusCode: redirectStatus, body: found.body };
    path = found.location;
  }
  return { error: `Get "${path}": stopped after ${maxRequests} redirects` };
}

/** pkg/probe/tcp/tcp.go DoTCPProbe */
export function tcpProbe(dial: { readonly error?: string }): ProbeOutcome {
  if (dial.error === undefined) return { result: "success", output: "" };
  return { result: "failure", output: dial.error };
}

/** What a health server said, or the gRPC status that it failed with. */
export type HealthAnswer =
  | { readonly response: string }
  | { readonly code: string; readonly message: string; readonly timeout?: string };

/** pkg/probe/grpc/grpc.go Probe */
export function grpcProbe(answer: HealthAnswer): ProbeOutcome {
  if ("response" in answer) {
    if (answer.response === "SERVING") return { result: "success", output: "service healthy" };
    const output = `service unhealthy (responded with "${answer.response}")`;
    return { result: "failure", output };
  }
  return { result: "failure", output: grpcFailure(answer) };
}

function grpcFailure({ code, message, timeout = "1s" }: Extract<HealthAnswer, { code: string }>) {
  switch (code) {
    case "Unimplemented":
      return `error: this server does not implement the grpc health protocol (${service}): ${message}`;
    case "DeadlineExceeded":
      return `timeout: health rpc did not complete within ${timeout}`;
    default:
      return `error: health rpc probe failed: rpc error: code = ${code} desc = ${message}`;
  }
}

/** What the recorder writes in place of an exit status; vectors and runtimes name it so. */
function exitText(code: number): string {
  return `exit ${code}`;
}

/** cri-client pkg/remote_runtime.go ErrCommandTimedOut */
export const commandTimedOut = "command timed out";

const service = "grpc.health.v1.Health";
const maxReadLength = 10_240; // pkg/probe/exec/exec.go maxReadLength, http.go maxRespBodyLength
const maxRequests = 10; // http.go RedirectChecker
const redirectStatus = 302;
