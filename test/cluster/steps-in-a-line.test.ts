import { expect, it } from "vitest";

import { tellCluster } from "../support/told-cluster.ts";

const pod =
  "{ apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { containers: [{ name: app, image: web }] } }\n";
const cordons = [
  "{ atSeconds: -2, kubectl: cordon node-1 }",
  "{ atSeconds: 5, kubectl: uncordon node-1 }",
];

it("every step of a line is done, also one that asks what another has asked before", () => {
  const { cluster } = tellCluster(pod, `steps: [${cordons.join(", ")}]\n`, {});
  cluster.run(60_000);
  expect(cluster.get("Pod", "default/web")).toMatchObject({
    spec: { nodeName: "node-1" },
    status: { phase: "Running" },
  });
});
