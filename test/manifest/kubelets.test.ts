import { describe, expect, it } from "vitest";

import { kubeletConfigurationOf } from "../../src/manifest/kubelets.ts";
import { type Manifests, readManifests } from "../../src/manifest/read.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

function read(...documents: readonly string[]): Manifests {
  return readManifests([{ file: "a.yaml", text: documents.join("\n---\n") }]);
}

function kubelet(fields: string): string {
  return `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${fields}`;
}

function node(name: string): string {
  return `apiVersion: v1\nkind: Node\nmetadata: { name: ${name} }`;
}

describe("a KubeletConfiguration", () => {
  it("belongs to the Node directly before it, else to every node without its own", () => {
    const all = kubelet("maxPods: 20");
    const { kubelets } = read(all, node("a"), kubelet("maxPods: 5"), node("b"));
    const maxPods = ["a", "b", "c"].map((name) => kubeletConfigurationOf(kubelets, name).maxPods);
    expect(maxPods).toEqual([5, 20, 20]);
  });

  it("has the kubelet's defaults where it says nothing", () => {
    expect(kubeletConfigurationOf([], "a")).toMatchObject({
      maxPods: 110,
      serializeImagePulls: true,
      registryPullQPS: 5,
      registryBurst: 10,
      nodeStatusUpdateFrequency: "10s",
      nodeStatusReportFrequency: "5m0s",
      evictionPressureTransitionPeriod: "5m0s",
      crashLoopBackOff: { maxContainerRestartPeriod: "5m0s" },
    });
  });

  it("takes zero for nothing, but where it means without limit", () => {
    const { kubelets } = read(kubelet("maxPods: 0\nregistryPullQPS: 0\nsyncFrequency: 0s"));
    expect(kubeletConfigurationOf(kubelets, "a")).toMatchObject({
      maxPods: 110,
      registryPullQPS: 0,
      syncFrequency: "1m0s",
    });
  });

  it("reports its status as often as it looks, when that is given", () => {
    const { kubelets } = read(kubelet("nodeStatusUpdateFrequency: 20s"));
    expect(kubeletConfigurationOf(kubelets, "a").nodeStatusReportFrequency).toBe("20s");
  });

  it.each([
    [
      "featureGates: { RestartAllContainers: true }",
      "featureGates[RestartAllContainers]",
      "unrecognized feature gate: RestartAllContainers",
    ],
    [
      "featureGates: { RestartAllContainersOnContainerExits: true }\nmaxPods: -1",
      "featureGates[RestartAllContainersOnContainerExits]",
      "RestartAllContainersOnContainerExits is enabled, but depends on features that are disabled: [NodeDeclaredFeatures]",
    ],
    ["maxPods: -1", "maxPods", "maxPods (--max-pods) -1 must not be a negative number"],
    [
      "evictionHard: { memory.avail: 1Gi }",
      "evictionHard[memory.avail]",
      "unsupported eviction signal memory.avail",
    ],
    [
      "evictionSoft: { memory.available: 1Gi }",
      "evictionSoft",
      "grace period must be specified for the soft eviction threshold memory.available",
    ],
    [
      "crashLoopBackOff: { maxContainerRestartPeriod: 10m }",
      "crashLoopBackOff.maxContainerRestartPeriod",
      "CrashLoopBackOff.MaxContainerRestartPeriod (got: 600 seconds) must be set between 1s and 300s",
    ],
    [
      "serializeImagePulls: true\nmaxParallelImagePulls: 2",
      "maxParallelImagePulls",
      "maxParallelImagePulls cannot be larger than 1 unless SerializeImagePulls (--serialize-image-pulls) is set to false",
    ],
    [
      "shutdownGracePeriod: 500ms",
      "shutdownGracePeriod",
      "shutdownGracePeriod 500ms must be either zero or otherwise >= 1 sec",
    ],
    [
      "imagePullCredentialsVerificationPolicy: Sometimes",
      "imagePullCredentialsVerificationPolicy",
      'option "Sometimes" specified for imagePullCredentialsVerificationPolicy. Valid options are "NeverVerify", "NeverVerifyPreloadedImages", "NeverVerifyAllowlistedImages" or "AlwaysVerify"',
    ],
  ])("that no kubelet starts with is refused in its words: %s", (fields, path, words) => {
    const { issues } = read(kubelet(fields));
    expect(issues).toMatchObject([{ path, expected: `a valid configuration: ${words}` }]);
  });

  it("has no name in Kubernetes, and so none here", () => {
    expect(read(kubelet("metadata: { name: a }")).issues.map(formatIssue)).toEqual([
      "a.yaml:3:1: metadata: expected a field of KubeletConfiguration, got an unknown field",
    ]);
  });

  it("cannot be there twice for every node", () => {
    expect(read(kubelet("maxPods: 1"), kubelet("maxPods: 2")).issues).toMatchObject([
      { line: 5, got: "a second one, the first is in a.yaml line 1" },
    ]);
  });
});
