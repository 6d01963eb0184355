import { describe, expect, it } from "vitest";

import type { Volume } from "../../../machines/api/pod.ts";
import {
  exceededStorageLimit,
  type PodOfStorage,
} from "../../../machines/kubelet/local-storage-eviction.ts";
import type { PodStats } from "../../../machines/kubelet/node-stats.ts";

const mi = 2 ** 20;
const podRef = { name: "web", namespace: "default", uid: "u" };
const data = (sizeLimit: string): Volume => ({ name: "data", emptyDir: { sizeLimit } });

function pod(limit?: string, volumes: readonly Volume[] = [], priority = 0): PodOfStorage {
  const resources = limit === undefined ? {} : { limits: { "ephemeral-storage": limit } };
  return { spec: { containers: [{ name: "app", resources }], volumes, priority } };
}

const bytes = (mebibytes: number) => ({ usedBytes: mebibytes * mi });

function used(layer: number, logs: number, volume = 0): PodStats {
  return {
    podRef,
    containers: [{ name: "app", rootfs: bytes(layer), logs: bytes(logs) }],
    volume: [{ name: "data", ...bytes(volume) }],
    "ephemeral-storage": bytes(volume),
  };
}

describe("exceededStorageLimit", () => {
  it("is exceeded by more than the limit, not by as much", () => {
    const volumes = [data("100Mi")];
    expect(exceededStorageLimit(pod(undefined, volumes), used(0, 0, 100), false)).toBeUndefined();
    const message = 'Usage of EmptyDir volume "data" exceeds the limit "100Mi". ';
    const exceeded = exceededStorageLimit(pod(undefined, volumes), used(0, 0, 101), false);
    expect(exceeded).toEqual({ limit: "emptyDir", message });
  });

  it("takes a sizeLimit of 0 for none", () => {
    const unlimited = pod(undefined, [data("0")]);
    expect(exceededStorageLimit(unlimited, used(0, 0, 9), false)).toBeUndefined();
  });

  it("compares the whole pod with the sum of its containers' limits", () => {
    const message = "Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ";
    const exceeded = exceededStorageLimit(pod("1Gi"), used(0, 0, 1_025), false);
    expect(exceeded).toEqual({ limit: "pod", message });
  });

  it("counts a container's logs and its layer, the layer not with images elsewhere", () => {
    const message = 'Container app exceeded its local ephemeral storage limit "10Mi". ';
    const exceeded = exceededStorageLimit(pod("10Mi"), used(6, 6), false);
    expect(exceeded).toEqual({ limit: "container", message });
    expect(exceededStorageLimit(pod("10Mi"), used(6, 6), true)).toBeUndefined();
  });

  it("leaves critical pods and pods without stats alone", () => {
    const critical = pod("10Mi", [], 2_000_000_000);
    expect(exceededStorageLimit(critical, used(60, 6), false)).toBeUndefined();
    expect(exceededStorageLimit(pod("10Mi"), undefined, false)).toBeUndefined();
  });
});
