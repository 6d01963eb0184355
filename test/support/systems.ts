import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type ExploredSystem, readSystem } from "../../src/explore/system-file.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

/** A System file's text around its objects and what is open. */
export function systemText(body: string, spec = ""): string {
  const pod = `apiVersion: v1
    kind: Pod
    metadata: { name: web }
    spec: ${spec === "" ? podSpec : spec}`;
  return `${systemHead}${pod}\n${body}\n`;
}

const systemHead = `apiVersion: kubechart/v1
kind: System
objects:
  - `;

/** A system of one Deployment or ReplicaSet `web`. */
function workloadOf(kind: string, spec: string, body: string): ExploredSystem {
  const template =
    "template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: app, image: web }] } }";
  const workload = `apiVersion: apps/v1
    kind: ${kind}
    metadata: { name: web }
    spec: { ${spec}, selector: { matchLabels: { app: web } }, ${template} }`;
  return readOrThrow("workload.yaml", `${systemHead}${workload}\n${body}\n`);
}

/** Bound already, so that nothing of the scheduler is explored where it is not asked for. */
const podSpec =
  "{ nodeName: node-1, containers: [{ name: app, image: 'registry.example/web:1.0' }] }";

/** A system of one pod `web` with the container `app`, unless told otherwise. */
export function systemOf(body: string, spec = ""): ExploredSystem {
  return readOrThrow("small.yaml", systemText(body, spec));
}

/** One that is shipped. */
export function shippedSystem(name: string): ExploredSystem {
  const file = fileURLToPath(new URL(`../../machines/systems/${name}.yaml`, import.meta.url));
  return readOrThrow(file, readFileSync(file, "utf8"));
}

