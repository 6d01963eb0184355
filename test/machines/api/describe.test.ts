import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { describePod } from "../../../machines/api/describe.ts";
import {
  type DescribedEvent,
  describeEvents,
  eventsOfPod,
} from "../../../machines/api/describe-events.ts";
import { describeProbe } from "../../../machines/api/describe-probe.ts";
import type { Container, Pod, Volume } from "../../../machines/api/pod.ts";
import { formatTime, parseTime } from "../../../machines/api/time.ts";

const nowMs = parseTime("2026-01-15T10:00:00Z");

function eventOf(overrides: Partial<DescribedEvent>): DescribedEvent {
  const source = { component: "kubelet" };
  return { type: "Normal", reason: "R", message: "m", source, involvedObject: {}, ...overrides };
}

function ago(seconds: number): string {
  return formatTime(nowMs - seconds * 1_000);
}

function described(overrides: {
  readonly metadata?: Partial<Pod["metadata"]>;
  readonly container?: Partial<Container>;
  readonly spec?: Partial<Pod["spec"]>;
  readonly status?: Pod["status"];
}): string {
  const metadata = { name: "p", namespace: "default", ...overrides.metadata };
  const containers = [{ name: "c0", image: "img:1", ...overrides.container }];
  const spec = { containers, ...overrides.spec };
  return describePod({ metadata, spec, status: overrides.status ?? {} }, undefined, nowMs);
}

function about(uid: string) {
  return { involvedObject: { kind: "Pod", name: "p", namespace: "default", uid } };
}

describe("the Events block", () => {
  it("says <none> when there are none", () => {
    expect(describeEvents([], nowMs)).toBe("Events:  <none>\n");
  });

  it("is sorted by the last time and folds repeats", () => {
    const late = eventOf({ count: 3, firstTimestamp: ago(300), lastTimestamp: ago(120) });
    const early = eventOf({ reason: "First", firstTimestamp: ago(200), lastTimestamp: ago(200) });
    expect(describeEvents([late, early], nowMs).split("\n").slice(1, 5)).toEqual([
      "  Type    Reason  Age              From     Message",
      "  ----    ------  ----             ----     -------",
      "  Normal  First   3m20s            kubelet  m",
      "  Normal  R       2m (x3 over 5m)  kubelet  m",
    ]);
  });

  it("puts the container before the message", () => {
    const event = eventOf({ involvedObject: { fieldPath: "spec.containers{web}" } });
    expect(describeEvents([event], nowMs)).toContain("spec.containers{web}: m");
  });

  it("never loses an Event", () => {
    const second = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(fc.array(second, { minLength: 1 }), (times) => {
        const events = times.map((at) => eventOf({ reason: `at${at}`, lastTimestamp: ago(at) }));
        const shown = describeEvents(events, nowMs).match(/at\d+/g) ?? [];
        expect(shown).toEqual(times.toSorted((a, b) => b - a).map((at) => `at${at}`));
      }),
    );
  });

  it("leaves out a former pod of the same name", () => {
    const pod = { name: "p", namespace: "default", uid: "new" };
    expect(eventsOfPod(pod, [about("old"), about("new")])).toEqual([about("new")]);
  });
});

describe("kubectl describe pod", () => {
  it("aligns a block by its longest title", () => {
    expect(described({}).split("\n").slice(0, 4)).toEqual([
      "Name:         p",
      "Namespace:    default",
      "Node:         <none>",
      "Labels:       <none>",
    ]);
  });

  it("counts Terminating from the end of the grace period", () => {
    const metadata = { deletionTimestamp: ago(-1), deletionGracePeriodSeconds: 30 };
    expect(described({ metadata })).toMatch(
      /Status: +Terminating \(lasts 0s\)\nTermination Grace Period: +30s\n/,
    );
    expect(described({ metadata, status: { phase: "Failed" } })).toMatch(/Status: +Failed\n/);
  });

  it("never shows the message of a waiting container", () => {
    const state = { waiting: { reason: "ErrImagePull", message: "secret words" } };
    const text = described({ status: { containerStatuses: [{ name: "c0", state }] } });
    expect(text).toMatch(/State: +Waiting\n +Reason: +ErrImagePull\n/);
    expect(text).not.toContain("secret words");
  });

  it.each<[string, Partial<Container>, string]>([
    [
      "a named port",
      { ports: [{ name: "web", containerPort: 80, protocol: "TCP" }] },
      "80/TCP (web)",
    ],
    ["limits by name", { resources: { limits: { memory: "1Gi", cpu: "1" } } }, "memory:  1Gi"],
    [
      "a read-only mount",
      { volumeMounts: [{ name: "v", mountPath: "/v", readOnly: true }] },
      "/v from v (ro)",
    ],
    [
      "a node's own limit",
      { env: [{ name: "E", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } }] },
      "node allocatable (limits.cpu)",
    ],
  ])("shows %s", (_, container, text) => {
    expect(described({ container }).replaceAll(/ +/g, " ")).toContain(text.replaceAll(/ +/g, " "));
  });

  it.each<[Omit<Volume, "name">, string]>([
    [{ emptyDir: { sizeLimit: "1024Mi" } }, "SizeLimit: 1Gi"],
    [{ configMap: { name: "c" } }, "Optional: false"],
    [{ nfs: { server: "s", path: "/p" } }, "Server: s"],
    [{}, "<unknown>"],
  ])("shows the volume %j", (source, text) => {
    const volumes = [{ name: "v", ...source }];
    expect(described({ spec: { containers: [], volumes } }).replaceAll(/ +/g, " ")).toContain(text);
  });

  it("gives long annotations lines of their own", () => {
    const annotations = { long: "x".repeat(200), short: "1" };
    expect(described({ metadata: { annotations } })).toMatch(/long:\n +x{138}\.\.\.\n +short: 1\n/);
  });
});

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
