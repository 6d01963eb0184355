import { describe, expect, it } from "vitest";

import { tellCluster, type ToldCluster } from "../support/told-cluster.ts";

const web = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { terminationGracePeriodSeconds: 20, containers: [{ name: app, image: "app:1" }] }
`;

const away = [
  "{ atSeconds: 20, do: kubelet-stop }",
  '{ atSeconds: 25, kubectl: "delete pod web --wait=false --grace-period=FORCE" }',
  "{ atSeconds: 50, do: kubelet-start }",
];

/** The pod is deleted between the stop of its kubelet and its start. */
function run(graceSeconds: number, untilMs: number): ToldCluster & { stops: readonly string[] } {
  const steps = away.map((step) => `  - ${step.replace("FORCE", String(graceSeconds))}`);
  const told = tellCluster(web, `steps:\n${steps.join("\n")}\n`);
  const stops: string[] = [];
  told.cluster.observe(({ at, event }) => {
    if (event.type === "StopContainer") stops.push(`${at} ${event["timeoutSeconds"]}`);
  });
  told.cluster.run(untilMs);
  return { ...told, stops };
}

describe("a pod that is deleted while its kubelet is down", () => {
  it("runs on until the kubelet is back", () => {
    const { rows, stops } = run(20, 49_000);
    expect(rows("web").at(-1)).toBe("Terminating 1/1");
    expect(stops).toEqual([]);
  });

  it("is stopped with its grace period, and is gone", () => {
    const { rows, stops } = run(20, 120_000);
    expect(stops).toEqual(["50000 20"]);
    expect(rows("web").at(-1)).toBe("gone");
  });

  it("is stopped by force if it is unknown to the API by then", () => {
    const { cluster, rows, stops } = run(0, 120_000);
    expect(rows("web").at(-1)).toBe("gone");
    expect(stops).toEqual(["50000 2"]);
    expect([...cluster.system.world.sides()]).toEqual([]);
  });
});

describe("a machine that goes down", () => {
  it.each([400, 560, 700])(
    "starts the containers anew, whatever was under way at %d ms",
    (atMs) => {
      const down = `  - { atSeconds: ${atMs / 1_000}, do: node-crash }\n`;
      const { cluster, rows } = tellCluster(
        web,
        `steps:\n${down}  - { atSeconds: 10, do: node-start }\n`,
      );
      cluster.run(60_000);
      expect(rows("web").at(-1)).toBe("Running 1/1");
    },
  );
});
