import { describe, expect, it } from "vitest";

import { tellCluster } from "../support/told-cluster.ts";

const web = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { nodeName: node-1, restartPolicy: Never, containers: [{ name: app, image: "app:1" }] }
`;

/** The phases that the pod's cached phase was told, in order. */
function phasesTold(steps: readonly string[]): readonly string[] {
  const lines = steps.map((step) => `  - ${step}\n`).join("");
  const { cluster } = tellCluster(web, `steps:\n${lines}`);
  const phases: string[] = [];
  cluster.observe(({ event, to }) => {
    if (to === "podPhase/default/web" && event.type === "phase.written") {
      phases.push(String(event["phase"]));
    }
  });
  cluster.run(30_000);
  return phases;
}

function written(atSeconds: number, phase: string): string {
  const patch = `patch pod web --subresource=status -p '{"status":{"phase":"${phase}"}}'`;
  return `{ atSeconds: ${atSeconds}, kubectl: ${JSON.stringify(patch)} }`;
}

const restart = ["{ atSeconds: 8, do: kubelet-stop }", "{ atSeconds: 12, do: kubelet-start }"];

describe("the phase that a kubelet has cached", () => {
  it("is not the API's as long as the kubelet has one of its own", () => {
    expect(phasesTold([written(5, "Unknown")])).toEqual([]);
  });

  it.each(["Running", "Unknown", "Failed"])("begins with %s, which the API shows", (phase) => {
    expect(phasesTold([...restart, written(10, phase)])).toEqual([phase]);
  });
});
