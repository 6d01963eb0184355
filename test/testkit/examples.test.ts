import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { healthByContainers, healthByReason } from "../../docs/examples/dashboard/naive-health.ts";
import { hastyReplacer, naiveReplacer } from "../../docs/examples/replacer/naive-replacer.ts";
import { describeSystem } from "../../src/testkit/describe-system.ts";
import { loadSystem } from "../../src/testkit/load-system.ts";
import { Collected } from "../support/collected.ts";

function systemOfExample(name: string) {
  const file = new URL(`../../docs/examples/${name}/worker.system.yaml`, import.meta.url);
  return loadSystem(fileURLToPath(file));
}

describe("the suite catches a dashboard", () => {
  const dashboard = systemOfExample("dashboard");

  it("that looks for OOMKilled in the pod's reason", async () => {
    const tests = new Collected();
    describeSystem(dashboard, { observe: healthByReason }, tests);
    const failures = await tests.failures();
    expect(failures).toHaveLength(tests.count);
    for (const said of failures) {
      expect(said).toMatch(
        /default\/worker: observe\(…\) says oomKilled false, and its object says true\n/,
      );
      expect(said).toMatch(/\n {2}replay: kubechart replay \S+worker\.system\.yaml --moves '/);
    }
  });

  it("that takes an evicted pod without containerStatuses for ready", async () => {
    const tests = new Collected();
    describeSystem(dashboard, { observe: healthByContainers }, tests);
    const [said = "", ...more] = await tests.failures();
    expect(more).toEqual([]);
    expect(said).toMatch(
      /in "worker .*second Evicted ~\w+": default\/second: observe\(…\) says ready true/,
    );
    expect(said).toMatch(/expected of default\/second: .*"evicted":true/);
  });
});

describe("the suite catches a controller", () => {
  const replaced = systemOfExample("replacer");

  it("that looks for a pod's end among its containers", async () => {
    const tests = new Collected();
    describeSystem(replaced, naiveReplacer, tests);
    const [said = "", ...more] = await tests.failures();
    expect(more).toEqual([]);
    expect(said).toMatch(/\na worker runs in the end, at .*: it does not hold in the end\n/);
    expect(said).toMatch(/\n {2}pods: default\/worker-0 Completed, default\/worker-1 Evicted\n/);
    expect(said).toMatch(/decides\): node-pressure signal=memory.available lasts=20s\n/);
    expect(said).toMatch(/\n {2}shortest failing prefix: 1 of 1 choices, \d+ deliveries\n/);
    expect(said).toMatch(/\n {2}replay: run this test alone: vitest -t [0-9a-f]{12}, or node /);
  });

  it("that replaces what its node refuses without waiting", async () => {
    const tests = new Collected();
    describeSystem(replaced, hastyReplacer, tests);
    const [said = ""] = await tests.failures();
    expect(said).toMatch(/a reconciler comes to an end, .*: it has written 201 times, at last/);
  });
});
