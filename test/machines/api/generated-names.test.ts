import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { generateName, generateUid } from "../../../machines/api/generated-names.ts";

describe("a generated name", () => {
  it("is its base and five letters without vowels, the same for the same owner", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (owner, count) => {
        const name = generateName("web-", owner, count);
        expect(name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
        expect(generateName("web-", owner, count)).toBe(name);
      }),
    );
  });

  it("fits into a label", () => {
    expect(generateName("x".repeat(100))).toHaveLength(63);
  });
});

describe("a generated UID", () => {
  it("has the form of RFC 4122, version 4", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const form = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
        expect(generateUid("Pod", "default", name)).toMatch(form);
      }),
    );
  });

  it("differs for ten thousand counted names", () => {
    const uids = Array.from({ length: 10_000 }, (_, count) => generateUid("Pod", "default", count));
    expect(new Set(uids).size).toBe(uids.length);
  });
});
