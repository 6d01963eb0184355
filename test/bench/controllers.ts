import type { Node } from "../../machines/api/node.ts";
import { isPod, isWhole } from "../../machines/api/objects.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { defaultNode } from "../../src/cluster/nodes.ts";
import { readManifests } from "../../src/manifest/read.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import type { Figure } from "./figure.ts";
import { heapBytes } from "./measure.ts";

const small = { pods: 1_000, nodes: 100 };
const large = { pods: 10_000, nodes: 1_000 };
const podsOfEach = 50;

/**
 * Deployments with Services, from being applied to pods that are Ready and stand in EndpointSlices:
 * API server, controllers, scheduler, kubelets and kube-proxies in one process. Time is that of all
 * processors, and what each step of a size costs is compared with the other sizes of one run.
 */
export function controllers(): readonly Figure[] {
  const first = created(small);
  const second = created(large);
  const rolled = rolledOut(small);
  const perPod = (bytes: number) => bytes / large.pods / 1_000;
  return [
    { what: "pods Ready", value: second.ready, unit: "", bound: { atLeast: large.pods } },
    {
      what: "addresses of pods",
      value: second.addresses,
      unit: "",
      bound: { atLeast: large.pods },
    },
    { what: "endpoints Ready", value: second.endpoints, unit: "", bound: { atLeast: large.pods } },
    { what: `${large.pods} pods to Ready`, value: second.ms / 1_000, unit: "s of processors" },
    {
      what: "ten times the pods and the nodes",
      value: second.ms / first.ms,
      unit: "×",
      bound: { atMost: 14 },
    },
    {
      what: "memory of an idle Ready pod with its API objects",
      value: perPod(second.bytes),
      unit: "kB",
    },
    {
      what: "a rolling update / its creation",
      value: rolled / first.ms,
      unit: "×",
      bound: { atMost: 3 },
    },
  ];
}

interface Size {
  readonly pods: number;
  readonly nodes: number;
}

interface Created {
  readonly ms: number;
  readonly ready: number;
  readonly addresses: number;
  readonly endpoints: number;
  /** Of the heap, with everything that the cluster keeps. */
  readonly bytes: number;
}

function created(size: Size): Created {
  const before = heapBytes();
  const { cluster, ms } = run(size, "");
  const pods = cluster.list("Pod").filter(isPod);
  const ready = pods.filter(({ status }) => {
    return status?.conditions?.some((one) => one.type === "Ready" && one.status === "True");
  });
  const slices = cluster.list("EndpointSlice").filter((one) => isWhole(one, "EndpointSlice"));
  const endpoints = slices.flatMap((slice) => slice.endpoints ?? []);
  const addresses = new Set(pods.map(({ status }) => status?.podIP)).size;
  const bytes = heapBytes() - before;
  return { ms, ready: ready.length, addresses, endpoints: endpoints.length, bytes };
}

/** What a change of every template costs beyond the creation. */
function rolledOut(size: Size): number {
  const names = namesOf(size).map((name) => `deployment/${name}`);
  const steps = `steps: [{ atSeconds: 900, kubectl: "set env ${names.join(" ")} VERSION=2" }]`;
  return run(size, steps).msAfter;
}

function namesOf({ pods }: Size): readonly string[] {
  return Array.from({ length: pods / podsOfEach }, (_, nth) => `web-${nth}`);
}

function run(size: Size, steps: string) {
  const { objects } = readManifests([{ file: "web.yaml", text: namesOf(size).map(web).join("") }]);
  const text = `apiVersion: kubechart/v1\nkind: Scenario\n${steps}\n`;
  const { scenario } = readScenario("scenario.yaml", text);
  const nodes = Array.from({ length: size.nodes }, (_, nth) => {
    return withRoom(defaultNode(`node-${nth + 1}`, nth));
  });
  const start = process.cpuUsage();
  const cluster = Cluster.create({
    objects: [...nodes, ...objects],
    nodes: 0,
    ...(scenario && { scenario }),
  });
  cluster.run(899_000);
  const ms = process.cpuUsage(start).user / 1_000;
  const later = process.cpuUsage();
  if (steps !== "") cluster.run(1_800_000);
  return { cluster, ms, msAfter: process.cpuUsage(later).user / 1_000 };
}

function withRoom(node: Node): Node {
  const room = { cpu: "64", memory: "256Gi", "ephemeral-storage": "1000Gi", pods: "250" };
  return { ...node, status: { ...node.status, capacity: room, allocatable: room } };
}

function web(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${podsOfEach}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: "web:1", resources: { requests: { cpu: 10m } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
---
`;
}
