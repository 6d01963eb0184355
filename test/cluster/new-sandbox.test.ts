import { describe, expect, it } from "vitest";

import type { Pod } from "../../machines/api/pod.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { emptyScenario, readScenario } from "../../src/manifest/scenario.ts";
import { buildContainer, buildPod } from "../support/build.ts";

const inits = ["first", "second"].map((name) => buildContainer(name));

/** Two init containers, of which the second fails once, then a sandbox that dies at 60 s. */
const text = `
apiVersion: kubechart/v1
kind: Scenario
environment:
  - { when: { container: second, run: 1 }, process: { runs: 1s, exits: 1 } }
  - { when: { container: first }, process: { runs: 2s } }
  - { when: { container: second }, process: { runs: 1s } }
steps: [{ atSeconds: 60, do: kill, pod: web, sandbox: true }]
`;

/** What kubectl shows of the pod's containers, whenever it is something else. */
function shown(): readonly string[] {
  const { scenario = emptyScenario } = readScenario("test.scenario.yaml", text);
  const cluster = Cluster.create({
    objects: [buildPod("web", { initContainers: inits })],
    scenario,
  });
  const rows: string[] = [];
  cluster.watch(({ object }) => {
    const row = isPod(object) ? rowOf(object) : undefined;
    if (row !== undefined && row !== rows.at(-1)) rows.push(row);
  });
  cluster.run(120_000);
  return rows;
}

function rowOf({ status = {} }: Pod): string {
  const { initContainerStatuses = [], containerStatuses = [] } = status;
  return [...initContainerStatuses, ...containerStatuses]
    .map(({ name, restartCount, state = {} }) => `${name} ${restartCount} ${Object.keys(state)[0]}`)
    .join(", ");
}

function isPod(object: { readonly kind: string }): object is Pod {
  return object.kind === "Pod";
}

describe("in a new sandbox", () => {
  it("the init containers run again one after the other, as if they had never run before", () => {
    const rows = shown();
    const death = rows.lastIndexOf("first 0 terminated, second 1 terminated, app 0 running");
    expect(rows.slice(death + 1)).toEqual([
      "first 1 running, second 1 terminated, app 0 terminated",
      "first 1 terminated, second 1 terminated, app 0 terminated",
      "first 1 terminated, second 0 running, app 0 terminated",
      "first 1 terminated, second 0 terminated, app 0 terminated",
      "first 1 terminated, second 0 terminated, app 1 running",
    ]);
  });
});

describe("pods of two nodes", () => {
  it("have addresses of different ranges, and their hosts have their own", () => {
    const pods = ["node-1", "node-2"].map((nodeName, nth) => buildPod(`web-${nth}`, { nodeName }));
    const cluster = Cluster.create({ objects: pods, nodes: 2 });
    cluster.run(20_000);
    expect(cluster.list("Pod")).toMatchObject([
      { status: { podIP: "10.88.0.1", hostIP: "192.168.0.2" } },
      { status: { podIP: "10.89.0.1", hostIP: "192.168.0.3" } },
    ]);
  });
});
