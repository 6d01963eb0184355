import * as fc from "fast-check";

import { readManifests } from "../../src/manifest/read.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import type { Script } from "./scripts.ts";

/** Two pods with whatever they may have, an environment that fails them, and faults. */
export function randomScript(): fc.Arbitrary<Script> {
  const untilMs = fc.integer({ min: 15_000, max: 45_000 });
  const text = fc.tuple(pod("web"), pod("job"), kubelet).map((items) => {
    return JSON.stringify({ apiVersion: "v1", kind: "List", items });
  });
  const told = scenario.map((one) => JSON.stringify(one));
  return fc.record({ untilMs, text, scenario: told }).map(read);
}

function read(one: Pick<Script, "untilMs"> & Record<"text" | "scenario", string>): Script {
  const { untilMs } = one;
  const { objects, kubelets, issues } = readManifests([{ file: "random.json", text: one.text }]);
  const told = readScenario("random.scenario.json", one.scenario);
  const mistakes = [...issues, ...told.issues].map((issue) => formatIssue(issue));
  if (told.scenario === undefined || mistakes.length > 0) throw new Error(mistakes.join("\n"));
  return { objects, kubelets, scenario: told.scenario, files: {}, untilMs };
}

const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const probe = fc.record({
  exec: fc.constant({ command: ["ask"] }),
  periodSeconds: fc.integer({ min: 1, max: 5 }),
  failureThreshold: fc.integer({ min: 1, max: 2 }),
});
const livenessProbe = probe.map((one) => ({ ...one, initialDelaySeconds: 2 }));
const hook = fc.constantFrom({ exec: { command: ["do"] } }, { sleep: { seconds: 2 } });
const resources = { limits: { memory: "64Mi" } };

const container = (name: string) =>
  fc.record({
    name: fc.constant(name),
    image: fc.constantFrom("registry.example/a:1", "registry.example/b:1", "nginx"),
    imagePullPolicy: fc.constantFrom("Always", "IfNotPresent", "Never", "IfNotPresent"),
    livenessProbe: perhaps(livenessProbe),
    readinessProbe: perhaps(probe),
    startupProbe: perhaps(probe),
    lifecycle: perhaps(fc.record({ preStop: perhaps(hook), postStart: perhaps(hook) })),
    resources: perhaps(fc.constant(resources)),
  });

const initContainer = fc.record({
  name: fc.constant("init"),
  image: fc.constant("registry.example/init:1"),
  restartPolicy: perhaps(fc.constant("Always")),
});

const pod = (name: string) =>
  fc
    .record({
      restartPolicy: fc.constantFrom("Always", "OnFailure", "Never"),
      terminationGracePeriodSeconds: fc.integer({ min: 3, max: 6 }),
      activeDeadlineSeconds: perhaps(fc.integer({ min: 5, max: 40 })),
      initContainers: perhaps(fc.tuple(initContainer)),
      containers: fc.oneof(
        fc.tuple(container("app")),
        fc.tuple(container("app"), container("side")),
      ),
    })
    .map((spec) => ({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec }));

const evictionSoftGracePeriod = { "memory.available": "5s" };
const kubelet = fc
  .constantFrom({}, { evictionSoft: { "memory.available": "500Mi" }, evictionSoftGracePeriod })
  .map((spec) => ({
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    ...spec,
  }));

const seconds = (max: number) => fc.integer({ min: 1, max }).map((number) => `${number}s`);
const when = fc.record({
  pod: fc.constantFrom("web", "job", "*"),
  container: fc.constantFrom("app", "init", "*"),
});
const failures = fc
  .array(seconds(20), { minLength: 1, maxLength: 1 })
  .map((times) => times.map((from) => ({ from, result: "failure" })));
const onStop = fc.constantFrom("ignored", { takes: "1s", exits: 143 }, { takes: "9s" });

const answer = fc.oneof(
  fc.record({
    when,
    process: fc.record({ runs: seconds(15), exits: fc.constantFrom(0, 1, 137), onStop }),
  }),
  fc.record({ when, process: fc.record({ onStop }) }),
  fc.record({ when, probes: fc.record({ liveness: failures, readiness: failures }) }),
  fc.record({
    when,
    memory: seconds(20).map((at) => [
      { at: "0s", uses: "20Mi" },
      { at, uses: "96Mi" },
    ]),
  }),
  fc.record({
    when: fc.record({ image: fc.constantFrom("*", "registry.example/a:*", "*init*") }),
    pull: fc.record({
      takes: seconds(6),
      outcome: fc.constantFrom("pulled", "pulled", "not found", "connection refused"),
    }),
  }),
);

const atSeconds = fc.integer({ min: 1, max: 30 });
const fault = fc.oneof(
  fc.record({
    atSeconds,
    kubectl: fc.constantFrom("delete pod web --wait=false", "delete pod job"),
  }),
  fc.record({ atSeconds, do: fc.constantFrom("kubelet-stop", "kubelet-start") }),
  fc.record({ atSeconds, do: fc.constantFrom("node-crash", "node-start") }),
  fc.record({
    atSeconds,
    do: fc.constant("kill"),
    pod: fc.constantFrom("web", "job"),
    container: fc.constant("app"),
  }),
  fc.record({
    atSeconds,
    do: fc.constant("node-pressure"),
    signal: fc.constantFrom("memory.available", "nodefs.available"),
    lasts: seconds(20),
  }),
);

const scenario = fc.record({
  apiVersion: fc.constant("kubechart/v1"),
  kind: fc.constant("Scenario"),
  environment: fc.array(answer, { maxLength: 4 }),
  steps: fc
    .array(fault, { maxLength: 4 })
    .map((steps) => steps.toSorted((a, b) => a.atSeconds - b.atSeconds)),
});
