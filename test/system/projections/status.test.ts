import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import type { Pod } from "../../../machines/api/pod.ts";
import type { PodStatus } from "../../../machines/api/pod-status.ts";
import { parseTime } from "../../../machines/api/time.ts";
import type { ProbeKind, PublishedResult } from "../../../machines/kubelet/probe-step.ts";
import { addPod } from "../../../machines/kubelet/probe-workers.ts";
import type { RuntimeStatus } from "../../../machines/kubelet/runtime-status.ts";
import { createChoices } from "../../../src/choice/choices.ts";
import type { Composition } from "../../../src/system/composition.ts";
import type { PodSide } from "../../../src/system/pod-side.ts";
import type { ProbeNotes } from "../../../src/system/probe-notes.ts";
import { newWorker } from "../../../src/system/projections/probe.ts";
import { machines, routes, views } from "../../../src/system/routes.ts";
import { System } from "../../../src/system/system.ts";
import { KubeWorld } from "../../../src/system/world.ts";
import { buildPod } from "../../support/build.ts";
import { type PodInput, podOf } from "../../support/pod-input.ts";
import { podKey, worldWith } from "../../support/pod-side.ts";

const nobody = (): void => {};

/** The machines that make a status, asked by podTermination; nothing is killed. */
const composition: Composition<KubeWorld> = {
  machines,
  routes,
  views,
  handlers: {
    podWorker: nobody,
    podKill: nobody,
    probe: nobody,
    volume: nobody,
    apiserver: nobody,
  },
  loadWorld: () => new KubeWorld(0),
};

function systemOf(world: KubeWorld): System<KubeWorld> {
  return System.create(composition, world, createChoices());
}

interface Case {
  readonly id: string;
  readonly in: {
    readonly pod: PodInput;
    readonly runtimeStatus: RuntimeStatus;
    readonly oldStatus?: PodStatus;
    readonly podIsTerminal: boolean;
    readonly reasons?: PodSide["reasons"];
    readonly probeResults?: Readonly<
      Record<string, Readonly<Partial<Record<ProbeKind, PublishedResult>>>>
    >;
    readonly evict?: object;
    readonly nodeIPs?: readonly string[];
    readonly kubeletNodeIPs?: readonly string[];
    readonly kubeletStartTime?: string;
  };
  readonly out: { readonly status: PodStatus };
}

const file = fileURLToPath(new URL("../../vectors/kubelet/pod-status.jsonl", import.meta.url));
const cases = readFileSync(file, "utf8").split("\n").filter(Boolean);

describe("the status that the machines put together", () => {
  const told = cases.map((line): Case => JSON.parse(line)).filter(isToldByTheWorld);

  it("is the one that generateAPIPodStatus makes in one go, as recorded", () => {
    const wrong = told.filter((one) => JSON.stringify(answer(one)) !== expectation(one));
    expect(wrong.map(({ id }) => id)).toEqual([]);
    expect(told.length).toBeGreaterThan(700);
  });
});

/** A deadline and several addresses of the node have no place in a world of one pod. */
function isToldByTheWorld({ in: { evict, kubeletNodeIPs, nodeIPs } }: Case): boolean {
  return evict === undefined && kubeletNodeIPs === undefined && nodeIPs === undefined;
}

function answer({ in: input }: Case): unknown {
  const pod = podOf(input.pod);
  const start = input.kubeletStartTime;
  const world = worldWith(pod, input.runtimeStatus, start === undefined ? 0 : parseTime(start));
  const { oldStatus, reasons = {}, probeResults = {} } = input;
  const staged = oldStatus && { status: oldStatus, podIsFinished: false };
  const probes = probesOf(pod, input.runtimeStatus, probeResults);
  world.change(podKey(pod), { staged, reasons, probes });
  const system = systemOf(world);
  const subject = { pod: podKey(pod) };
  const phase = (oldStatus ?? pod.status)?.phase ?? "Pending";
  const type = input.podIsTerminal ? "cleanUp.requested" : "termination.requested";
  system.send({ to: { machine: "podPhase", subject }, event: { type: "phase.written", phase } });
  system.send({ to: { machine: "podTermination", subject }, event: { type } });
  system.run(0);
  return sorted(withoutHost(world.side(podKey(pod)).generated ?? {}, pod.spec.hostNetwork));
}

/** Every probe of the pod has its worker, which has seen the newest container. */
function probesOf(
  { spec }: Pod,
  { containers = [] }: RuntimeStatus,
  results: NonNullable<Case["in"]["probeResults"]>,
): ProbeNotes {
  const notes: Record<string, ProbeNotes[string]> = {};
  for (const { container, kind } of addPod(spec, {})) {
    const result = results[container]?.[kind];
    const containerID = containers.find(({ name }) => name === container)?.id ?? "";
    const worker = { ...newWorker, containerID, ...(result && { result }) };
    notes[container] = { ...notes[container], [kind]: worker };
  }
  return notes;
}

function expectation({ in: { pod }, out }: Case): string {
  return JSON.stringify(sorted(withoutHost(out.status, pod.spec?.hostNetwork)));
}

/** These cases know no address of the node; every node of a world has one. */
function withoutHost(status: PodStatus, hostNetwork = false): PodStatus {
  const { hostIP: _ip, hostIPs: _ips, ...rest } = status;
  if (!hostNetwork) return rest;
  const { podIP: _podIP, podIPs: _podIPs, ...others } = rest;
  return others;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

describe("a pod that its kubelet kills", () => {
  const running = {
    containers: [{ name: "app", id: "1", state: "running" }],
    sandboxes: [{ id: "s", state: "SANDBOX_READY", ip: "10.0.0.9" }],
    activeContainers: ["app"],
    ips: ["10.0.0.9"],
  } as const;
  const subject = { pod: "default/web" };
  const terminating = (spec: Parameters<typeof buildPod>[1], side: Partial<PodSide>) => {
    const world = worldWith(buildPod("web", spec), running);
    world.change("default/web", side);
    const system = systemOf(world);
    const event = { type: "termination.requested" };
    system.send({ to: { machine: "podTermination", subject }, event });
    system.run(0);
    return world.side("default/web").generated;
  };
  it("has failed for its eviction, while its conditions still say that it is ready", () => {
    const disruption = { reason: "TerminationByKubelet", message: "low" };
    const status = terminating({}, { verdict: { reason: "Evicted", message: "low", disruption } });
    expect(status).toMatchObject({ phase: "Failed", reason: "Evicted", message: "low" });
    expect(conditionsOf(status)).toEqual([
      ["PodReadyToStartContainers", "True", ""],
      ["Initialized", "True", ""],
      ["Ready", "True", ""],
      ["ContainersReady", "True", ""],
      ["PodScheduled", "True", ""],
      ["DisruptionTarget", "True", "TerminationByKubelet"],
    ]);
  });

  it("has failed for its deadline, and its conditions say so at once", () => {
    const staged = { status: { startTime: "1969-12-31T00:00:00Z" }, podIsFinished: false };
    const status = terminating({ activeDeadlineSeconds: 60 }, { staged });
    expect(status).toMatchObject({ phase: "Failed", reason: "DeadlineExceeded" });
    expect(conditionsOf(status)).toContainEqual(["Ready", "False", "PodFailed"]);
  });
});

function conditionsOf(status: PodStatus | undefined): unknown {
  return status?.conditions?.map(({ type, status: is, reason }) => [type, is, reason ?? ""]);
}
