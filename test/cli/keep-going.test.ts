import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { kubechart } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "keep-going-"));
mkdirSync(folder, { recursive: true });

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const web = file(
  "web.yaml",
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: app, image: "web:1" }] }\n',
);

/** Runs `web` under steps, the last of which deletes it. */
function run(name: string, steps: readonly string[], ...args: readonly string[]) {
  const all = [...steps, "{ atSeconds: 30, kubectl: delete pod web }"].map((one) => `  - ${one}`);
  const text = ["apiVersion: kubechart/v1", "kind: Scenario", "steps:", ...all, ""].join("\n");
  return kubechart("run", web, "--scenario", file(name, text), ...args);
}

describe("a step that has nothing to be about", () => {
  it.each([
    ["kubectl delete pod absent", "{ atSeconds: 9, kubectl: delete pod absent }"],
    ["kubectl label pod absent a=b", "{ atSeconds: 9, kubectl: label pod absent a=b }"],
    [
      "kubectl scale rs/absent --replicas=2",
      "{ atSeconds: 9, kubectl: scale rs/absent --replicas=2 }",
    ],
    ["node-crash", "{ atSeconds: 9, do: node-crash, node: absent }"],
    ["kill", "{ atSeconds: 9, do: kill, pod: absent, container: app }"],
  ])("stops the run and says why: %s", async (words, step) => {
    const { code, out, err } = await run("stop.yaml", [step]);
    expect(code).toBe(1);
    expect(err).toMatch(/^kubechart: the run has stopped: 9\.0s /);
    expect(err).toContain(words);
    expect(err).toMatch(/absent.*--keep-going goes on all the same$/m);
    expect(out).toContain("Refused:");
    expect(out).not.toContain("Terminating");
  });

  it("does not stop a run with --keep-going, which tells it all the same", async () => {
    const step = "{ atSeconds: 9, kubectl: delete pod absent }";
    const { code, out, err } = await run("go.yaml", [step], "--keep-going");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain('Error from server (NotFound): pods "absent" not found');
    expect(out).toContain("Terminating");
  });

  it("is not one that the API server refuses for another reason", async () => {
    const step =
      '{ atSeconds: 9, kubectl: "patch pod web -p \'{\\"spec\\":{\\"nodeName\\":\\"b\\"}}\'" }';
    const { code, out } = await run("refused.yaml", [step]);
    expect(code).toBe(0);
    expect(out).toContain('The Pod "web" is invalid');
    expect(out).toContain("Terminating");
  });
});

describe("a step that nobody can do", () => {
  const step = "{ atSeconds: 9, do: static-pod, file: web.yaml }";

  it("is told with its place, and nothing runs", async () => {
    const { code, out, err } = await run("undone.yaml", [step]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/undone\.yaml:4:1: steps: expected one of kill, /);
  });

  it("is left out with --keep-going", async () => {
    const { code, out, err } = await run("undone.yaml", [step], "--keep-going");
    expect(code).toBe(0);
    expect(err).toContain("static-pod");
    expect(out).toContain("Terminating");
  });
});
