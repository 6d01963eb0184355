import type { Container, Probe } from "../../../machines/api/pod.ts";
import { resolveContainerPort } from "../../../machines/kubelet/container-port.ts";
import { newRequestForHTTPGetAction } from "../../../machines/kubelet/http-request.ts";
import {
  execProbe,
  followRedirects,
  grpcProbe,
  type HTTPPage,
  httpProbe,
  type ProbeOutcome,
  tcpProbe,
} from "../../../machines/kubelet/probe-result.ts";
import type { ProbeAnswer, ProbeKind } from "../../../machines/kubelet/probe-step.ts";
import { probeManager, type ProbeManagerInput, probeOnce } from "../../support/probe-manager.ts";

interface Input extends Omit<ProbeManagerInput, "container"> {
  readonly function: string;
  readonly container: string & Container;
  readonly probeType: ProbeKind;
  readonly result: ProbeAnswer;
  readonly output: string;
  readonly outputBytes?: number;
  readonly exitCode: number;
  readonly error?: string;
  readonly statusCode: number;
  readonly body: string;
  readonly bodyBytes?: number;
  readonly path: string;
  readonly portOpen: boolean;
  readonly httpGet: NonNullable<Probe["httpGet"]>;
  readonly podIP: string;
  readonly port: number | string;
  readonly service: string;
  readonly response?: string;
  readonly grpcCode: string;
  readonly grpcMessage: string;
}

export function run(input: Input): unknown {
  return runners[input.function]?.(input);
}

const runners: Readonly<Record<string, (input: Input) => unknown>> = {
  probeManager: (input) => ({ timeline: probeManager(input) }),
  probeOnce: ({ probeType, result, output }) => probeOnce(probeType, { result, output }),
  execProbe: ({ exitCode, error, output, outputBytes }) => {
    const end = { exitCode, output: textOf(output, outputBytes), ...(error && { error }) };
    const isCut = outputBytes !== undefined;
    const probed = execProbe(isCut ? { ...end, error: `exit ${exitCode}` } : end);
    return isCut ? { outputBytes: probed.output.length } : outcome(probed);
  },
  httpProbe: ({ error, statusCode, body, bodyBytes }) => {
    const answer = error === undefined ? { statusCode, body: textOf(body, bodyBytes) } : { error };
    const probed = httpProbe(answer);
    if (bodyBytes === undefined) return outcome(probed);
    return { result: probed.result, outputBytes: probed.output.length };
  },
  httpProbeRedirect: ({ path }) => outcome(httpProbe(followRedirects(pageAt, path))),
  tcpProbe: ({ portOpen }) => outcome(tcpProbe(portOpen ? {} : { error: refused })),
  newRequestForHTTPGetAction: ({ httpGet, container, podIP }) => {
    const request = newRequestForHTTPGetAction(httpGet, container, podIP, "probe");
    if ("error" in request) return request;
    const text = JSON.stringify(request).replace("kube-probe/1.35", "kube-probe/<major>.<minor>");
    return { error: null, ...JSON.parse(text) };
  },
  resolveContainerPort: ({ port, container }) => ({
    error: null,
    ...resolveContainerPort(port, container),
  }),
  grpcProbe: ({ service, response, grpcCode, grpcMessage }) => {
    if (response === undefined) {
      return outcome(grpcProbe({ code: grpcCode, message: grpcMessage }));
    }
    return { ...outcome(grpcProbe({ response })), requestedService: service };
  },
};

function outcome({ error, ...probed }: ProbeOutcome) {
  return { ...probed, error: error ?? null };
}

/** A long text is given by its length only. */
function textOf(text: string, bytes: number | undefined): string {
  return bytes === undefined ? text : "x".repeat(bytes);
}

const refused = "dial tcp 127.0.0.1:1: connect: connection refused";

function pageAt(path: string): HTTPPage {
  return server[path] ?? { statusCode: 404, body: "" };
}

/** The pages of the server that the redirects were tried on. */
const server: Readonly<Record<string, HTTPPage>> = {
  "/ok": { statusCode: 200, body: "fine" },
  "/bad": { statusCode: 500, body: "" },
  "/local": { location: "/ok", otherHost: false, body: "" },
  "/localbad": { location: "/bad", otherHost: false, body: "" },
  "/other": { location: "/", otherHost: true, body: "go away" },
  "/loop": { location: "/loop", otherHost: false, body: "" },
};
