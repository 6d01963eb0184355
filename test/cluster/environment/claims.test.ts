import { describe, expect, it } from "vitest";

import { type ToldCluster, tellCluster } from "../../support/told-cluster.ts";

const manifest = `
{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: local },
  provisioner: example.com/disk, volumeBindingMode: WaitForFirstConsumer }
---
{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data },
  spec: { accessModes: [ReadWriteOnce], storageClassName: local,
    resources: { requests: { storage: 1Gi } } } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: web },
  spec: { volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }],
    containers: [{ name: app, image: "app:1" }] } }
`;

function ran(takes: string, ms: number, more = ""): ToldCluster {
  const told = tellCluster(manifest + more, `environment: [{ claim: { takes: ${takes} } }]`);
  told.cluster.run(ms);
  return told;
}

describe("the wait for a pod's claims", () => {
  it("ends after 600 s, and the pod is told so and tried again", () => {
    const { eventOf, whenOf, pod } = ran("15m", 1_000_000);
    const failed = eventOf("web", "FailedScheduling");
    expect(failed?.message).toBe(
      'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
    );
    expect(Math.trunc((whenOf("web", "FailedScheduling") ?? 0) / 1_000)).toBe(600);
    expect(Math.trunc((whenOf("web", "Scheduled") ?? 0) / 1_000)).toBe(900);
    expect(pod("web")?.spec.nodeName).toBeDefined();
  });

  it("is long enough for a volume that takes nine minutes", () => {
    const { eventOf, whenOf } = ran("9m", 700_000);
    expect(eventOf("web", "FailedScheduling")).toBeUndefined();
    expect(Math.trunc((whenOf("web", "Scheduled") ?? 0) / 1_000)).toBe(540);
  });

  it.each([
    [30, 30],
    [0, 0],
  ])("is as long as VolumeBindingArgs say: %i s", (bindTimeoutSeconds, seconds) => {
    const configuration = `---
{ apiVersion: kubescheduler.config.k8s.io/v1, kind: KubeSchedulerConfiguration, profiles:
  [{ pluginConfig: [{ name: VolumeBinding, args: { bindTimeoutSeconds: ${bindTimeoutSeconds} } }] }] }
`;
    const { eventOf, whenOf } = ran("15m", 100_000, configuration);
    expect(eventOf("web", "FailedScheduling")?.message).toContain("context deadline exceeded");
    expect(Math.trunc((whenOf("web", "FailedScheduling") ?? -1_000) / 1_000)).toBe(seconds);
  });
});
