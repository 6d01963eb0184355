import { describe, expect, it } from "vitest";

import { describeProbe } from "../../../machines/api/describe-probe.ts";

describe("a probe", () => {
  it.each([
    [{ httpGet: { port: 80, path: "/a b", scheme: "HTTP" as const } }, "http-get http://:80/a%20b"],
    [{ tcpSocket: { port: "web" } }, "tcp-socket :web"],
    [{ exec: { command: ["cat", "/x"] } }, "exec [cat /x]"],
    [{ grpc: { port: 9 } }, "grpc <pod>:9 "],
  ])("%j is shown in one line", (probe, text) => {
    expect(describeProbe(probe)).toBe(
      `${text} delay=0s timeout=0s period=0s #success=0 #failure=0`,
    );
  });
});
