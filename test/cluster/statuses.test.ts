import { describe, expect, it } from "vitest";

import { readManifests } from "../../src/manifest/read.ts";
import { type ToldCluster, tellCluster } from "../support/told-cluster.ts";

/** What a test says besides the spec of the pod `web`. */
interface Told {
  readonly environment?: readonly string[];
  readonly steps?: readonly string[];
  readonly untilMs?: number;
}

const created = ["Pending", "ContainerCreating"];
const app = "containers: [{ name: app, image: app:1 }]";
const setup = "initContainers: [{ name: setup, image: setup:1 }]";
const exits = (exitCode: number) => `process: { runs: 2s, exits: ${exitCode} }`;
const pulling = (outcome: string) => [`pull: { outcome: ${outcome} }`];
const asking = (resources: string) => app.replace(" }", `, resources: ${resources} }`);
const bound = (more: string) => `{ nodeName: node-1, ${more} }`;
const deleted = "atSeconds: 10, kubectl: delete pod web --wait=false";

/** The STATUS of `web` in `kubectl get pod --watch`, without repeats. */
function statuses(spec: string, told: Told = {}): readonly string[] {
  return withoutReady(run(podOf(spec), told));
}

function run(manifest: string, { environment = [], steps = [], untilMs = 120_000 }: Told) {
  const text = `environment:\n${environment.map(item).join("")}steps:\n${steps.map(item).join("")}`;
  const told = tellCluster(manifest, text.replaceAll(/:\n(?=steps|$)/g, ": []\n"), {
    files: plainPod,
  });
  told.cluster.run(untilMs);
  return told;
}

/** For the steps that create it late. */
function plainPod() {
  return readManifests([{ file: "web.yaml", text: podOf(bound(app)) }]).manifests;
}

