import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type ActivePod, ActiveQueue } from "../../src/system/active-queue.ts";

const pods = fc
  .array(fc.record({ priority: fc.integer({ min: -1, max: 1 }), timestampMs: fc.nat(3) }))
  .map((all) => all.map((one, order): ActivePod => ({ ...one, key: `pod-${order}`, order })));

describe("the line of active pods", () => {
  it("has the highest priority first, then who has waited longest, then who came first", () => {
    fc.assert(
      fc.property(pods, (all) => {
        const line = new ActiveQueue();
        for (const pod of all) line.push(pod);
        const gone = new Set<string>();
        const taken = all.map(() => {
          const first = line.first(({ key }) => !gone.has(key));
          gone.add(first ?? "");
          return first;
        });
        const sorted = all.toSorted(
          (a, b) => b.priority - a.priority || a.timestampMs - b.timestampMs || a.order - b.order,
        );
        expect(taken).toEqual(sorted.map(({ key }) => key));
        expect(line.first(({ key }) => !gone.has(key))).toBeUndefined();
      }),
    );
  });
});
