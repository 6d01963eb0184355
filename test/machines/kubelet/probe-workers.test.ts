import { describe, expect, it } from "vitest";

import {
  addPod,
  removePod,
  stopLivenessAndStartup,
} from "../../../machines/kubelet/probe-workers.ts";

const probe = {};
const spec = {
  containers: [
    { name: "a", readinessProbe: probe },
    { name: "b", startupProbe: probe, livenessProbe: probe },
  ],
  initContainers: [
    { name: "setup", livenessProbe: probe },
    { name: "proxy", restartPolicy: "Always", livenessProbe: probe },
  ],
} as const;

function named(keys: ReturnType<typeof addPod>): readonly string[] {
  return keys.map(({ container, kind }) => `${container} ${kind}`);
}

const all = { a: { readiness: {} }, b: { startup: {}, liveness: {} }, proxy: { liveness: {} } };

describe("addPod", () => {
  it("makes a worker for each probe of containers and sidecars", () => {
    const made = ["a readiness", "b startup", "b liveness", "proxy liveness"];
    expect(named(addPod(spec, {}))).toEqual(made);
  });

  it("ends at the first worker that exists", () => {
    expect(named(addPod(spec, { b: { startup: {} } }))).toEqual(["a readiness"]);
    expect(addPod(spec, { a: { readiness: {} } })).toEqual([]);
  });
});

describe("stopLivenessAndStartup", () => {
  it("stops neither readiness workers nor those of sidecars", () => {
    expect(named(stopLivenessAndStartup(spec, all))).toEqual(["b startup", "b liveness"]);
  });

  it("stops only workers that exist", () => {
    expect(named(stopLivenessAndStartup(spec, { b: { liveness: {} } }))).toEqual(["b liveness"]);
  });
});

describe("removePod", () => {
  it("stops every worker", () => {
    expect(removePod(spec, all)).toHaveLength(4);
  });
});
