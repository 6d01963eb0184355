import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { RestartPolicy } from "../../../machines/api/pod.ts";
import {
  countContainers,
  getPhase,
  type PhaseSpec,
  type PhaseStatus,
} from "../../../machines/kubelet/pod-phase.ts";

const states = {
  none: {},
  creating: { state: { waiting: { reason: "ContainerCreating" } } },
  running: { state: { running: {} } },
  started: { state: { running: {} }, started: true },
  done: { state: { terminated: { exitCode: 0 } } },
  failed: { state: { terminated: { exitCode: 1 } } },
  backOff: { state: { waiting: {} }, lastState: { terminated: { exitCode: 1 } } },
  waitsAfterDone: { state: { waiting: {} }, lastState: { terminated: { exitCode: 0 } } },
} as const;

type State = keyof typeof states;

const stateNames: readonly State[] = [
  "none",
  "creating",
  "running",
  "started",
  "done",
  "failed",
  "backOff",
  "waitsAfterDone",
];

function phase(
  restartPolicy: RestartPolicy,
  containers: { readonly i?: State; readonly s?: State; readonly a?: State; readonly b?: State },
  { terminal = false, initialized = false } = {},
) {
  const spec: PhaseSpec = {
    restartPolicy,
    initContainers: [
      ...("i" in containers ? [{ name: "i" }] : []),
      ...("s" in containers ? [{ name: "s", restartPolicy: "Always" as const }] : []),
    ],
    containers: [{ name: "a" }, ...("b" in containers ? [{ name: "b" }] : [])],
  };
  const statuses = Object.entries(containers).map(
    ([name, state]): PhaseStatus => ({ name, ...states[state] }),
  );
  return getPhase({ spec }, statuses, terminal, initialized);
}

describe("getPhase", () => {
  it.each([
    ["Always", { a: "creating" }, "Pending"],
    ["Always", { a: "running" }, "Running"],
    ["Always", { a: "done" }, "Running"],
    ["Always", { a: "backOff" }, "Running"],
    ["OnFailure", { a: "failed" }, "Running"],
    ["OnFailure", { a: "done" }, "Succeeded"],
    ["Never", { a: "done" }, "Succeeded"],
    ["Never", { a: "failed" }, "Failed"],
    ["Never", { a: "done", b: "running" }, "Running"],
    ["Always", { a: "running", b: "creating" }, "Pending"],
    ["Always", { i: "running", a: "creating" }, "Pending"],
    ["Never", { i: "failed", a: "running" }, "Failed"],
    ["Always", { s: "running", a: "running" }, "Pending"],
    ["Always", { s: "started", a: "running" }, "Running"],
    ["Never", { s: "done", a: "done" }, "Succeeded"],
  ] as const)("under %s, %o is %s", (policy, containers, expected) => {
    expect(phase(policy, containers)).toBe(expected);
  });

  it("is Pending while a regular container has no status, even when the others run", () => {
    expect(phase("Always", { a: "running", b: "none" })).toBe("Pending");
  });

  it("is Running with a sidecar that starts again once the pod has been initialized", () => {
    expect(phase("Always", { s: "running", a: "running" }, { initialized: true })).toBe("Running");
  });

  it("is terminal for a terminal pod whose containers have ended, whatever the policy", () => {
    expect(phase("Always", { a: "done" }, { terminal: true })).toBe("Succeeded");
    expect(phase("Always", { a: "waitsAfterDone" }, { terminal: true })).toBe("Failed");
  });

  it("leaves a static pod Running although it is terminal", () => {
    const metadata = { annotations: { "kubernetes.io/config.source": "file" } };
    const pod = { metadata, spec: { containers: [{ name: "a" }] } };
    expect(getPhase(pod, [{ name: "a", ...states.done }], true, true)).toBe("Running");
  });
});

const anyState = fc.constantFrom(...stateNames);
const anyPolicy = fc.constantFrom<RestartPolicy>("Always", "OnFailure", "Never");

describe("countContainers", () => {
  it("counts a regular container exactly once as unknown, running, waiting or stopped", () => {
    fc.assert(
      fc.property(anyPolicy, fc.array(anyState), (restartPolicy, list) => {
        const containers = list.map((_, index) => ({ name: String(index) }));
        const statuses = list.map((state, index) => ({ name: String(index), ...states[state] }));
        const counts = countContainers({ restartPolicy, containers }, statuses);
        const { unknown, running, waiting, stopped, stoppedFinal, succeeded } = counts;
        expect(unknown + running + waiting + stopped).toBe(list.length);
        expect(Math.max(stoppedFinal, succeeded)).toBeLessThanOrEqual(stopped);
      }),
    );
  });

  it("takes only the own policy of a sidecar, whose end does not count", () => {
    const spec: PhaseSpec = {
      restartPolicy: "Never",
      initContainers: [{ name: "s", restartPolicy: "Always" }],
      containers: [],
    };
    const counts = countContainers(spec, [{ name: "s", ...states.failed }]);
    expect(Object.values(counts).every((count) => count === 0)).toBe(true);
  });
});
