import { describe, expect, it } from "vitest";

import { readManifests } from "../../src/manifest/read.ts";
import { tellCluster, type ToldCluster } from "../support/told-cluster.ts";

const web = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { nodeName: node-1, containers: [{ name: app, image: "app:1" }] }
`;
const late = web.replaceAll("web", "late");
const notReady =
  "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady " +
  "message:Network plugin returns error: cni plugin not initialized";
const down = "{ atSeconds: 2, do: network-stop }";
const up = "{ atSeconds: 30, do: network-start }";

/** A pod from the start, one that comes at 8 s, and a network that is not ready from 2 s on. */
function run(steps: readonly string[], untilMs: number, spec = late) {
  const create = "{ atSeconds: 8, kubectl: create -f late.yaml }";
  const lines = [...steps, create].map((step) => `  - ${step}\n`).join("");
  const files = () => readManifests([{ file: "late.yaml", text: spec }]).manifests;
  const told = tellCluster(web, `steps:\n${lines}`, { files });
  told.cluster.run(untilMs);
  return told;
}

function readyOf({ node }: ToldCluster) {
  return node()?.status?.conditions?.find(({ type }) => type === "Ready");
}

describe("a node whose network plugin is not ready", () => {
  it("says so with its next status, in containerd's words", () => {
    expect(readyOf(run([down], 20_000))).toMatchObject({
      status: "False",
      reason: "KubeletNotReady",
      message: notReady,
    });
  });

  it("runs on what runs, and starts nothing that needs a network", () => {
    const { rows, events } = run([down], 25_000);
    expect(rows("web").at(-1)).toBe("Running 1/1");
    expect(rows("late").at(-1)).toBe("ContainerCreating 0/1");
    expect(events("late")).toContain(`NetworkNotReady: network is not ready: ${notReady}`);
  });

  it("starts what uses the node's own", () => {
    const { rows } = run([down], 25_000, late.replace("spec: {", "spec: { hostNetwork: true,"));
    expect(rows("late").at(-1)).toBe("Running 1/1");
  });

  it("is ready again after it, and the pod starts", () => {
    const told = run([down, up], 60_000);
    expect(readyOf(told)).toMatchObject({ status: "True", reason: "KubeletReady" });
    expect(told.rows("late").at(-1)).toBe("Running 1/1");
  });

  it("says so again when its kubelet has been started anew", () => {
    const restart = ["{ atSeconds: 12, do: kubelet-stop }", "{ atSeconds: 15, do: kubelet-start }"];
    expect(readyOf(run([down, ...restart], 40_000))?.status).toBe("False");
  });
});
