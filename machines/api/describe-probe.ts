import type { Probe } from "./pod.ts";

/** A probe in one line; kubectl/pkg/describe DescribeProbe. */
export function describeProbe(probe: Probe): string {
  return `${handler(probe)} ${[
    `delay=${probe.initialDelaySeconds ?? 0}s`,
    `timeout=${probe.timeoutSeconds ?? 0}s`,
    `period=${probe.periodSeconds ?? 0}s`,
    `#success=${probe.successThreshold ?? 0}`,
    `#failure=${probe.failureThreshold ?? 0}`,
  ].join(" ")}`;
}

function handler({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec !== undefined) return `exec [${(exec.command ?? []).join(" ")}]`;
  if (httpGet !== undefined) return `http-get ${urlOf(httpGet)}`;
  if (tcpSocket !== undefined) return `tcp-socket ${tcpSocket.host ?? ""}:${tcpSocket.port}`;
  return grpc === undefined ? "unknown" : `grpc <pod>:${grpc.port} ${grpc.service ?? ""}`;
}

/** Go's `url.URL.String()` of scheme, host with port, and path. */
function urlOf({ scheme, host = "", port, path = "" }: NonNullable<Probe["httpGet"]>): string {
  const bracketed = /[:%]/.test(host) ? `[${host}]` : host;
  const authority = escaped(`${bracketed}:${port}`, hostCharacter);
  const start = scheme === undefined ? "//" : `${scheme.toLowerCase()}://`;
  const slash = path === "" || path.startsWith("/") ? "" : "/";
  return `${start}${authority}${slash}${path === "*" ? path : escaped(path, pathCharacter)}`;
}

const pathCharacter = /[\w.~$&+,/:;=@-]/;
const hostCharacter = /[\w.~!$&'()*+,;=:[\]<>"-]/;

function escaped(text: string, allowed: RegExp): string {
  const wellFormed = text.replaceAll(/\p{Surrogate}/gu, "\ufffd");
  return [...wellFormed].map((one) => (allowed.test(one) ? one : percentEncoded(one))).join("");
}

function percentEncoded(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x80) return encodeURIComponent(character);
  return `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
}
