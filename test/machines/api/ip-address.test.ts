import { isIP } from "node:net";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { canonicalIP, isIPv6 } from "../../../machines/api/ip-address.ts";

describe("canonicalIP", () => {
  it.each([
    ["010.0.0.1", "10.0.0.1"],
    ["FD01:0:0:0::1234", "fd01::1234"],
    ["2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"],
    ["1:0:0:2:0:0:3:4", "1::2:0:0:3:4"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["::", "::"],
    ["::ffff:10.0.0.1", "10.0.0.1"],
    ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
  ])("prints %s as %s", (text, printed) => {
    expect(canonicalIP(text)).toBe(printed);
  });

  it.each(["", "10.0.0", "10.0.0.256", "1::2::3", "1:2:3:4:5:6:7::8", "fe80::1%eth0", "::10000"])(
    "refuses %s",
    (text) => {
      expect(canonicalIP(text)).toBeUndefined();
    },
  );

  it("keeps an address an address of its family, printed once and for all", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const printed = canonicalIP(address) ?? "";
        expect(isIP(printed)).toBe(isIPv6(printed) ? 6 : 4);
        expect(canonicalIP(printed)).toBe(printed);
      }),
    );
  });
});
