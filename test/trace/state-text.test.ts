import { describe, expect, it } from "vitest";

import type { KubeEvent } from "../../machines/api/event.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { parseTime } from "../../machines/api/time.ts";
import { podDescriptions } from "../../src/trace/descriptions.ts";
import { podEvents, podTable } from "../../src/trace/state-text.ts";

const nowMs = parseTime("2026-01-01T00:01:00Z");

function pod(name: string, namespace = "default"): Pod {
  const metadata = { name, namespace, creationTimestamp: "2026-01-01T00:00:00Z" };
  return { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [{ name: "app" }] } };
}

const started: KubeEvent = {
  apiVersion: "v1",
  kind: "Event",
  metadata: { name: "web.1" },
  involvedObject: { kind: "Pod", name: "web" },
  type: "Normal",
  reason: "Started",
  message: "Container started",
  firstTimestamp: "2026-01-01T00:00:30Z",
  source: { component: "kubelet" },
};
const eventsOf = ({ metadata }: Pod) => (metadata.name === "web" ? [started] : []);

describe("the state at the end", () => {
  it("is kubectl's table, in the API server's order", () => {
    const lines = podTable({ pods: [pod("web"), pod("api")], nowMs }).split("\n");
    expect(lines).toEqual([
      "NAME   READY   STATUS   RESTARTS   AGE",
      "api    0/1              0          60s",
      "web    0/1              0          60s",
      "",
    ]);
  });

  it("has a column for namespaces when there is more than the usual one", () => {
    const table = podTable({ pods: [pod("web"), pod("web", "shop")], nowMs });
    expect(table.split("\n").map((line) => line.split(/ +/)[0])).toEqual([
      "NAMESPACE",
      "default",
      "shop",
      "",
    ]);
  });

  it("says so when no pod is left", () => {
    expect(podTable({ pods: [], nowMs })).toBe("No resources found\n");
  });

  it("has the Events of each pod as kubectl describe ends with them", () => {
    const pods = [pod("web"), pod("api")];
    expect(podEvents({ pods, gone: [], eventsOf, nowMs }).split("\n")).toEqual([
      "Name:  api",
      "Events:  <none>",
      "",
      "Name:  web",
      "Events:",
      "  Type    Reason   Age   From     Message",
      "  ----    ------   ----  ----     -------",
      "  Normal  Started  30s   kubelet  Container started",
      "",
    ]);
  });

  it("tells the Events of a pod that is gone, as kubectl does when it finds no pod", () => {
    const texts = [podEvents, podDescriptions].map((textOf) =>
      textOf({ pods: [], gone: [pod("web"), pod("api")], eventsOf, nowMs }),
    );
    const first = texts.map((text) => text.split("\n")[0]);
    const sentence = `Pod 'web': error 'pods "web" not found', but found events.`;
    expect(first).toEqual([sentence, sentence]);
    expect(texts[0]).not.toContain("api");
  });
});
