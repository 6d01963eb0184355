import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

import { loadPath } from "../../src/testkit/load-path.ts";
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
    expect(out).toContain("not within these bounds: pulls; its state was not entered:\n");
    expect(out).toContain("not within these bounds: pulls; its guard did not hold:\n");
    expect(out).toContain("the gate RestartAllContainersOnContainerExits is off:\n");
  });

  it("exits 1 when it was stopped, and says by what", async () => {
    const { code, out } = await kubechart("explore", pulls, "--max-states", "10");
    expect([code, out.split("\n")[0]]).toEqual([
      1,
      expect.stringMatching(/; stopped by a limit of 10 states$/),
    ]);
  });

  it("searches deeply, by chance or for what is new, and says what of it is not complete", async () => {
    const depth = await kubechart("explore", pulls, "--search", "depth");
    expect([depth.code, depth.out]).toEqual([0, expect.stringMatching(/; all states within/)]);
    const walks = ["--search", "random", "--walks", "3"];
    const [one, same] = [await explored(...walks), await explored(...walks, "--seed", "1")];
    expect(one.out).toBe(same.out);
    expect([one.code, one.out]).toEqual([1, expect.stringMatching(/ a limit of 3 walks$/m)]);
    expect((await explored(...walks, "--seed", "2")).out).not.toBe(one.out);
    expect((await explored("--search", "wide")).code).toBe(2);
    function explored(...options: readonly string[]) {
      return kubechart("explore", pulls, ...options);
    }
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
    expect((await kubechart("explore", "nonsense")).err).toContain(
      "one of admission, binding-failure, boot-again, boot, container, ",
    );
  });

  it("refuses a file without a pod, and a limit of 0", async () => {
    const empty = file("empty.yaml", "");
    const { code, err } = await kubechart("explore", empty);
    expect([code, err]).toEqual([
      1,
      `${empty}:1:1: expected a Pod to explore, or what makes Pods, got none`,
    ]);
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
    const schema = new URL("../../src/testgen/path-suite.schema.json", import.meta.url);
    const isRight = new Ajv().compile(JSON.parse(readFileSync(schema, "utf8")));
    isRight(suite);
    expect(isRight.errors ?? []).toEqual([]);
    expect(suite).toMatchObject({ apiVersion: "kubechart/v1", kind: "PathSuite", system: "pulls" });
    const taken = new Set(suite.paths.flatMap(({ covers }) => covers));
    expect([...taken].toSorted()).toEqual(suite.covered.toSorted());
    const last = suite.paths[0]?.steps.at(-1);
    expect(last?.facts["default/web"]).toMatchObject({ statusText: "Running", ready: true });
    expect(last?.status).toEqual({ "default/web": "Running" });
  });

  it.each(["node-test", "vitest"])(
    "writes a test file for %s that names its steps",
    async (form) => {
      const { out } = await kubechart("paths", pulls, "-o", form, "--out", folder);
      expect(out).toBe(join(folder, "pulls.paths.test.mjs"));
      const text = readFileSync(out, "utf8");
      expect(text).toMatch(/^\/\/ pulls: \d+ states/);
      expect(text).toContain(`import { test } from "${form === "vitest" ? form : "node:test"}";`);
    },
  );

  it("writes a test file that node runs: a subject that reads the wrong field fails", async () => {
    await kubechart("paths", pulls, "-o", "node-test", "--out", folder);
    const run = (body: string) => {
      file(
        "subject.mjs",
        `export const create = () => ({ apply({ facts, objects }) { ${body} } });`,
      );
      const test = join(folder, "pulls.paths.test.mjs");
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      return spawnSync(process.execPath, ["--test", test], { encoding: "utf8", env });
    };
    expect(run("").status).toBe(0);
    const wrong = run('if (facts["default/web"]?.ready) throw new Error("not ready yet");');
    expect(wrong.status).toBe(1);
    expect(wrong.stdout).toMatch(/[0-9a-f]{12}, step \d+ of \d+, at .*: not ready yet/);
    const [, replayed = "", moves = ""] =
      /kubechart replay (\S+) --moves '(.*)'/.exec(wrong.stdout) ?? [];
    const again = await kubechart("replay", replayed, "--moves", moves);
    expect([again.code, again.out.split("\n").at(-2)]).toEqual([
      0,
      expect.stringMatching(/Running$/),
    ]);
  });

  it("writes a Go test in the folder's package, and what it reads", async () => {
    const { out } = await kubechart("paths", pulls, "-o", "go", "--out", join(folder, "suites"));
    const [json = "", go = ""] = out.split("\n");
    expect([json, go]).toEqual(
      ["pulls.paths.json", "pulls.paths_test.go"].map((name) => join(folder, "suites", name)),
    );
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ kind: "PathSuite" });
    expect(readFileSync(go, "utf8")).toMatch(
      /\npackage suites\n[^]*ReadFile\("pulls.paths.json"\)/,
    );
    expect((await kubechart("paths", pulls, "-o", "go")).out).toMatch(/\npackage paths\n/);
  });

  it("draws a page", async () => {
    const { out } = await kubechart("paths", pulls, "-o", "markdown");
    expect(out).toMatch(/^# pulls\n/);
    expect(out).toContain("| at | what | changes | STATUS |");
  });

  it("draws each path as a sequence", async () => {
    const { out } = await kubechart("paths", pulls, "-o", "sequence", "--out", folder);
    expect(out).toBe(join(folder, "pulls.paths.sequence.md"));
    expect(readFileSync(out, "utf8")).toMatch(/\n```mermaid\nsequenceDiagram\n/);
  });

  it("refuses a form that it does not know, and names all", async () => {
    const { code, err } = await kubechart("paths", pulls, "-o", "svg");
    expect(code).toBe(2);
    for (const form of ["text", "json", "node-test", "vitest", "go", "markdown", "sequence"]) {
      expect(err).toContain(form);
    }
  });

  it("covers the states alone, in fewer paths, and refuses another word", async () => {
    const { out } = await kubechart("paths", pulls, "--cover", "states", "-o", "json");
    const suite: PathSuite = JSON.parse(out);
    expect(suite).toMatchObject({ cover: "states" });
    expect(suite.covered).toContain("container Waiting.unborn");
    const all: PathSuite = JSON.parse((await kubechart("paths", pulls, "-o", "json")).out);
    expect(suite.paths.length).toBeLessThan(all.paths.length);
    const { code, err } = await kubechart("paths", pulls, "--cover", "pears");
    expect([code, err]).toEqual([2, expect.stringMatching(/transitions, states/)]);
  });

  it("exits 1 when all branches are required and some are missing", async () => {
    expect((await kubechart("paths", pulls, "--require", "all")).code).toBe(1);
  });

  it("finds the shortest way to a reason, or says that nothing leads there", async () => {
    const { code, out } = await kubechart("paths", pulls, "--reach", "app: ImagePullBackOff");
    expect([code, out]).toEqual([0, expect.stringMatching(/^[0-9a-f]{12} {2}Pending/)]);
    expect(out).toMatch(/ErrImagePull → ImagePullBackOff/);
    expect(out).toMatch(/\ncovers \d+ branches\n/);
    const reach = ["--reach", "app: ImagePullBackOff", "--cover", "states"];
    const states = await kubechart("paths", pulls, ...reach, "-o", "json");
    expect(JSON.parse(states.out)).toMatchObject({ cover: "states", paths: [{}] });
    const never = await kubechart("paths", pulls, "--reach", "web: Evicted");
    expect([never.code, never.err]).toEqual([
      1,
      expect.stringMatching(/nothing leads to web: Evict/),
    ]);
    expect((await kubechart("paths", pulls, "--reach", "OOMKilled")).code).toBe(2);
  });

  it("says what is lost with fewer paths", async () => {
    const { code, err } = await kubechart("paths", pulls, "--max-paths", "1");
    expect([code, err]).toEqual([0, expect.stringMatching(/^1 of \d+ paths; without the others/)]);
  });
});

function module(name: string, body: string): string {
  return file(name, `export const properties = {${body}};`);
}

describe("kubechart explore --properties", () => {
  const phases = "(objects) => objects.flatMap((one) => one.status?.phase ?? [])";
  const bad = { "default/web": "ErrImagePull" };
  const failing = module(
    "failing.mjs",
    `"a pull never fails": { always: (objects) => !JSON.stringify(objects).includes("ErrImagePull") },
     "a pod is sometimes Running": { sometimes: (objects) => (${phases})(objects).includes("Running") }`,
  );

  it("tells the shortest way to what violates one, and writes it down to be replayed", async () => {
    const { code, out } = await kubechart(
      "explore",
      pulls,
      "--properties",
      failing,
      "--out",
      folder,
    );
    expect(code).toBe(1);
    expect(out).toMatch(/\nviolated {2}a pull never fails\n/);
    expect(out).toMatch(/\nholds {5}a pod is sometimes Running\n/);
    const [, path = ""] = /kubechart replay (\S+\.path\.json)/.exec(out) ?? [];
    const schema = new URL("../../src/testgen/path.schema.json", import.meta.url);
    const isRight = new Ajv().compile(JSON.parse(readFileSync(schema, "utf8")));
    isRight(JSON.parse(readFileSync(path, "utf8")));
    expect(isRight.errors ?? []).toEqual([]);
    await expect(
      loadPath(path).test({ states: { "*": ({ meta }) => expect(meta.status).not.toEqual(bad) } }),
    ).rejects.toThrow(
      /in "web Pending, app ErrImagePull ~\w+": [^]*\n {2}replay: kubechart replay /,
    );
    const again = await kubechart("replay", path);
    expect([again.code, again.out.split("\n")[0]]).toEqual([0, "a pull never fails"]);
    expect(again.out).toContain("image pull outcome of ");
  });

  it("tells of a property that throws at once that it throws before anything has happened", async () => {
    const wrong = module("wrong.mjs", `"it is said": { always: () => { throw new Error("no") } }`);
    const { code, out } = await kubechart("explore", pulls, "--properties", wrong);
    expect(code).toBe(1);
    expect(out).toMatch(/\nthrew {5}it is said: Error: no, at .*\n\n\w{12}\n {2}0\.0s here the /);
  });

  it("tells the line that lives it again, and goes on when a property throws", async () => {
    const mixed = module(
      "mixed.mjs",
      `"it is well written": { always: (objects) => objects.length < 2 || objects.none.at(0) },
       "a pull never fails": { always: (objects) => !JSON.stringify(objects).includes("ErrImagePull") }`,
    );
    const { code, out } = await kubechart("explore", pulls, "--properties", mixed);
    expect(code).toBe(1);
    expect(out).toMatch(/\nthrew {5}it is well written: TypeError: .*, at .*mixed\.mjs:1:\d+\)?\n/);
    expect(out).toMatch(/\nviolated {2}a pull never fails\n/);
    const lines = out.match(/^kubechart replay .* --moves '.*'$/gm) ?? [];
    expect(lines).toHaveLength(2);
    const [, moves = ""] = /--moves '(.*)'/.exec(lines[1] ?? "") ?? [];
    const again = await kubechart("replay", pulls, "--moves", moves);
    expect(again.out.trimEnd().split("\n").at(-2)).toMatch(/ErrImagePull$/);
  });

  it("exits 0 when all hold", async () => {
    const holding = module("holding.mjs", `"true": { always: () => true }`);
    expect((await kubechart("explore", pulls, "--properties", holding)).code).toBe(0);
  });

  it("says what is wrong with a module, and what to do", async () => {
    const wrong = async (name: string, body: string) =>
      (await kubechart("explore", pulls, "--properties", file(name, body))).err;
    expect(await wrong("none.mjs", "export const other = 1;")).toMatch(/expected export const/);
    expect(await wrong("kind.mjs", "export const properties = { a: { never: 1 } };")).toMatch(
      /"a": expected one of always, sometimes, eventually, possible/,
    );
    expect(await wrong("broken.mjs", "export const = 1;")).toMatch(/broken\.mjs cannot be loaded/);
    expect((await kubechart("explore", pulls, "--properties", "no.mjs")).err).toMatch(
      /no such file/,
    );
  });
});

describe("kubechart replay", () => {
  it("makes moves of a system, and says which do not fit", async () => {
    const { code, out } = await kubechart("replay", pulls, "--moves", "0x3");
    expect([code, out]).toEqual([0, expect.stringMatching(/ Pending\n/)]);
    const unread = await kubechart("replay", pulls, "--moves", "0 q");
    expect([unread.code, unread.err]).toEqual([
      2,
      expect.stringMatching(/move 2: expected 0, .* q$/),
    ]);
    const strange = await kubechart("replay", pulls, "--moves", "0 9");
    expect([strange.code, strange.err]).toEqual([1, expect.stringMatching(/moves do not fit/)]);
  });

  it("refuses what is no Path, and a Path of another version", async () => {
    const none = await kubechart("replay", file("none.path.json", "{}"));
    expect([none.code, none.err]).toEqual([
      1,
      expect.stringMatching(/expected a file of kind: Path/),
    ]);
    const newer = file("newer.path.json", `{ "apiVersion": "kubechart/v9", "kind": "Path" }`);
    expect((await kubechart("replay", newer)).err).toMatch(/another version/);
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
