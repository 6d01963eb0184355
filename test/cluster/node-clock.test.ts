import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { formatTime, parseTime } from "../../machines/api/time.ts";
import type { Scenario } from "../../src/manifest/scenario.ts";
import { playing, type Script, scriptOf } from "../support/scripts.ts";
import { tellCluster } from "../support/told-cluster.ts";

const folder = fileURLToPath(new URL("../scenarios", import.meta.url));
/** Controllers have a clock of their own, and reckon with the times that nodes write. */
const ofControllers: readonly string[] = ["boot", "definition-deleted", "leaders", "rollout"];
const names = readdirSync(folder).filter(
  (name) => !ofControllers.includes(name) && existsSync(`${folder}/${name}/scenario.yaml`),
);
const aheadMs = 5_400_000;

/** The script with the clocks of all its nodes ahead. */
function ahead(script: Script): Script {
  const rule = { line: 1, when: {}, node: { line: 1, clockAheadMs: aheadMs } };
  const environment = [rule, ...withoutClocks(script.scenario)];
  return { ...script, scenario: { ...script.scenario, environment } };
}

function onTime(script: Script): Script {
  return {
    ...script,
    scenario: { ...script.scenario, environment: withoutClocks(script.scenario) },
  };
}

function withoutClocks({ environment }: Scenario): Scenario["environment"] {
  return environment.map(({ node, ...rule }) => {
    const { clockAheadMs: _, ...others } = node ?? { line: 0 };
    return { ...rule, ...(node && { node: others }) };
  });
}

/** Every write to the store, as JSON. */
function writes(script: Script, told: (key: string, value: unknown) => unknown): string[] {
  const cluster = playing(script);
  const lines: string[] = [];
  cluster.watch(({ atMs, type, object }) => {
    lines.push(`${atMs} ${type} ${JSON.stringify(object, told)}`);
  });
  cluster.run(script.untilMs);
  return lines;
}

/** An Event's name ends in its recorder's nanoseconds, and a pod may be bound by either side. */
function comparable(key: string, value: unknown): unknown {
  if (isOfControlPlane(value)) return { ...value, ...timeless };
  if (isCondition(value) && isScheduling(value)) return { ...value, ...bound };
  if (typeof value !== "string" || key !== "name") return value;
  return value.replace(/\.[0-9a-f]{16}$/, "");
}

const bound = { lastTransitionTime: "" };
const timeless = { firstTimestamp: "", lastTimestamp: "" };

/** An Event of a component whose clock is that of the API server. */
function isOfControlPlane(value: unknown): value is object {
  if (typeof value !== "object" || value === null || !("reportingComponent" in value)) return false;
  return controlPlane.includes(value.reportingComponent);
}

const controlPlane: readonly unknown[] = [
  "default-scheduler",
  "node-controller",
  "taint-eviction-controller",
];

/** Conditions of the control plane, some of which others write as well. */
function isScheduling({ type, reason }: { readonly type: string; readonly reason?: unknown }) {
  return type === "PodScheduled" || (type === "DisruptionTarget" && isOfOthers.has(reason));
}

const isOfOthers: ReadonlySet<unknown> = new Set([
  "PreemptionByScheduler",
  "DeletionByTaintManager",
]);

function isCondition(value: unknown): value is { readonly type: string } {
  return (
    typeof value === "object" && value !== null && "lastTransitionTime" in value && "type" in value
  );
}

/** The same, had every time that a node wrote been written so much later. */
function shifted(key: string, value: unknown): unknown {
  if (typeof value !== "string" || stampedByServer.has(key) || !isTime.test(value)) {
    return comparable(key, value);
  }
  return formatTime(parseTime(value) + aheadMs);
}

/** What an API server stamps, by its own clock, for itself or for its controllers. */
const stampedByServer = new Set(["creationTimestamp", "deletionTimestamp", "timeAdded", "time"]);
const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

describe("a node's clock that is ahead", () => {
  it.each(names)("moves the times that its node writes, and nothing else, in %s", (name) => {
    const script = scriptOf(`${folder}/${name}`);
    expect(writes(ahead(script), comparable)).toEqual(writes(onTime(script), shifted));
  });
});

const bare = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: app, image: "app:1" }] }
`;
const behind = `environment:
  - { node: { clock: -1h } }
  - { when: { image: "*" }, pull: { takes: 2s }, process: { onStop: ignored } }
steps: [{ atSeconds: 60, kubectl: "delete pod web --wait=false" }]
`;

/** Ten seconds before its end. */
function atItsEnd() {
  const { cluster, pod, eventOf } = tellCluster(bare, behind);
  cluster.run(80_000);
  return { pod: pod("web"), eventOf };
}

describe("a pod on a node whose clock is an hour behind", () => {
  it("is created and deleted by the API server's clock", () => {
    const { metadata } = atItsEnd().pod ?? {};
    expect(metadata?.creationTimestamp).toBe("2026-01-01T00:00:00Z");
    expect(metadata?.deletionTimestamp).toBe("2026-01-01T00:01:30Z");
  });

  it("starts and runs by the node's", () => {
    const { status } = atItsEnd().pod ?? {};
    expect(status?.startTime).toBe("2025-12-31T23:00:00Z");
    const [app] = status?.containerStatuses ?? [];
    expect(app?.state?.running?.startedAt).toBe("2025-12-31T23:00:02Z");
  });

  it("has conditions by the clock of who wrote them", () => {
    const { status } = atItsEnd().pod ?? {};
    const times = status?.conditions?.map(({ type, lastTransitionTime }) => [
      type,
      lastTransitionTime?.slice(0, 13),
    ]);
    expect(Object.fromEntries(times ?? [])).toEqual({
      PodReadyToStartContainers: "2025-12-31T23",
      Initialized: "2025-12-31T23",
      Ready: "2025-12-31T23",
      ContainersReady: "2025-12-31T23",
      PodScheduled: "2026-01-01T00",
    });
  });

  it("has Events of the node's times, which the API server has from its own on", () => {
    const { metadata, firstTimestamp, lastTimestamp } = atItsEnd().eventOf("web", "Started") ?? {};
    expect([firstTimestamp, lastTimestamp]).toEqual(Array(2).fill("2025-12-31T23:00:02Z"));
    expect(metadata?.creationTimestamp).toBe("2026-01-01T00:00:02Z");
  });
});
