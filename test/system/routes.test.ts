import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { catalogue } from "../../machines/index.ts";
import { chartFiles } from "../../src/cli/chart-files.ts";
import { allTellings, tellingsOfRoute } from "../../src/cluster/tellings.ts";
import type { Delivery } from "../../src/system/delivery.ts";
import { machines, routes, views } from "../../src/system/routes.ts";
import { valueOf } from "../../src/yaml/node.ts";
import { readYaml } from "../../src/yaml/read.ts";
import type { ObservedFile } from "../coverage/observed.ts";
import { projectRoot } from "../support/fidelity.ts";
import { startsOf } from "../support/starts.ts";
import type { Start } from "../support/tapped-runs.ts";
import { tellCluster } from "../support/told-cluster.ts";

const project = fileURLToPath(projectRoot());
const charts = chartFiles([join(project, "machines")]).map(readChart);
const starts = startsOf(project);

describe("the composition", () => {
  it("has a row for every machine of the catalogue, and no other", () => {
    expect(Object.keys(machines).toSorted()).toEqual(Object.keys(catalogue).toSorted());
    for (const [id, { machine }] of Object.entries(machines)) expect(machine).toBe(catalogue[id]);
  });

  it("names the delays that keep no run alive as the charts do", () => {
    for (const [id, { periodicDelays = [] }] of Object.entries(machines)) {
      const delays = Object.keys(catalogue[id]?.implementations.delays ?? {});
      expect([id, periodicDelays.filter((name) => !delays.includes(name))]).toEqual([id, []]);
    }
  });

  it("has routes of its machines only", () => {
    expect(Object.keys(routes).filter((id) => !(id in machines))).toEqual([]);
  });

  it.each(charts)("routes what $id emits, and nothing else", ({ id, emits }) => {
    expect(Object.keys(routes[id] ?? {}).toSorted()).toEqual([...emits].toSorted());
  });

  it("says of every route whom it may tell, and of every view what it builds", () => {
    const silent = Object.entries(routes).flatMap(([id, facts]) => {
      const rows = Object.entries(facts).flatMap(([fact, all]) =>
        all.map((row) => ({ fact, row })),
      );
      const mute = rows.filter(({ row: { to } }) => to !== undefined && !to.machines?.length);
      return mute.map(({ fact }) => `${id} ${fact}`);
    });
    expect(silent).toEqual([]);
    const unnamed = Object.entries(views).filter(([, { event }]) => event === undefined);
    expect(unnamed).toEqual([]);
  });

  it("tells those whom paths of the shipped systems were seen to tell", () => {
    const observed: ObservedFile = JSON.parse(readFileSync(`${project}docs/coverage.json`, "utf8"));
    const strange = Object.entries(observed.receivers).filter(([name, seen]) => {
      const [, id = "", fact = "", nth = ""] = /^(\S+) (.*)#(\d+)$/.exec(name) ?? [];
      const route = routes[id]?.[fact]?.[Number(nth)];
      const told = route === undefined ? [] : [...tellingsOfRoute(id, fact, route)];
      return !seen.every((machine) => told.some(({ to }) => to === machine));
    });
    expect(strange).toEqual([]);
  });

  it("builds what a route's receiver gets by a view that it has", () => {
    const named = Object.values(routes).flatMap((ofMachine) => Object.values(ofMachine).flat());
    const missing = named.flatMap(({ view }) => (view === undefined || view in views ? [] : view));
    expect(missing).toEqual([]);
  });
});

