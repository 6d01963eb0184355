import { describe, expect, it } from "vitest";

import { describePod } from "../../../machines/api/describe.ts";
import type { Container, Pod, Volume } from "../../../machines/api/pod.ts";
import { formatTime, parseTime } from "../../../machines/api/time.ts";

const nowMs = parseTime("2026-01-15T10:00:00Z");

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
