import { describe, expect, it } from "vitest";

import { newRequestForHTTPGetAction } from "../../../machines/kubelet/http-request.ts";

const app = { name: "app", ports: [{ name: "web", containerPort: 9090 }] };
const podIP = "10.0.0.9";

describe("newRequestForHTTPGetAction", () => {
  it("goes to the pod, to the port of that name, as kube-probe", () => {
    const request = newRequestForHTTPGetAction({ path: "/x", port: "web" }, app, podIP, "probe");
    expect(request).toEqual({
      url: "http://10.0.0.9:9090/x",
      host: "",
      headers: { "User-Agent": ["kube-probe/1.35"], Accept: ["*/*"] },
    });
  });

  it("goes elsewhere when a host is given; a Host header replaces the URL's", () => {
    const httpHeaders = [
      { name: "host", value: "a.example" },
      { name: "x-ids", value: "1" },
      { name: "X-IDs", value: "2" },
    ];
    const httpGet = { host: "b.example", port: 80, httpHeaders };
    const request = newRequestForHTTPGetAction(httpGet, app, podIP, "probe");
    expect(request).toMatchObject({
      url: "http://b.example:80",
      host: "a.example",
      headers: { Host: ["a.example"], "X-Ids": ["1", "2"] },
    });
  });

  it("sends no Accept header when an empty one is wished", () => {
    const httpGet = { port: 80, httpHeaders: [{ name: "accept", value: "" }] };
    const request = newRequestForHTTPGetAction(httpGet, app, podIP, "lifecycle");
    expect(request).toMatchObject({ headers: { "User-Agent": ["kube-lifecycle/1.35"] } });
    expect(request).not.toHaveProperty("headers.Accept");
  });

  it("needs a port that exists", () => {
    const request = newRequestForHTTPGetAction({ port: 70_000 }, app, podIP, "probe");
    expect(request).toEqual({ error: "invalid port number: 70000" });
  });
});
