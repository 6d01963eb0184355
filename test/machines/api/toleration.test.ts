import { expect, it } from "vitest";

import type { Toleration } from "../../../machines/api/pod.ts";
import { findMatchingUntoleratedTaint, toleratesTaint } from "../../../machines/api/toleration.ts";

const taint = { key: "out", value: "yes", effect: "NoExecute" } as const;

const tolerations: readonly (readonly [Toleration, boolean])[] = [
  [{ operator: "Exists" }, true],
  [{ key: "out", operator: "Exists" }, true],
  [{ key: "other", operator: "Exists" }, false],
  [{ key: "out", value: "yes" }, true],
  [{ key: "out", operator: "Equal", value: "no" }, false],
  [{ key: "out", operator: "Exists", effect: "NoSchedule" }, false],
  [{ key: "out", operator: "Exists", effect: "NoExecute" }, true],
  [{ key: "out", operator: "Lt", value: "yes" }, false],
];

it.each(tolerations)("%j tolerates out=yes:NoExecute: %s", (toleration, tolerates) => {
  expect(toleratesTaint(toleration, taint)).toBe(tolerates);
});

it("only taints of the effects asked for count", () => {
  expect(findMatchingUntoleratedTaint([taint], [], ["NoSchedule"])).toBe(undefined);
  expect(findMatchingUntoleratedTaint([taint], [], ["NoExecute"])).toBe(taint);
});
