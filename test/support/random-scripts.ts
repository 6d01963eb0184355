import * as fc from "fast-check";

import { type ManifestObject, readManifests } from "../../src/manifest/read.ts";
import { readScenario } from "../../src/manifest/scenario.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import type { Script } from "./scripts.ts";

/**
 * Two pods with whatever they may have, programs that fail, and users and faults about them; every
 * eighth time beside a Deployment, which goes every other time; every fifth on a node that is
 * closed for a while, every seventh on one that is emptied, every ninth with leaders that die and
 * with a namespace, which goes every other time, and every tenth with a definition that goes.
 */
export function randomScript(lengthMs = { min: 15_000, max: 45_000 }): fc.Arbitrary<Script> {
  return fc
    .record({ untilMs: fc.integer(lengthMs), pods: fc.tuple(pod("web"), pod("job")), kubelet })
    .chain((given) => scenario.map((told) => read({ ...given, told })));
}

interface Given {
  readonly untilMs: number;
  readonly pods: readonly { readonly metadata: { readonly name: string } }[];
  readonly kubelet: object;
  readonly told: { readonly steps: readonly object[] };
}

/** As users write it; each pod has a file of its own for `create -f`. */
function read({ untilMs, pods, kubelet: configuration, told }: Given): Script {
  const workloads = [
    ...(untilMs % 8 === 0 ? [deployment, service] : []),
    ...(untilMs % 9 === 0 ? [namespace, quota] : []),
    ...(untilMs % 10 === 0 ? [definition, widget] : []),
  ];
  const all = { apiVersion: "v1", kind: "List", items: [...pods, ...workloads, configuration] };
  const { objects, kubelets, issues } = readManifests([textOf("random.json", all)]);
  const steps = [
    ...told.steps,
    ...(untilMs % 5 === 0 ? closing : []),
    ...(untilMs % 7 === 0 ? [emptying] : []),
    ...(untilMs % 16 === 0 ? [orphaning] : []),
    ...(untilMs % 9 === 0 ? leaderless : []),
    ...(untilMs % 10 === 0 ? [undefining] : []),
    ...(untilMs % 18 === 0 ? [disbanding] : []),
  ];
  const controlPlane = untilMs % 9 === 0 ? { controlPlane: several } : {};
  const text = jsonOf({ ...told, ...controlPlane, steps });
  const { scenario: made, issues: others } = readScenario("random.scenario.json", text);
  const mistakes = [...issues, ...others].map((issue) => formatIssue(issue));
  if (made === undefined || mistakes.length > 0) throw new Error(mistakes.join("\n"));
  const files: Record<string, readonly ManifestObject[]> = {};
  for (const one of pods) {
    const file = `${one.metadata.name}.yaml`;
    files[file] = readManifests([textOf(file, one)]).manifests;
  }
  return { objects, kubelets, scenario: made, files, untilMs };
}

const closing = [
  { atSeconds: 4, kubectl: "cordon node-1" },
  { atSeconds: 14, kubectl: "uncordon node-1" },
];

const emptying = { atSeconds: 12, kubectl: "taint nodes node-1 maintenance=now:NoExecute" };
const orphaning = { atSeconds: 10, kubectl: "delete deployment front" };

const undefining = { atSeconds: 8, kubectl: "delete crd widgets.example.com --wait=false" };
const disbanding = { atSeconds: 9, kubectl: "delete namespace team --wait=false" };

const leaderless = ["kube-controller-manager", "kube-scheduler"].map((component) => {
  return { atSeconds: 5, do: "component-kill", component, host: "control-plane-1" };
});

const several = {
  instances: 2,
  boot: true,
  controllers: ["serviceAccount", "rootCaCertPublisher", "resourceQuota"],
};

const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } };

const quota = {
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name: "few", namespace: "team" },
  spec: { hard: { configmaps: "3" } },
};

const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { plural: "widgets", kind: "Widget" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object" } },
      },
    ],
  },
};

const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "free" } };

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "front" },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "front" } },
    template: {
      metadata: { labels: { app: "front" } },
      spec: { containers: [{ name: "app", image: "registry.example/a:1" }] },
    },
  },
};

const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "front" },
  spec: { selector: { app: "front" }, ports: [{ port: 80 }] },
};

