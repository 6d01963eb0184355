import { expect, it } from "vitest";

import { containersToReset } from "../../../machines/kubelet/containers-to-reset.ts";

const rule = {
  restartPolicyRules: [
    { action: "RestartAllContainers", exitCodes: { operator: "In", values: [42] } },
  ],
} as const;
const spec = {
  initContainers: [{ name: "fetch", ...rule }, { name: "log" }],
  containers: [{ name: "app", ...rule }, { name: "helper" }],
} as const;

it("containers go before those whose exit was the reason, init containers behind regular ones", () => {
  const records = [
    { name: "app", id: "a1", state: "exited", exitCode: 42 },
    { name: "app", id: "a0", state: "exited", exitCode: 1 },
    { name: "helper", id: "h0", state: "running" },
    { name: "log", id: "l0", state: "running" },
    { name: "fetch", id: "f0", state: "exited", exitCode: 42 },
  ] as const;
  expect(containersToReset(spec, records).map(({ id, kill }) => `${id} ${kill}`)).toEqual([
    "a0 false",
    "h0 true",
    "l0 true",
    "a1 false",
    "f0 false",
  ]);
});

it("there is nothing to reset of a pod without records", () => {
  expect(containersToReset(spec)).toEqual([]);
});
