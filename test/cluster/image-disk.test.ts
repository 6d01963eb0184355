import { describe, expect, it } from "vitest";

import { pressureOf, tellCluster } from "../support/told-cluster.ts";

const web = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { nodeName: node-1, containers: [{ name: app, image: "app:1" }] }
`;

/** The node's conditions and the pod's end when its layer or its log grows to 48 of 50 Gi. */
function run(node: string, place: string) {
  const told =
    `environment:\n  - node: { ${node} }\n` +
    `  - disk: [{ at: 3s, uses: 48Gi, of: ${place} }]\n` +
    "  - process: { onStop: { exits: 143 } }\n";
  const { cluster, node: nodeOf, pod, events } = tellCluster(web, told);
  cluster.run(60_000);
  const evicted = events("web").find((event) => event.startsWith("Evicted"));
  return { disk: pressureOf(nodeOf())["DiskPressure"], pod: pod("web")?.status?.reason, evicted };
}

const calm = { disk: "False KubeletHasNoDiskPressure", pod: undefined, evicted: undefined };
const pressed = { disk: "True KubeletHasDiskPressure", pod: "Evicted" };

describe("a node whose images have a file system of their own", () => {
  const apart = "imageDisk: 50Gi";

  it("runs short of it when containers write beside their volumes", () => {
    const seen = run(apart, "writable layer");
    expect(seen).toMatchObject(pressed);
    expect(seen.evicted).toContain("ephemeral-storage");
  });

  it("has room for logs beside the kubelet", () => {
    expect(run(apart, "container log")).toEqual(calm);
  });

  it("has room for layers that are beside the kubelet", () => {
    expect(run(`${apart}, layers: with kubelet`, "writable layer")).toEqual(calm);
  });
});

describe("a node with one file system", () => {
  it("has room for both", () => {
    expect(run("disk: 100Gi", "writable layer")).toEqual(calm);
    expect(run("disk: 50Gi", "container log")).toMatchObject(pressed);
  });
});
