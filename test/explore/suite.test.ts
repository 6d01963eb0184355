import { describe, expect, it } from "vitest";

import { explore } from "../../src/explore/explorer.ts";
import { Lives } from "../../src/explore/life.ts";
import { lived } from "../../src/explore/memo/lived.ts";
import { remadePath } from "../../src/explore/path.ts";
import { readSystem } from "../../src/explore/system-file.ts";
import { bestOf, coverTransitions } from "../../src/explore/suite.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

const neverRead = { covered: [], universe: [] };
const gated = `apiVersion: kubechart/v1
kind: System
objects:
  - apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    featureGates: { RestartAllContainersOnContainerExits: true, NodeDeclaredFeatures: true }
  - apiVersion: v1
    kind: Pod
    metadata: { name: web }
    spec:
      restartPolicy: Never
      containers:
        - name: app
          image: registry.example/web:1.0
          restartPolicy: Never
          restartPolicyRules:
            - { action: RestartAllContainers, exitCodes: { operator: In, values: [42] } }
        - { name: helper, image: "registry.example/web:1.0" }
open:
  deliveries: in order
  environment:
    - when: { container: app }
      process: [{ runs: 3s, exits: 42 }, { runs: 3s, exits: 0 }]
bounds: { restarts: 1, horizon: 2m }
`;

const names = ["pulls that may fail", "a process that may end", "a deletion at any moment"];
const suites = names.map((name) => {
  const system = smallSystems[name]?.() ?? shippedSystem("image-pull");
  return [name, system, coverTransitions(system)] as const;
});

describe.each(suites)("the suite of %s", (_, system, suite) => {
  it("takes every branch that the system can take", () => {
    const covered = new Set(suite.paths.flatMap(({ covers }) => covers));
    expect([...covered].toSorted()).toEqual(suite.coverage.covered.toSorted());
    expect(suite.exploration.stoppedBy).toBeUndefined();
  });

  it("has no path that could be left out", () => {
    for (const path of suite.paths) {
      const others = suite.paths.filter((one) => one !== path).flatMap(({ covers }) => covers);
      expect(path.covers.filter((name) => !others.includes(name))).not.toEqual([]);
    }
  });

  it("ends every path where nothing but periodic work is left", () => {
    expect(suite.paths.map(({ endedBy }) => endedBy)).toEqual(suite.paths.map(() => "quiet"));
  });

  it("has paths that can be made again, move by move", () => {
    for (const path of suite.paths) {
      const again = remadePath(system, new Lives(system), path);
      expect(again.steps).toEqual(path.steps);
      expect(again.taken).toEqual(path.taken);
    }
  });

  it("is the same each time, ids included", () => {
    const again = coverTransitions(system);
    expect(again.paths.map(({ id }) => id)).toEqual(suite.paths.map(({ id }) => id));
    expect(new Set(suite.paths.map(({ id }) => id)).size).toBe(suite.paths.length);
  });

  it("says what is lost with fewer paths", () => {
    const { suite: one, lost } = bestOf(suite, 1);
    const kept = new Set(one.paths.flatMap(({ covers }) => covers));
    expect(lost).toEqual(suite.coverage.covered.filter((name) => !kept.has(name)));
  });
});

it("covers what is behind a gate that is on", { timeout: 60_000 }, () => {
  const { system } = readSystem("gated.yaml", gated);
  const { covered, universe } = system ? coverTransitions(system).coverage : neverRead;
  const behindGate = "podSync resettingContainers.";
  expect(universe.filter((name) => name.startsWith(behindGate)).length).toBeGreaterThan(4);
  expect(covered).toContain("podSync resettingContainers.choosing always#0");
  expect(covered).toContain("podSync resettingContainers.removing always#0");
});

describe("a path", () => {
  it("tells the STATUS and the Events of a pull that fails", () => {
    const [, , suite] = suites.find(([name]) => name === "pulls that may fail") ?? [];
    const failing = suite?.paths.find(({ description }) => description.includes("ErrImagePull"));
    expect(failing?.description).toMatch(/^Pending → ContainerCreating → ErrImagePull/);
    const reasons = failing?.steps.flatMap(({ events }) => events.map(({ reason }) => reason));
    expect(reasons).toEqual(expect.arrayContaining(["Pulling", "Failed", "BackOff"]));
  });
});

describe("a path of an exploration that counts every delivery", () => {
  it("leads to the very state that was found", () => {
    const system = shippedSystem("image-pull");
    let found: { readonly state: number; readonly atMs: number } | undefined;
    const exploration = explore(system, {
      states: "all",
      maxStates: 800,
      onState: ({ now }, state) => {
        if (now > 10_000) found ??= { state, atMs: now };
      },
    });
    const moves = exploration.movesTo(found?.state ?? 0);
    const ways = remadePath(system, new Lives(system), { moves, endedBy: "" });
    const deliveries = exploration.depthOf(found?.state ?? 0);
    expect([ways.endMs, ways.moves.length]).toEqual([found?.atMs, deliveries]);
    const settled = lived(exploration.walk, moves, system.bounds.horizonMs, "all");
    expect(settled.moves.slice(0, moves.length)).toEqual(moves);
  });
});
