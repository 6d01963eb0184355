import { describe, expect, it } from "vitest";

import {
  execProbe,
  followRedirects,
  grpcProbe,
  httpProbe,
  tcpProbe,
} from "../../../machines/kubelet/probe-result.ts";

describe("execProbe", () => {
  it.each([
    ["a command that ends with 0", { exitCode: 0, output: "up" }, "success", "up"],
    ["one that ends with 1", { exitCode: 1, output: "no", error: "exit 1" }, "failure", "no"],
    [
      "one that takes too long",
      { exitCode: 0, output: "", error: "command timed out: x" },
      "failure",
      "command timed out: x",
    ],
  ] as const)("%s", (_, end, result, output) => {
    expect(execProbe(end)).toEqual({ result, output });
  });

  it("knows nothing of a command that could not be run", () => {
    const outcome = execProbe({ exitCode: 0, output: "lost", error: "no such container" });
    expect(outcome).toEqual({ result: "unknown", output: "", error: "no such container" });
  });
});

describe("httpProbe", () => {
  it("takes 200 to 299 for a success, up to 399 for a warning, and keeps bodies of errors", () => {
    const results = [199, 200, 299, 300, 399, 400].map(
      (statusCode) => httpProbe({ statusCode, body: "" }).result,
    );
    expect(results).toEqual(["failure", "success", "success", "warning", "warning", "failure"]);
    const output = "HTTP probe failed with statuscode: 500";
    expect(httpProbe({ statusCode: 500, body: "secret" }).output).toBe(output);
  });

  it("takes no answer for a failure", () => {
    const error = "dial tcp 10.0.0.9:80: connect: connection refused";
    expect(httpProbe({ error })).toEqual({ result: "failure", output: error });
  });
});

const loop = () => ({ location: "/again", otherHost: false, body: "" });
const away = () => ({ location: "http://b/", otherHost: true, body: "bye" });

describe("followRedirects", () => {
  it("gives up after ten requests", () => {
    const error = 'Get "/again": stopped after 10 redirects';
    expect(followRedirects(loop, "/")).toEqual({ error });
  });

  it("does not go to another host", () => {
    expect(httpProbe(followRedirects(away, "/")).result).toBe("warning");
  });
});

describe("tcpProbe and grpcProbe", () => {
  it("want the port open and the service SERVING", () => {
    expect(tcpProbe({}).result).toBe("success");
    expect(tcpProbe({ error: "i/o timeout" }).output).toBe("i/o timeout");
    expect(grpcProbe({ response: "SERVING" }).result).toBe("success");
    const unhealthy = 'service unhealthy (responded with "NOT_SERVING")';
    expect(grpcProbe({ response: "NOT_SERVING" }).output).toBe(unhealthy);
  });
});
