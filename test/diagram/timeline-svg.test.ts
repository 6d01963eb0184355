import { describe, expect, it } from "vitest";

import { type PodEventMark, podLanes } from "../../src/diagram/pod-bars.ts";
import { timeScale } from "../../src/diagram/timeline-scale.ts";
import { timelineSvg } from "../../src/diagram/timeline-svg.ts";
import type { TimelineRow } from "../../src/trace/timeline.ts";

function row(atMs: number, status: string, rest: Partial<TimelineRow> = {}): TimelineRow {
  const usual = { namespace: "default", name: "web", ready: "0/1", restarts: 0, reason: "" };
  return { atMs, status, cause: "created", ...usual, ...rest };
}

describe("the lane of a pod", () => {
  it("has a bar for as long as STATUS shows one word", () => {
    const rows = [
      row(0, "Pending"),
      row(1_000, "Running", { ready: "1/1", cause: "started" }),
      row(3_000, "Running", { ready: "1/1", restarts: 1 }),
      row(5_000, "Error"),
    ];
    const [lane] = podLanes(rows, [], 9_000);
    expect(lane?.bars).toMatchObject([
      { fromMs: 0, toMs: 1_000, status: "Pending", kind: "waiting" },
      { fromMs: 1_000, toMs: 5_000, status: "Running", kind: "ready", cause: "started" },
      { fromMs: 5_000, toMs: 9_000, status: "Error", kind: "failed" },
    ]);
    expect(lane?.marks).toEqual([{ atMs: 3_000, kind: "restart", text: "restart 1" }]);
  });

  it("ends where the pod is gone, and goes on with the next of its name", () => {
    const gone = row(2_000, "Terminating", { cause: "deleted: kubectl delete pod web" });
    const rows = [row(0, "Terminating"), gone, row(4_000, "Pending")];
    const [lane] = podLanes(rows, [], 5_000);
    expect(lane?.bars.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [0, 2_000],
      [4_000, 5_000],
    ]);
  });

  it.each([
    ["Running", "1/2", "running"],
    ["Init:0/2", "0/1", "waiting"],
    ["Init:Error", "0/1", "failed"],
    ["SchedulingGated", "0/1", "waiting"],
    ["CrashLoopBackOff", "0/1", "failed"],
    ["Completed", "0/1", "ended"],
    ["Terminating", "1/1", "leaving"],
  ])("shows %s %s as %s", (status, ready, kind) => {
    expect(podLanes([row(0, status, { ready })], [], 1)[0]?.bars[0]?.kind).toBe(kind);
  });

  it("has the Events of its pod, Warnings as such", () => {
    const event = { namespace: "default", name: "web", reason: "BackOff", message: "wait" };
    const events: readonly PodEventMark[] = [
      { ...event, atMs: 1, type: "Warning" },
      { ...event, atMs: 2, type: "Normal", namespace: "team" },
    ];
    const lanes = podLanes(
      [row(0, "Pending"), row(0, "Pending", { namespace: "team" })],
      events,
      3,
    );
    expect(lanes.map(({ name, marks }) => [name, marks])).toEqual([
      ["web", [{ atMs: 1, kind: "warning", text: "BackOff: wait" }]],
      ["team/web", [{ atMs: 2, kind: "event", text: "BackOff: wait" }]],
    ]);
  });
});

describe("the scale of a time line", () => {
  it("keeps moments in order, and gives texts their room", () => {
    const spans = [
      { fromMs: 0, toMs: 100, textPx: 90 },
      { fromMs: 100, toMs: 600_000, textPx: 10 },
    ];
    const { xOf, widthPx } = timeScale(600_000, spans);
    const places = [0, 50, 100, 1_000, 600_000].map(xOf);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBe(places.length);
    expect(xOf(100)).toBeGreaterThanOrEqual(90);
    expect(xOf(600_000)).toBe(widthPx);
  });

  it("is never too long to be looked at", () => {
    const spans = Array.from({ length: 500 }, (_, at) => ({
      fromMs: at * 1_000,
      toMs: at * 1_000 + 1_000,
      textPx: 100,
    }));
    expect(timeScale(500_000, spans).widthPx).toBeCloseTo(2600);
  });
});

it("a time line says its lives to those who do not see it", () => {
  const text = timelineSvg(podLanes([row(0, "Pending")], [], 2_000), { endMs: 2_000 });
  expect(text).toContain("<title>1 pods in 2.0s</title>".replace("1 pods", "1 pod"));
  expect(text).toContain("web: Pending from 0.0s.");
  expect(text).toContain("Pending from 0.0s to 2.0s: created");
});
