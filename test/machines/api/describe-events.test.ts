import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  type DescribedEvent,
  describeEvents,
  eventsOfPod,
} from "../../../machines/api/describe-events.ts";
import { formatTime, parseTime } from "../../../machines/api/time.ts";

const nowMs = parseTime("2026-01-15T10:00:00Z");

function eventOf(overrides: Partial<DescribedEvent>): DescribedEvent {
  const source = { component: "kubelet" };
  return { type: "Normal", reason: "R", message: "m", source, involvedObject: {}, ...overrides };
}

function ago(seconds: number): string {
  return formatTime(nowMs - seconds * 1_000);
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
