import { Cluster } from "../../src/cluster/cluster.ts";
import type { Executor } from "../../src/system/executor.ts";
import { buildPod } from "../support/build.ts";
import type { Figure } from "./figure.ts";
import { fastestMs } from "./measure.ts";

const podCount = 1_000;

/** A copy of a cluster that goes its own way, against building that cluster. */
export function fork(): Figure[] {
  const start = performance.now();
  const cluster = builtCluster(podCount, 10);
  const buildMs = performance.now() - start;
  const forkMs = fastestMs(20, () => {
    cluster.fork().system.step();
  });
  return [
    { what: "1 000 pods built to Running", value: buildMs, unit: "ms" },
    { what: "a fork and its first step", value: forkMs, unit: "ms" },
    { what: "build / fork", value: buildMs / forkMs, unit: "×", bound: { atLeast: 500 } },
  ];
}

/** A cluster whose pods have come to Running and Ready. */
export function builtCluster(pods: number, nodes: number, host?: Executor): Cluster {
  const objects = Array.from({ length: pods }, (_, index) =>
    buildPod(`web-${index}`, { nodeName: `node-${(index % nodes) + 1}` }),
  );
  const cluster = Cluster.create({ objects, nodes, ...(host && { host }) });
  cluster.run(60_000);
  return cluster;
}
