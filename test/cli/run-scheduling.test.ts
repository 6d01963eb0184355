import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

import { kubechart } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "kubechart-scheduling-"));
const schema = new URL("../../src/trace/scheduling.schema.json", import.meta.url);

const capacity = `{ cpu: "2", memory: 4Gi, ephemeral-storage: 100Gi, pods: "110" }`;
const node = (name: string, more = "") => `apiVersion: v1
kind: Node
metadata: { name: ${name}, labels: { name: ${name} } }
${more}
status: { capacity: ${capacity} }
`;
const pod = (name: string, cpu: number, more = "") => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  ${more}
  containers: [{ name: app, image: app:1, resources: { requests: { cpu: "${cpu}" } } }]
`;
const tainted = "spec: { taints: [{ key: gpu, effect: NoSchedule }] }";
const high = `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 9
`;

const manifest = join(folder, "cluster.yaml");
writeFileSync(
  manifest,
  [
    high,
    node("one"),
    node("two"),
    node("three", tainted),
    node("four"),
    pod("fits", 1),
    pod("waits", 3),
    pod("low", 2, "nodeName: two"),
    pod("urgent", 2, "priorityClassName: high\n  nodeSelector: { name: two }"),
  ].join("---\n"),
);

async function printed(form: string): Promise<string> {
  const { code, out, err } = await kubechart("run", manifest, "--until", "1m", "-o", form);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

describe("kubechart run -o scheduling", () => {
  it("tells each node's total, and what each plugin gave it", async () => {
    const out = await printed("scheduling");
    const lines = out.slice(out.indexOf("default/fits:")).split("\n");
    expect(lines[0]).toBe("default/fits: Successfully assigned default/fits to one");
    expect(lines[2]).toMatch(/^ {2}NODE +TOTAL +TaintToleration +NodeResourcesFit .* WHY NOT$/);
    expect(lines[3]).toMatch(/^ {2}one \* +\d+ +0 → 100×3 = 300 /);
    expect(lines.find((line) => line.startsWith("  three "))).toMatch(
      / TaintToleration: node\(s\) had untolerated taint\(s\)$/,
    );
  });

  it("tells why a pod waits, and what would help", async () => {
    const out = await printed("scheduling");
    const told = out.slice(out.indexOf("default/waits:"));
    expect(told).toMatch(/^default\/waits: 0\/4 nodes are available: .*3 Insufficient cpu/);
    expect(told).toMatch(/what would help:\n {4}\d more cpu on node \w+\n/);
  });

  it("tells who has to go", async () => {
    expect(await printed("scheduling")).toMatch(/\n {2}preempts on \w+: default\/\w+\n/);
  });
});

describe("kubechart run -o scheduling-json", () => {
  it("is what its schema says", async () => {
    const document: unknown = JSON.parse(await printed("scheduling-json"));
    const validate = new Ajv().compile(JSON.parse(readFileSync(fileURLToPath(schema), "utf8")));
    expect([validate(document), validate.errors]).toEqual([true, null]);
    expect(document).toMatchObject({ kind: "Scheduling", decisions: expect.any(Array) });
  });
});
