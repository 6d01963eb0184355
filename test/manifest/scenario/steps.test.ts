import { describe, expect, it } from "vitest";

import { readScenario } from "../../../src/manifest/scenario.ts";
import { formatIssue } from "../../../src/yaml/issue.ts";

function read(step: string) {
  const text = `{ apiVersion: kubechart/v1, kind: Scenario, steps: [{ atSeconds: 1, ${step} }] }`;
  return readScenario("a.yaml", text);
}

describe("a step", () => {
  it.each([
    ["do: kill, pod: web, container: app, signal: TERM", { container: "app", signal: "TERM" }],
    ["do: kill, pod: web, sandbox: true", { do: "kill", pod: "web", signal: "KILL" }],
    ["do: kubelet-stop", { do: "kubelet-stop" }],
    ["do: kubelet-start, node: n1", { do: "kubelet-start", node: "n1" }],
    ["do: containerd-stop", { do: "runtime-stop" }],
    ["do: runtime-start", { do: "runtime-start" }],
    ["do: node-crash, node: n1", { do: "node-crash", node: "n1" }],
    ["do: node-pressure, signal: pid.available", { signal: "pid.available" }],
    [
      "do: node-pressure, signal: nodefs.available, available: 3%, lasts: 1m",
      { available: { percentage: 0.03 }, lastsMs: 60_000 },
    ],
    [
      "do: node-pressure, signal: memory.available, available: 50Mi",
      { available: { amount: 52_428_800 } },
    ],
    [
      "do: kubelet-config, set: { evictionHard: { memory.available: now-1Gi }, maxPods: now+1 }",
      { set: { evictionHard: { "memory.available": "now-1Gi" }, maxPods: "now+1" } },
    ],
    ["do: images-import", { do: "images-import" }],
    ["do: static-pod, file: web.yaml", { file: "web.yaml", isPresent: true }],
    ["do: static-pod, file: web.yaml, present: false", { isPresent: false }],
    ["do: api, method: POST, path: /api/v1/x, body: { a: 1 }", { method: "POST", body: { a: 1 } }],
  ])("may be { %s }", (step, fields) => {
    const { scenario, issues } = read(step);
    expect(issues).toEqual([]);
    expect(scenario?.steps[0]).toMatchObject({ atMs: 1_000, line: 1, ...fields });
  });

  it.each([
    ["", "expected the field kubectl or do of a step, got neither"],
    ["do: kubelet-sotp", 'got "kubelet-sotp"; did you mean "kubelet-stop"?'],
    ["do: kill, pod: web", "sandbox: expected either container or sandbox: true, got both or none"],
    ["do: kill, pod: web, container: app, sandbox: true", "got both or none"],
    ["do: kill, container: app", "steps[0].pod: expected the field pod of the step kill"],
    ["do: kill, pod: web, sandbox: true, signal: SIGKILL", 'did you mean "KILL"?'],
    ["do: node-pressure, signal: disk", "expected one of memory.available, "],
    ["do: kubelet-config, set: { evictHard: {} }", 'did you mean "evictionHard"?'],
    ["do: kubelet-stop, kubectl: get pods", "expected one of the fields kubectl, user, got"],
    ["kubectl: delet pod web", 'got "delet"; did you mean "delete"?'],
    ["kubectl: 3", "steps[0].kubectl: expected a line of kubectl, got 3"],
  ])("must not be { %s }", (step, issue) => {
    const { scenario, issues } = read(step);
    expect(scenario).toBeUndefined();
    expect(issues.map(formatIssue).join("\n")).toContain(issue);
  });
});