describe("a run of the examples, scenarios and recorded lives", () => {
  let deliveries: readonly Seen[] = [];
  beforeAll(() => {
    deliveries = [...starts].flatMap(([name, start]) => seenIn(name, start()));
  }, 60_000);

  it("loses no event: whoever receives one knows it in the state that it is in", () => {
    expect(lost(deliveries)).toEqual([]);
  });

  it("tells nothing to those who have ended, but for these", () => {
    expect(tooLate(deliveries)).toEqual([]);
  });

  it("sends what the composition says without a run, and all of that but for these", () => {
    expect(unsaid(deliveries)).toEqual([]);
    const sent = new Set(deliveries.map(tellingOf));
    const never = said.filter((telling) => !sent.has(telling));
    const listed = new Set(Object.values(notSentHere).flat());
    const isListed = (telling: string) => listed.has(telling) || telling.endsWith(" sync.failed");
    expect(never.filter((telling) => !isListed(telling))).toEqual([]);
  });

  it("needs every machine", () => {
    const needed = new Set(deliveries.map(({ machine }) => machine));
    expect(Object.keys(catalogue).filter((id) => !needed.has(id))).toEqual([]);
  });
});

describe("a run in which anything may happen", () => {
  const seconds = fc.integer({ min: 1, max: 1_500 }).map((tenths) => tenths / 10);
  const fault = fc.constantFrom(
    "do: kubelet-stop",
    "do: kubelet-start",
    "do: node-crash",
    "do: node-start",
    "do: kill, pod: web, container: app, signal: KILL",
    "do: kill, pod: web, container: log, signal: TERM",
    "do: kill, pod: web, sandbox: true, signal: KILL",
    "do: node-pressure, signal: memory.available, available: 50Mi, lasts: 30s",
    "do: node-pressure, signal: nodefs.available, lasts: 30s",
    'kubectl: "delete pod web --wait=false --grace-period=0"',
    'kubectl: "delete pod web --wait=false --grace-period=3"',
  );
  const step = fc.record({ seconds, fault });

  it("loses no event either, and tells nothing else too late", () => {
    const faults = fc.array(step, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(faults, fc.nat({ max: 999 }), (steps, seed) => {
        const told = steps.map(
          ({ seconds: at, fault: what }) => `  - { atSeconds: ${at}, ${what} }`,
        );
        const { cluster } = tellCluster(web, `steps:\n${told.join("\n")}\n`, { seed });
        const deliveries = seenIn("web", { cluster, untilMs: 300_000 });
        expect(lost(deliveries)).toEqual([]);
        expect(tooLate(deliveries)).toEqual([]);
        expect(unsaid(deliveries)).toEqual([]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

/** What comes after the end of its receiver, and why that is no loss. */
const toldTooLate: readonly (readonly [RegExp, string])[] = [
  [/^podWorker on pod.updated$/, "its kubelet is down, or it has ended and keeps its finalizers"],
  [/^podWorker on kill.requested$/, "its kubelet is down, and stops the pod when it is back"],
  [/^podWorker on pleg\.\w+$/, "its kubelet is down, and lists the runtime anew when it is back"],
  [/ on \w+\.(succeeded|failed)$/, "the kubelet that made the call is down"],
];

const tellings = [...allTellings("outside")];
const said = [...new Set(tellings.map(({ from, to, event }) => `${from} ${to} ${event}`))];

/**
 * What may be sent, and is not by these runs, by the reason why; and of most controllers nobody
 * refuses a write, so that no sync of theirs fails.
 */
const notSentHere = {
  "explored systems do: containers and sandboxes": [
    "container container container.reviewed",
    "containerKill containerStart container.killed",
    "containerStart containerKill container.killRequested",
    "podSandbox podSync sandbox.refused",
    "probe probe after startDelay",
    "runtime containerStart hook.failed",
    "runtime podSandbox RunPodSandbox.failed",
  ],
  "explored systems do: images": [
    "imagePull imagePull after failureForgetting",
    "imagePuller imagePull pull.throttled",
    "registry imagePull ImageStatus.failed",
  ],
  "explored systems do: a node under pressure": [
    "evictionManager evictionManager after killTimeout",
    "evictionManager evictionManager after podCleanupTimeout",
    "evictionManager evictionManager pod.killed",
    "softThreshold evictionManager gracePeriod.ended",
    "softThreshold evictionManager gracePeriod.forgotten",
    "softThreshold softThreshold after gracePeriod",
  ],
  "explored systems do: kubelets that start again, and resizes": [
    "outside podPhase phase.written",
    "podResize podResize after resizeRetry",
  ],
  "explored systems do: attempts that fail": ["schedulingCycle schedulingQueue pod.left"],
  "explored systems do: a node's network": [
    "faults nodeStatus runtimeUp.due",
    "nodeStatus kubelet runtime.failed",
    "nodeStatus kubelet runtime.recovered",
    "nodeStatus nodeStatus networkState.due",
    "faults stats pass.awaited",
  ],
  "explored systems do: an API server that is slow to start": [
    "controlPlaneComponent controlPlaneComponent after patience",
  ],
  "tests of kubectl's longer commands do": [
    "faults kubectl request.refused",
    "kubectl kubectl drain.due",
    "outside kubectl drain.begun",
    "outside kubectl line.typed",
  ],
  "no run waits until ten minutes are over": [
    "controlPlaneComponent controlPlaneComponent after forgetting",
  ],
  "a node's proxy has nothing to do for an hour": ["kubeProxy kubeProxy after maxInterval"],
  "a pod's resize waits while its kubelet starts, or its status is refused": [
    "kubelet podResize resize.weighed",
    "podResize podResize resize.weighed",
    "statusManager podPhase phase.written",
  ],
};

/** Probes, hooks, a sidecar, a volume and a program that ends now and then. */
const web = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  terminationGracePeriodSeconds: 10
  volumes: [{ name: scratch, emptyDir: {} }]
  initContainers:
    - { name: fetch, image: "fetch:1" }
    - { name: log, image: "log:1", restartPolicy: Always }
  containers:
    - name: app
      image: app:1
      volumeMounts: [{ name: scratch, mountPath: /scratch }]
      startupProbe: { exec: { command: [started] }, periodSeconds: 1 }
      livenessProbe: { httpGet: { port: 80 }, periodSeconds: 3 }
      readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2 }
      lifecycle:
        postStart: { exec: { command: [warm-up] } }
        preStop: { sleep: { seconds: 4 } }
`;

/** A delivery, with the run that it was seen in and the machine that it went to. */
interface Seen extends Delivery {
  readonly run: string;
  readonly machine: string;
}

function seenIn(run: string, { cluster, untilMs }: ReturnType<Start>): readonly Seen[] {
  const seen: Seen[] = [];
  cluster.system.observer = (delivery) =>
    seen.push({ ...delivery, run, machine: delivery.to.split("/")[0] ?? "" });
  cluster.run(untilMs);
  return seen;
}

/** What no active state of its receiver knows. */
function lost(deliveries: readonly Seen[]): readonly string[] {
  const unknown = deliveries.filter(({ handled }) => handled === "unknown");
  return distinct(
    unknown.map(({ run, machine, before, event }) => {
      return `${run}: ${machine} in ${JSON.stringify(before)} on ${event.type}`;
    }),
  );
}

/** What came after the end of its receiver, and nobody knows why. */
function tooLate(deliveries: readonly Seen[]): readonly string[] {
  const gone = deliveries.filter(({ handled }) => handled === "gone");
  const told = distinct(gone.map(({ machine, event }) => `${machine} on ${event.type}`));
  return told.filter((text) => !toldTooLate.some(([known]) => known.test(text)));
}

/** What is sent, and no picture of the composition has. */
function unsaid(deliveries: readonly Seen[]): readonly string[] {
  return distinct(deliveries.map(tellingOf)).filter((telling) => !said.includes(telling));
}

function tellingOf({ from, machine, event }: Seen): string {
  const [, delay] = /^xstate\.after\.([^.]+)/.exec(event.type) ?? [];
  const what = delay === undefined ? event.type : `after ${delay}`;
  return `${from?.split("/")[0] ?? "outside"} ${machine} ${what}`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function readChart(file: string): { readonly id: string; readonly emits: readonly string[] } {
  const chart = readYaml(readFileSync(file, "utf8"), file).documents[0];
  const { id, emits = [] } = Object(chart === undefined ? {} : valueOf(chart));
  return { id, emits };
}