function readOrThrow(file: string, text: string): ExploredSystem {
  const { system, issues } = readSystem(file, text);
  if (system === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  return system;
}

/** A pod of so many containers that may do what the shipped system `pod` leaves open. */
export function podOf(containers: number, bounds = podBounds): ExploredSystem {
  const listed = Array.from({ length: containers }, (_, nth) => {
    return `{ name: app-${nth}, image: 'registry.example/app-${nth}:1.0' }`;
  });
  const spec = `{ nodeName: node-1, containers: [${listed.join(", ")}] }`;
  return systemOf(`${podOpen}\n${bounds}`, spec);
}

const podOpen = `open:
  choices: { image pull outcome: [pulled, not found] }
  environment: [{ process: [{}, { runs: 3s, exits: 0 }, { runs: 3s, exits: 1 }] }]
  steps: [{ kubectl: delete pod web }]`;

const podBounds = "bounds: { unusual: 2, overtakings: 1, restarts: 2, horizon: 2m }";

/** Small systems by what is open in them. */
export const smallSystems: Readonly<Record<string, () => ExploredSystem>> = {
  "a pod that runs": () => systemOf("open: { deliveries: in order }"),
  "a pod that runs, in any order": () => systemOf("open: { deliveries: any order }"),
  "a pod that ends at once, in any order": () =>
    systemOf("environment: [{ process: { runs: 0s } }]", neverSpec),
  "a crash loop": () =>
    systemOf("environment: [{ process: { runs: 3s, exits: 1 } }]\nopen: { deliveries: in order }"),
  "pulls that may fail": () =>
    systemOf(
      "open: { deliveries: in order, choices: { image pull outcome: [pulled, not found] } }\n" +
        "bounds: { pulls: 3 }",
    ),
  "a process that may end": () =>
    systemOf(
      "open: { deliveries: in order, environment: [{ process: [{}, { runs: 3s, exits: 1 }] }] }\n" +
        "bounds: { unusual: 2 }",
    ),
  "a deletion at any moment": () =>
    systemOf("open: { deliveries: in order, steps: [{ kubectl: delete pod web }] }"),
  "a deletion at any moment, in any order": () =>
    systemOf("open: { steps: [{ kubectl: delete pod web }] }\nbounds: { horizon: 20s }"),
  "a record that is lost, in any order": () =>
    systemOf(
      "open: { steps: [{ do: record-lost, pod: web, container: app }] }\nbounds: { horizon: 2m }",
    ),
  "probes that may fail": () =>
    systemOf(
      "open: { deliveries: in order, choices: { liveness probe: [success, failure] } }\n" +
        "bounds: { unusual: 4, horizon: 2m }",
      "{ nodeName: node-1, containers: [{ name: app, image: 'web:1', livenessProbe: " +
        "{ httpGet: { port: 80 }, periodSeconds: 10, failureThreshold: 2 } }] }",
    ),
  "a kubelet that stops": () =>
    systemOf(
      "open: { deliveries: in order, steps: [{ do: kubelet-stop }, { do: kubelet-start }] }\n" +
        "bounds: { horizon: 1m }",
    ),
  "two containers, in any order": () =>
    systemOf(
      "open: { choices: { image pull outcome: [pulled, not found] } }\n" +
        "bounds: { horizon: 20s, overtakings: 2, unusual: 1 }",
      "{ nodeName: node-1, containers: " +
        "[{ name: app, image: 'web:1' }, { name: log, image: 'log:1' }] }",
    ),
  "a pod that is scheduled, in any order": () =>
    systemOf("bounds: { horizon: 20s }", "{ containers: [{ name: app, image: 'web:1' }] }"),
  "a pod that waits for room": () =>
    systemOf(
      "open: { deliveries: in order, steps: [{ kubectl: delete pod web }] }\n" +
        "bounds: { horizon: 2m }",
      "{ containers: [{ name: app, image: 'web:1', resources: { requests: { cpu: 1k } } }] }",
    ),
  "a ReplicaSet that is scaled, in any order": () =>
    workloadOf(
      "ReplicaSet",
      "replicas: 1",
      "open: { steps: [{ kubectl: scale rs web --replicas=2 }] }\n" +
        "bounds: { horizon: 1ms, overtakings: 1 }",
    ),
  "a Deployment that is rolled out, in any order": () =>
    workloadOf(
      "Deployment",
      "replicas: 1",
      "open: { steps: [{ kubectl: set image deploy/web app=web:2 }] }\n" +
        "bounds: { horizon: 1ms, overtakings: 1 }",
    ),
  "a Service whose pod comes and goes, in any order": () =>
    readOrThrow(
      "service.yaml",
      `${systemHead}{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: ${webPorts} }
  - apiVersion: v1
    kind: Pod
    metadata: { name: web, labels: { app: web } }
    spec: ${podSpec}
machines: [kubeProxy]
open: { steps: [{ kubectl: delete pod web }] }
bounds: { horizon: 2s, overtakings: 1 }
`,
    ),
  "a node that is lost": () =>
    systemOf(
      "machines: [nodeLifecycle, nodeTaint, taintEviction]\n" +
        "open: { deliveries: in order, steps: [{ do: kubelet-stop }, { do: kubelet-start }] }\n" +
        "bounds: { horizon: 1m }",
      "{ nodeName: node-1, tolerations: [{ operator: Exists, effect: NoExecute, " +
        "tolerationSeconds: 2 }], containers: [{ name: app, image: 'web:1' }] }",
    ),
  "a pod whose node is tainted for a while": () =>
    systemOf(
      "machines: [nodeTaint, taintEviction]\n" +
        "open: { deliveries: in order, steps: [{ kubectl: 'taint node node-1 own=x:NoExecute' }, " +
        "{ kubectl: 'taint node node-1 own-' }] }\n" +
        "bounds: { horizon: 4s }",
      "{ nodeName: node-1, tolerations: [{ key: own, operator: Exists, effect: NoExecute, " +
        "tolerationSeconds: 1 }], containers: [{ name: app, image: 'web:1' }] }",
    ),
  "a ReplicaSet that goes with its pods, in any order": () =>
    workloadOf(
      "ReplicaSet",
      "replicas: 1",
      "machines: [garbageCollector]\n" +
        "open: { steps: [{ kubectl: delete rs web --cascade=foreground }] }\n" +
        "bounds: { horizon: 1s, overtakings: 1 }",
    ),
  "a pod whose node is deleted": () =>
    systemOf(
      "machines: [podGc]\n" +
        "open: { deliveries: in order, steps: [{ kubectl: delete node node-1 }] }\n" +
        "bounds: { horizon: 2m }",
    ),
};

const webPorts = "{ selector: { app: web }, ports: [{ port: 80 }] }";

const neverSpec =
  "{ nodeName: node-1, restartPolicy: Never, containers: [{ name: app, image: 'web:1' }] }";
