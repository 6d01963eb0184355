import { describe, expect, it } from "vitest";

import type { Probe } from "../../../machines/api/pod.ts";
import { type ProbeReply, runProbe } from "../../../machines/kubelet/run-probe.ts";

const app = { name: "app", ports: [{ name: "web", containerPort: 8080 }] };
const exec: Probe = { exec: { command: ["cat", "/ok"] } };
const httpGet: Probe = { httpGet: { path: "/ok", port: "web" }, timeoutSeconds: 2 };
const tcpSocket: Probe = { tcpSocket: { port: 8080 } };
const grpc: Probe = { grpc: { port: 8080 }, timeoutSeconds: 90 };

function outputOf(probe: Probe, result: ProbeReply["result"]): readonly string[] {
  const said = runProbe(probe, app, "10.0.0.9", { result });
  return [said.result, said.output];
}

describe("runProbe", () => {
  it.each([
    ["exec", exec, 'command timed out: "cat /ok" timed out after 1s'],
    [
      "httpGet",
      httpGet,
      'Get "http://10.0.0.9:8080/ok": context deadline exceeded ' +
        "(Client.Timeout exceeded while awaiting headers)",
    ],
    ["tcpSocket", tcpSocket, "dial tcp 10.0.0.9:8080: i/o timeout"],
    ["grpc", grpc, "timeout: health rpc did not complete within 1m30s"],
  ])("says how an %s probe ran out of time", (_, probe, output) => {
    expect(outputOf(probe, "timeout")).toEqual(["failure", output]);
  });

  it.each([
    ["exec", exec, ""],
    ["httpGet", httpGet, "HTTP probe failed with statuscode: 500"],
    ["tcpSocket", tcpSocket, "dial tcp 10.0.0.9:8080: connect: connection refused"],
    ["grpc", grpc, 'service unhealthy (responded with "NOT_SERVING")'],
  ])("says how an %s probe fails", (_, probe, output) => {
    expect(outputOf(probe, "failure")).toEqual(["failure", output]);
  });

  it("makes an error of a port that the container does not have", () => {
    const error = 'strconv.Atoi: parsing "nope": invalid syntax';
    const probe = { httpGet: { port: "nope" } };
    expect(outputOf(probe, "success")).toEqual(["error", error]);
  });

  it("repeats what a command wrote, and why it could not be run", () => {
    const failed = runProbe(exec, app, "", { result: "failure", output: "no file" });
    expect(failed).toEqual({ result: "failure", output: "no file" });
    const lost = runProbe(exec, app, "", { result: "no result", output: "EOF" });
    expect(lost).toEqual({ result: "error", output: "EOF" });
  });
});
