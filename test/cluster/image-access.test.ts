import { describe, expect, it } from "vitest";

import { tellCluster } from "../support/told-cluster.ts";

const web = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { nodeName: node-1, containers: [{ name: app, image: "app:1" }] }
`;

function kubelet(isChecked: boolean): string {
  const gates = `featureGates: { KubeletEnsureSecretPulledImages: ${isChecked} }`;
  return `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${gates}\n---\n`;
}

describe("a node that has the image", () => {
  it.each([
    [true, 'Container image "app:1" already present on machine and can be accessed by the pod'],
    [false, 'Container image "app:1" already present on machine'],
  ])("with KubeletEnsureSecretPulledImages %s: %s", (isChecked, message) => {
    const images = "environment: [{ node: { images: [docker.io/library/app:1] } }]\n";
    const { cluster, events } = tellCluster(`${kubelet(isChecked)}${web}`, images);
    cluster.run(5_000);
    expect(events("web")).toContain(`Pulled: ${message}`);
  });
});
