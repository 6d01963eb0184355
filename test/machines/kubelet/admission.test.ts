import { describe, expect, it } from "vitest";

import type { Pod, PodSpec } from "../../../machines/api/pod.ts";
import { predicateAdmit } from "../../../machines/kubelet/admission.ts";

const allocatable = { cpu: "4", memory: "8Gi", pods: "2", "ephemeral-storage": "10Gi" };
const node = {
  metadata: { name: "n1", labels: { zone: "a", "kubernetes.io/os": "linux" } },
  status: { allocatable },
};

function pod(spec: Partial<PodSpec> = {}, metadata: Partial<Pod["metadata"]> = {}) {
  const containers = [{ name: "app" }];
  return { metadata: { name: "web", ...metadata }, spec: { containers, ...spec } };
}

function asking(requests: Readonly<Record<string, string>>) {
  return pod({ containers: [{ name: "app", resources: { requests } }] });
}

function reasonOf(result: ReturnType<typeof predicateAdmit>): string {
  return result.admit ? "admitted" : result.reason;
}

const tainted = { ...node, spec: { taints: [{ key: "out", effect: "NoExecute" } as const] } };
const isStatic = { annotations: { "kubernetes.io/config.source": "file" } };
const port = { containerPort: 80, hostPort: 80 };
const ported = pod({ containers: [{ name: "app", ports: [port] }] });

describe("predicateAdmit", () => {
  it.each([
    ["fits", asking({ cpu: "4", memory: "8Gi" }), "admitted"],
    ["asks for too much CPU", asking({ cpu: "4001m" }), "OutOfcpu"],
    ["asks for too much memory", asking({ memory: "9Gi" }), "OutOfmemory"],
    [
      "asks for too much storage",
      asking({ "ephemeral-storage": "11Gi" }),
      "OutOfephemeral-storage",
    ],
    ["asks for a resource that the node does not know", asking({ "a.b/gpu": "1" }), "admitted"],
    ["selects another zone", pod({ nodeSelector: { zone: "b" } }), "NodeAffinity"],
    ["is bound to another node", pod({ nodeName: "n2" }), "NodeName"],
    ["is of another OS", pod({ os: { name: "windows" } }), "PodOSNotSupported"],
    [
      "is labelled with another OS",
      pod({}, { labels: { "kubernetes.io/os": "windows" } }),
      "PodOSSelectorNodeLabelDoesNotMatch",
    ],
    [
      "wants strict supplemental groups",
      pod({ securityContext: { supplementalGroupsPolicy: "Strict" } }),
      "SupplementalGroupsPolicyNotSupported",
    ],
  ])("a pod that %s: %o", (_, one, reason) => {
    expect(reasonOf(predicateAdmit({ pod: one, otherPods: [], node }))).toBe(reason);
  });

  it("tells the amounts, in thousandths of a CPU", () => {
    const otherPods = [asking({ cpu: "3" })];
    expect(predicateAdmit({ pod: asking({ cpu: "1500m" }), otherPods, node })).toEqual({
      admit: false,
      reason: "OutOfcpu",
      message: "Node didn't have enough resource: cpu, requested: 1500, used: 3000, capacity: 4000",
    });
  });

  it("refuses no request of zero, even on an overfull node", () => {
    const otherPods = [asking({ cpu: "6" })];
    expect(predicateAdmit({ pod: asking({ cpu: "0" }), otherPods, node }).admit).toBe(true);
  });

  it("counts pods before resources and tells only the first failure", () => {
    const result = predicateAdmit({ pod: asking({ cpu: "9" }), otherPods: [pod(), pod()], node });
    expect(reasonOf(result)).toBe("OutOfpods");
  });

  it("refuses an untolerated NoExecute taint, but to static pods", () => {
    const untolerated = predicateAdmit({ pod: pod(), otherPods: [], node: tainted });
    const ofFile = predicateAdmit({ pod: pod({}, isStatic), otherPods: [], node: tainted });
    expect([reasonOf(untolerated), reasonOf(ofFile)]).toEqual(["TaintToleration", "admitted"]);
  });

  it("refuses a host port that another pod holds", () => {
    const result = predicateAdmit({ pod: ported, otherPods: [ported], node });
    expect(reasonOf(result)).toBe("NodePorts");
  });

  it("reads the node again when only its labels speak against the pod", () => {
    const nodeFromAPI = { ...node, metadata: { name: "n1", labels: { zone: "b" } } };
    const selecting = pod({ nodeSelector: { zone: "b" } });
    expect(predicateAdmit({ pod: selecting, otherPods: [], node, nodeFromAPI }).admit).toBe(true);
  });

  it("preempts others for a critical pod that only lacks resources", () => {
    const other = asking({ cpu: "3" });
    const critical = { ...asking({ cpu: "2" }), metadata: { name: "critical", ...isStatic } };
    const result = predicateAdmit({ pod: critical, otherPods: [other], node });
    expect(result).toEqual({ admit: true, preempted: [other] });
  });

  it("needs a node and its plugins", () => {
    const pluginResourceError = "no gpu";
    const without = predicateAdmit({ pod: pod(), otherPods: [] });
    const failing = predicateAdmit({ pod: pod(), otherPods: [], node, pluginResourceError });
    expect(reasonOf(without)).toBe("InvalidNodeInfo");
    expect(reasonOf(failing)).toBe("UnexpectedAdmissionError");
  });
});
