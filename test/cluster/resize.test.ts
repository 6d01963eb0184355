import { describe, expect, it } from "vitest";

import { type ToldCluster, tellCluster } from "../support/told-cluster.ts";

function podOf(name: string, cpu: string): string {
  const resources = `{ requests: { cpu: ${cpu} } }`;
  const container = `{ name: app, image: app:1, resources: ${resources} }`;
  return `---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [${container}] }\n`;
}

/** Somebody wants that much CPU for `web` at 10 s; `other` leaves at 20 s. */
function resized(cpu: string, untilMs: number, manifest = podOf("web", "1")): ToldCluster {
  const patch = `{spec: {containers: [{name: app, resources: {requests: {cpu: "${cpu}"}}}]}}`;
  const resize = `patch pod web --subresource=resize -p '${patch}'`;
  const deletion = "delete pod other --wait=false --ignore-not-found";
  const steps = [
    `- atSeconds: 10\n  kubectl: >-\n    ${resize}`,
    `- { atSeconds: 20, kubectl: ${deletion} }`,
  ];
  const told = tellCluster(manifest, `environment: []\nsteps:\n${steps.join("\n")}\n`);
  told.cluster.run(untilMs);
  return told;
}

function seen(told: ToldCluster) {
  const { conditions = [], containerStatuses = [] } = told.pod("web")?.status ?? {};
  const resize = conditions.filter(({ type }) => type.startsWith("PodResize"));
  const [{ allocatedResources, resources } = {}] = containerStatuses;
  return {
    conditions: resize.map(({ type, reason }) => `${type} ${reason ?? ""}`.trim()),
    allocated: allocatedResources?.["cpu"],
    actual: resources?.requests?.["cpu"],
  };
}

describe("a resize of a pod", () => {
  it("is in progress until the runtime has heard of it", () => {
    const begun = { conditions: ["PodResizeInProgress"], allocated: "2", actual: "1" };
    expect(seen(resized("2", 10_020))).toEqual(begun);
    expect(seen(resized("2", 15_000))).toEqual({ conditions: [], allocated: "2", actual: "2" });
  });

  it("is infeasible beyond what the node has", () => {
    const told = resized("10", 15_000);
    const pending = { conditions: ["PodResizePending Infeasible"], allocated: "1", actual: "1" };
    expect(seen(told)).toEqual(pending);
    const said = "Node didn't have enough capacity: cpu, requested: 10000, capacity: 4000";
    expect(told.eventOf("web", "ResizeInfeasible")?.message).toContain(said);
  });

  it("is deferred until another pod has left", () => {
    const both = podOf("web", "1") + podOf("other", "2");
    expect(seen(resized("3", 15_000, both)).conditions).toEqual(["PodResizePending Deferred"]);
    expect(seen(resized("3", 30_000, both))).toMatchObject({ conditions: [], actual: "3" });
  });
});