function textOf(file: string, value: object) {
  return { file, text: jsonOf(value) };
}

function jsonOf(value: object): string {
  return JSON.stringify(value);
}

const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const seldom = <T>(value: fc.Arbitrary<T>) => {
  return fc.oneof(
    { weight: 7, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );
};
const from = (min: number, max: number) => fc.integer({ min, max });
const seconds = (min: number, max: number) => from(min, max).map((number) => `${number}s`);

const handler = fc.constantFrom(
  { exec: { command: ["ask"] } },
  { httpGet: { path: "/", port: 80 } },
  { tcpSocket: { port: 80 } },
);
const probe = fc
  .tuple(
    handler,
    fc.record({
      periodSeconds: from(2, 5),
      failureThreshold: from(1, 3),
      initialDelaySeconds: from(0, 3),
    }),
  )
  .map(([how, when]) => ({ ...how, ...when }));
const hook = fc.constantFrom(
  { exec: { command: ["do"] } },
  { httpGet: { port: 80 } },
  { sleep: { seconds: 1 } },
);

const image = fc.constantFrom("registry.example/a:1", "registry.example/b:1");
const resources = fc.constant({ limits: { memory: "64Mi", "ephemeral-storage": "50Mi" } });
const program = {
  image,
  lifecycle: perhaps(fc.record({ postStart: perhaps(hook), preStop: perhaps(hook) })),
  startupProbe: perhaps(probe),
  livenessProbe: perhaps(probe),
  readinessProbe: perhaps(probe),
};

const container = (name: string) =>
  fc.record({
    name: fc.constant(name),
    ...program,
    imagePullPolicy: fc.constantFrom("IfNotPresent", "IfNotPresent", "Always", "Never"),
    resources: perhaps(resources),
  });

/** Its own policy, and a rule for the exit code 3. */
const ruled = (name: string) =>
  fc.tuple(container(name), fc.constantFrom("Never", "OnFailure")).map(([one, restartPolicy]) => {
    const exitCodes = { operator: "In", values: [3] };
    return { ...one, restartPolicy, restartPolicyRules: [{ action: "Restart", exitCodes }] };
  });

const init = (name: string) =>
  fc.record({ name: fc.constant(name), image, resources: perhaps(resources) });
const sidecar = (name: string) =>
  fc.record({ name: fc.constant(name), ...program }).map((one) => {
    return { ...one, restartPolicy: "Always" };
  });

const initContainers = fc.oneof(
  fc.constant([]),
  fc.tuple(init("fetch")),
  fc.tuple(sidecar("log")),
  fc.tuple(init("fetch"), sidecar("log")),
  fc.tuple(sidecar("log"), init("fetch"), init("check")),
  fc.tuple(init("fetch"), sidecar("log"), init("check"), sidecar("mesh")),
);
const containers = fc.oneof(
  fc.tuple(container("app")),
  fc.tuple(container("web"), container("app")),
  fc.tuple(container("app"), ruled("web")),
);

const pod = (name: string) =>
  fc
    .record({
      restartPolicy: fc.constantFrom("Always", "OnFailure", "Never"),
      terminationGracePeriodSeconds: from(2, 6),
      activeDeadlineSeconds: seldom(from(5, 30)),
      hostNetwork: seldom(fc.constant(true)),
      initContainers,
      containers,
      volumes: seldom(
        fc.constantFrom({ emptyDir: {} }, { configMap: { name: "missing" } }).map((source) => {
          return [{ name: "files", ...source }];
        }),
      ),
    })
    .map((spec) => ({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec }));

const evictionSoftGracePeriod = { "memory.available": "5s" };
const kubelet = fc
  .constantFrom({}, { evictionSoft: { "memory.available": "500Mi" }, evictionSoftGracePeriod })
  .map((configuration) => ({
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    ...configuration,
  }));

const answers = fc.constantFrom("success", "success", "failure", "no result");
const probed = perhaps(
  fc.tuple(answers, answers, seconds(1, 20)).map(([first, then, later]) => [
    { from: "0s", result: first },
    { from: later, result: then },
  ]),
);

const when = fc.record({
  pod: perhaps(fc.constantFrom("web", "job")),
  container: fc.constantFrom("app", "web", "fetch", "check", "log", "mesh"),
  run: perhaps(fc.constantFrom("1", "1..2", "2..")),
});

/** What one container's program does at some of its runs; the first rule that says something counts. */
const rule = fc
  .record({
    process: perhaps(
      fc.record({
        runs: perhaps(from(0, 20_000).map((ms) => `${ms}ms`)),
        exits: perhaps(fc.constantFrom(0, 0, 1, 3)),
        onStop: perhaps(
          fc.constantFrom("ignored", { takes: "100ms", exits: 0 }, { takes: "4s", exits: 143 }),
        ),
      }),
    ),
    memory: perhaps(
      seconds(1, 20).map((at) => [
        { at: "0s", uses: "20Mi" },
        { at, uses: "96Mi" },
      ]),
    ),
    disk: seldom(seconds(1, 9).map((at) => [{ at, uses: "60Mi" }])),
    probes: perhaps(fc.record({ startup: probed, liveness: probed, readiness: probed })),
    hooks: perhaps(
      fc.record({
        postStart: perhaps(fc.constantFrom({ fails: "no", takes: "1s" }, { takes: "3s" })),
        preStop: perhaps(fc.constantFrom({ fails: "no" }, { takes: "10s" })),
      }),
    ),
    create: seldom(fc.constant({ fails: "no room", until: "8s" })),
    start: seldom(fc.constant({ fails: "no such file", until: "9s" })),
  })
  .filter((says) => Object.values(says).some((one) => one !== undefined));

/** Init containers end, unless something else was said, and pulls do not take minutes. */
const usual = [
  ...["fetch", "check"].map((name) => ({ when: { container: name }, process: { runs: "800ms" } })),
  { when: { image: "*" }, pull: { takes: "200ms" } },
];

/** Of the node, by how many rules there are. */
const clocks = ["0s", "-1250ms", "0s", "40m"];

const environment = fc
  .array(
    fc.tuple(when, rule).map(([whom, says]) => ({ when: whom, ...says })),
    { maxLength: 5 },
  )
  .map((rules) => [...rules, ...usual, { node: { clock: clocks[rules.length % clocks.length] } }]);

const limits = { memory: "128Mi", "ephemeral-storage": "50Mi" };
const resized = JSON.stringify({ spec: { containers: [{ name: "app", resources: { limits } }] } });

const tenths = (min: number, max: number) => from(min * 10, max * 10).map((time) => time / 10);
const step = fc
  .tuple(
    tenths(0, 40),
    fc.constantFrom("web", "job"),
    fc.constantFrom(
      (name: string) => ({ kubectl: `delete pod ${name} --wait=false` }),
      (name: string) => ({ kubectl: `delete pod ${name} --grace-period=2 --wait=false` }),
      (name: string) => ({ kubectl: `delete pod ${name} --grace-period=0 --force` }),
      (name: string) => ({ kubectl: `create -f ${name}.yaml` }),
      (name: string) => ({ do: "kill", pod: name, container: "app", signal: "SEGV" }),
      (name: string) => ({ do: "kill", pod: name, sandbox: true }),
      (name: string) => ({ kubectl: `patch pod ${name} --subresource=resize -p '${resized}'` }),
    ),
  )
  .map(([atSeconds, name, make]) => ({ atSeconds, ...make(name) }));

const faults = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  ...["kubelet-stop kubelet-start", "node-crash node-start"].map((words) => ({
    weight: 1,
    arbitrary: fc.tuple(tenths(1, 20), tenths(1, 9)).map(([atSeconds, lasts]) => {
      const [stop, start] = words.split(" ");
      return [
        { atSeconds, do: stop },
        { atSeconds: atSeconds + lasts, do: start },
      ];
    }),
  })),
  {
    weight: 1,
    arbitrary: fc
      .record({
        atSeconds: tenths(1, 20),
        do: fc.constant("node-pressure"),
        signal: fc.constantFrom("memory.available", "nodefs.available"),
        lasts: seconds(1, 20),
      })
      .map((one) => [one]),
  },
);

const scenario = fc.record({
  apiVersion: fc.constant("kubechart/v1"),
  kind: fc.constant("Scenario"),
  environment,
  steps: fc.tuple(fc.array(step, { maxLength: 4 }), faults).map(([users, others]) => {
    return [...users, ...others];
  }),
});
