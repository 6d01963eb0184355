import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { kubechart } from "../support/cli.ts";
import { systemText } from "../support/systems.ts";

const folder = mkdtempSync(join(tmpdir(), "kubechart-explore-"));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const pulls = file(
  "pulls.yaml",
  systemText(
    "open: { choices: { image pull outcome: [pulled, not found] } }\nbounds: { pulls: 2 }",
  ),
);
const pod = file(
  "pod.yaml",
  "{ apiVersion: v1, kind: Pod, metadata: { name: web }, " +
    "spec: { containers: [{ name: app, image: 'web:1' }] } }",
);

describe("kubechart explore", () => {
  it("says what it has seen, which bounds it has reached and what of the charts was taken", async () => {
    const { code, out } = await kubechart("explore", pulls);
    expect(code).toBe(0);
    expect(out).toMatch(/^pulls: \d+ states, \d+ edges, depth \d+; all states within the bounds\n/);
    expect(out).toMatch(/\nbounds reached: pulls \(\d+ times\)\n/);
    expect(out).toMatch(/\nimagePull +\d+ +\d+\n/);
    expect(out).toContain("not within these bounds: pulls:\n");
  });

  it("exits 1 when it was stopped, and says by what", async () => {
    const { code, out } = await kubechart("explore", pulls, "--max-states", "10");
    expect([code, out.split("\n")[0]]).toEqual([
      1,
      expect.stringMatching(/; stopped by a limit of 10 states$/),
    ]);
  });

  it("opens what is usually open for manifests alone", async () => {
    const { code, out } = await kubechart("explore", pod, "-o", "json");
    const { states, covered, missing }: Explored = JSON.parse(out);
    expect([code, states > 100, missing.length > 0]).toEqual([0, true, true]);
    expect(covered).toContain("podWorker syncing.waiting pod.updated#0");
  });

  it("knows the shipped systems by name, and names them", async () => {
    expect((await kubechart("explore", "image-pull")).out).toMatch(/^image-pull: /);
    const { code, err } = await kubechart("explore", "image-pul");
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean "image-pull"?')]);
    expect((await kubechart("explore", "nonsense")).err).toContain("one of admission, container, ");
  });

  it("refuses a file without a pod, and a limit of 0", async () => {
    const empty = file("empty.yaml", "");
    const { code, err } = await kubechart("explore", empty);
    expect([code, err]).toEqual([1, `${empty}:1:1: expected a Pod to explore, got none`]);
    expect((await kubechart("explore", pulls, "--max-states", "0")).code).toBe(2);
  });
});

describe("kubechart paths", () => {
  it("prints paths that together take all that can be taken", async () => {
    const { code, out } = await kubechart("paths", pulls);
    expect(code).toBe(0);
    expect(out).toMatch(/\n\d+ paths, \d+ deliveries\n/);
    expect(out).toMatch(/\n[0-9a-f]{12} {2}Pending → ContainerCreating → ErrImagePull/);
    expect(out).toMatch(/image pull outcome of .*: not found\n/);
  });

  it("writes a document with whole objects, Events, STATUS and facts at each step", async () => {
    const { out } = await kubechart("paths", pulls, "-o", "json", "--out", folder);
    expect(out).toBe(join(folder, "pulls.paths.json"));
    const suite: PathSuite = JSON.parse(readFileSync(out, "utf8"));
    expect(suite).toMatchObject({ apiVersion: "kubechart/v1", kind: "PathSuite", system: "pulls" });
    const taken = new Set(suite.paths.flatMap(({ covers }) => covers));
    expect([...taken].toSorted()).toEqual(suite.covered.toSorted());
    const last = suite.paths[0]?.steps.at(-1);
    expect(last?.facts["default/web"]).toMatchObject({ statusText: "Running", ready: true });
    expect(last?.status).toEqual({ "default/web": "Running" });
  });

  it("draws a page", async () => {
    const { out } = await kubechart("paths", pulls, "-o", "markdown");
    expect(out).toMatch(/^# pulls\n/);
    expect(out).toContain("| at | what | changes | STATUS |");
  });

  it("exits 1 when all branches are required and some are missing", async () => {
    expect((await kubechart("paths", pulls, "--require", "all")).code).toBe(1);
  });

  it("says what is lost with fewer paths", async () => {
    const { code, err } = await kubechart("paths", pulls, "--max-paths", "1");
    expect([code, err]).toEqual([0, expect.stringMatching(/^1 of \d+ paths; without the others/)]);
  });
});

interface Explored {
  readonly states: number;
  readonly covered: readonly string[];
  readonly missing: readonly object[];
}

interface PathSuite {
  readonly covered: readonly string[];
  readonly paths: readonly {
    readonly covers: readonly string[];
    readonly steps: readonly {
      readonly status: object;
      readonly facts: Readonly<Record<string, object>>;
    }[];
  }[];
}