function podOf(spec: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: ${spec}\n`;
}

function item(line: string): string {
  return `  - { ${line} }\n`;
}

function withoutReady(told: ToldCluster): readonly string[] {
  const words = told.rows("web").map((row) => row.split(" ")[0] ?? "");
  return words.filter((word, index) => word !== words[index - 1]);
}

describe("a pod that ends by itself", () => {
  const never = `{ restartPolicy: Never, ${app} }`;

  it("is Completed after exit code 0", () => {
    const seen = statuses(never, { environment: [exits(0)] });
    expect(seen).toEqual([...created, "Running", "Completed"]);
  });

  it("shows Error after another code", () => {
    const seen = statuses(never, { environment: [exits(3)] });
    expect(seen).toEqual([...created, "Running", "Error"]);
  });

  it("shows StartError if its process could not be started", () => {
    const seen = statuses(never, { environment: ['start: { fails: "exec: no such file" }'] });
    expect(seen).toEqual([...created, "StartError"]);
  });

  it("shows OOMKilled if it wanted too much memory", () => {
    const limited = "{ name: app, image: app:1, resources: { limits: { memory: 8Mi } } }";
    const spec = `{ restartPolicy: Never, containers: [${limited}] }`;
    const seen = statuses(spec, { environment: ["memory: [{ at: 2s, uses: 9Mi }]"] });
    expect(seen).toEqual([...created, "Running", "OOMKilled"]);
  });

  it("shows Error when its deadline was over and it was killed", () => {
    const spec = `{ activeDeadlineSeconds: 5, terminationGracePeriodSeconds: 1, ${app} }`;
    const seen = statuses(spec, { environment: ["process: { onStop: ignored }"] });
    expect(seen).toEqual([...created, "Running", "Error"]);
  });

  it("is NotReady while one of its containers goes on", () => {
    const spec = `{ restartPolicy: OnFailure, ${app.replace("]", ", { name: b, image: b:1 }]")} }`;
    const seen = statuses(spec, { environment: [`when: { container: app }, ${exits(0)}`] });
    expect(seen).toEqual([...created, "Running", "NotReady"]);
  });
});

describe("a container that is restarted", () => {
  it("shows Error, and CrashLoopBackOff for the last moment of the wait", () => {
    const seen = statuses(`{ ${app} }`, { environment: [exits(1)], untilMs: 21_000 });
    const twice = ["Running", "Error", "Running", "Error"];
    expect(seen).toEqual([...created, ...twice, "CrashLoopBackOff", "Running"]);
  });

  it("shows RunContainerError when its process could not be started", () => {
    const environment = ['start: { fails: "exec: no such file" }'];
    const seen = statuses(`{ ${app} }`, { environment, untilMs: 15_000 });
    expect(seen).toEqual([...created, "RunContainerError", "CrashLoopBackOff"]);
  });

  it("shows PostStartHookError when its hook has failed", () => {
    const hook = "lifecycle: { postStart: { exec: { command: [hook] } } }";
    const spec = `{ containers: [{ name: app, image: app:1, ${hook} }] }`;
    const environment = ["hooks: { postStart: { fails: \"command 'hook' exited with 1\" } }"];
    const seen = statuses(spec, { environment, untilMs: 25_000 });
    const twice = ["PostStartHookError", "CrashLoopBackOff", "PostStartHookError"];
    expect(seen).toEqual([...created, ...twice]);
  });
});

describe("a container that cannot be created", () => {
  it("shows ErrImagePull, and ImagePullBackOff until the next pull", () => {
    const seen = statuses(`{ ${app} }`, { environment: pulling("not found"), untilMs: 30_000 });
    expect(seen).toEqual([...created, "ErrImagePull", "ImagePullBackOff", "ErrImagePull"]);
  });

  it.each([
    ["registry unavailable", "RegistryUnavailable"],
    ["signature invalid", "SignatureValidationFailed"],
  ])("shows that the pull ended with %s as %s", (outcome, reason) => {
    const seen = statuses(`{ ${app} }`, { environment: pulling(outcome), untilMs: 20_000 });
    expect(seen).toEqual([...created, reason, "ImagePullBackOff"]);
  });

  it.each([
    ["ErrImageNeverPull", "image: app:1, imagePullPolicy: Never"],
    ["InvalidImageName", 'image: "registry.example/App:1"'],
  ])("shows %s for { %s }", (reason, image) => {
    const seen = statuses(`{ containers: [{ name: app, ${image} }] }`, { untilMs: 20_000 });
    expect(seen).toEqual([...created, reason]);
  });

  it("shows ImageInspectError if the runtime cannot say what it has", () => {
    const seen = statuses(`{ ${app} }`, { environment: ["inspect: { fails: timeout }"] });
    expect(seen).toEqual([...created, "ImageInspectError"]);
  });

  it("shows CreateContainerConfigError until its ConfigMap is there", () => {
    const from = "envFrom: [{ configMapRef: { name: settings } }]";
    const spec = `{ containers: [{ name: app, image: app:1, ${from} }] }`;
    const steps = ["atSeconds: 20, kubectl: create configmap settings --from-literal=a=b"];
    const seen = statuses(spec, { steps });
    expect(seen).toEqual([...created, "CreateContainerConfigError", "Running"]);
  });

  it("shows the same if its image runs as root against runAsNonRoot", () => {
    const spec = `{ securityContext: { runAsNonRoot: true }, ${app} }`;
    const told = run(podOf(spec), { environment: ["image: { user: 0 }"], untilMs: 20_000 });
    expect(withoutReady(told)).toEqual([...created, "CreateContainerConfigError"]);
    const said = "Error: container has runAsNonRoot and image will run as root";
    expect(told.eventOf("web", "Failed")?.message).toContain(said);
  });

  it("shows CreateContainerError while the runtime refuses it", () => {
    const environment = ["create: { fails: no such profile, until: 15s }"];
    const seen = statuses(`{ ${app} }`, { environment });
    expect(seen).toEqual([...created, "CreateContainerError", "Running"]);
  });
});

describe("a pod with init containers", () => {
  const spec = `{ ${setup}, ${app} }`;

  it("counts them, and is PodInitializing from the last one's end to its first start", () => {
    const seen = statuses(spec, { environment: ["when: { container: setup }, " + exits(0)] });
    expect(seen).toEqual(["Pending", "Init:0/1", "PodInitializing", "Running"]);
  });

  it("shows what is wrong with one of them behind Init:", () => {
    const environment = [
      'when: { container: setup, run: "1..2" }, process: { runs: 2s, exits: 1 }',
      "when: { container: setup }, process: { runs: 2s }",
    ];
    const crash = ["Init:0/1", "Init:Error", "Init:0/1", "Init:Error", "Init:CrashLoopBackOff"];
    const seen = statuses(spec, { environment });
    expect(seen).toEqual(["Pending", ...crash, "Init:0/1", "PodInitializing", "Running"]);
  });

  it("shows Init:ErrImagePull and Init:ImagePullBackOff", () => {
    const environment = ['when: { image: "setup:1" }, pull: { outcome: not found }'];
    const seen = statuses(spec, { environment, untilMs: 20_000 });
    expect(seen).toEqual(["Pending", "Init:0/1", "Init:ErrImagePull", "Init:ImagePullBackOff"]);
  });
});

describe("a pod that is not admitted", () => {
  it.each([
    ["OutOfcpu", asking('{ requests: { cpu: "5" } }')],
    ["OutOfmemory", asking("{ requests: { memory: 9Gi } }")],
    ["OutOfephemeral-storage", asking("{ requests: { ephemeral-storage: 200Gi } }")],
    ["NodeAffinity", `nodeSelector: { disk: ssd }, ${app}`],
  ])("shows %s", (reason, spec) => {
    expect(statuses(bound(spec))).toEqual(["Pending", reason]);
  });

  it("shows Evicted under pressure", () => {
    const pressure = "do: node-pressure, signal: memory.available, available: 50Mi, lasts: 10m";
    const steps = [`atSeconds: 1, ${pressure}`, "atSeconds: 20, kubectl: create -f web.yaml"];
    expect(withoutReady(run("", { steps }))).toEqual(["Pending", "Evicted"]);
  });

  it("shows ContainerStatusUnknown once its kubelet has been restarted", () => {
    const steps = ["atSeconds: 10, do: kubelet-stop", "atSeconds: 20, do: kubelet-start"];
    const seen = statuses(bound(`nodeSelector: { disk: ssd }, ${app}`), { steps });
    expect(seen.at(1)).toBe("NodeAffinity");
    expect(seen.at(-1)).toBe("ContainerStatusUnknown");
  });
});

describe("a pod whose end nobody has seen", () => {
  it("shows ContainerStatusUnknown when its runtime has lost the record", () => {
    const steps = ["atSeconds: 10, do: record-lost, pod: web, container: app"];
    const seen = statuses(`{ ${app} }`, { steps });
    expect(seen).toEqual([...created, "Running", "ContainerStatusUnknown", "Running"]);
  });

  it("shows Unknown when its machine had gone down", () => {
    const steps = ["atSeconds: 10, do: node-crash", "atSeconds: 12, do: node-start"];
    const seen = statuses(`{ ${app} }`, { steps });
    expect(seen).toEqual([...created, "Running", "Unknown", "Running"]);
  });

  it("shows ContainerStatusUnknown for an instant when it is deleted before its volume is there", () => {
    const volume = "volumes: [{ name: data, configMap: { name: missing } }]";
    const seen = statuses(`{ ${volume}, ${app} }`, { steps: [deleted] });
    expect(seen).toEqual([...created, "Terminating", "ContainerStatusUnknown", "gone"]);
  });
});

describe("a pod that somebody has a hand in", () => {
  it("is Terminating from its deletion to its containers' end", () => {
    const seen = statuses(`{ ${app} }`, { steps: [deleted] });
    expect(seen).toEqual([...created, "Running", "Terminating", "Completed", "gone"]);
  });

  it("is SchedulingGated as long as it may not be bound", () => {
    const seen = statuses(`{ schedulingGates: [{ name: example.com/quota }], ${app} }`);
    expect(seen).toEqual(["SchedulingGated"]);
  });

  it("is Unknown until the kubelet sees that somebody has written it", () => {
    const patch = "\"patch pod web --subresource=status -p '{status: {phase: Unknown}}'\"";
    const seen = statuses(`{ ${app} }`, { steps: [`atSeconds: 5, kubectl: ${patch}`] });
    expect(seen).toEqual([...created, "Running", "Unknown", "Running"]);
  });
});

describe("the QoS class", () => {
  it.each([
    ["BestEffort", "{}"],
    ["Burstable", "{ requests: { cpu: 10m } }"],
    ["Burstable", "{ requests: { cpu: 10m, memory: 8Mi }, limits: { cpu: 20m, memory: 8Mi } }"],
    ["Guaranteed", "{ limits: { cpu: 10m, memory: 8Mi } }"],
  ])("is %s with resources %s", (expected, resources) => {
    const told = run(podOf(`{ ${asking(resources)} }`), {});
    expect(told.pod("web")?.status?.qosClass).toBe(expected);
  });
});
