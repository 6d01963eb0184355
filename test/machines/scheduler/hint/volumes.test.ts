import { describe, expect, it } from "vitest";

import type { Pod, Volume } from "../../../../machines/api/pod.ts";
import type {
  CSINode,
  CSIStorageCapacity,
  PersistentVolume,
  StorageClass,
} from "../../../../machines/api/storage-objects.ts";
import { newPodInfo } from "../../../../machines/scheduler/framework/pod-info.ts";
import type { Change } from "../../../../machines/scheduler/hint/change.ts";
import { isHelpful } from "../../../../machines/scheduler/queue/queueing-hints.ts";
import { buildPod } from "../../../support/build.ts";
import { buildHandle } from "../../../support/build-cluster.ts";

const data: Volume = { name: "data", persistentVolumeClaim: { claimName: "data" } };
const scratch: Volume = { name: "scratch", ephemeral: {} };
const disk: Volume = { name: "disk", gcePersistentDisk: { pdName: "d1" } };
const inline: Volume = { name: "inline", csi: { driver: "a.example" } };

/** Whether a plugin that refused a pod with these volumes lets it try again after a change. */
function wakes(plugin: string, volumes: readonly Volume[], change: Change): boolean {
  const action =
    change.before === undefined ? "Add" : change.after === undefined ? "Delete" : "Update";
  const resource = change.kind === "Pod" ? "AssignedPod" : change.kind;
  const waiting = newPodInfo(buildPod("web", { volumes }));
  return isHelpful(plugin, waiting, { resource, action }, change, buildHandle([]));
}

const gone = (volume: Volume | undefined, nodeName = "n1", namespace = "default"): Change => {
  const built = buildPod("old", { nodeName, ...(volume && { volumes: [volume] }) });
  const before: Pod = { ...built, metadata: { ...built.metadata, namespace } };
  return { kind: "Pod", before };
};

const claim = (name: string, namespace = "default"): Change => {
  const metadata = { name, namespace };
  const after = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata } as const;
  return { kind: "PersistentVolumeClaim", after };
};

const rebound = (name: string): Change => {
  const after = claim(name).after;
  if (after?.kind !== "PersistentVolumeClaim") throw new Error("it is a claim");
  return { kind: "PersistentVolumeClaim", before: after, after };
};

const csiNode = (count?: number, driver = "a.example", plugins = ""): CSINode => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "CSINode",
  metadata: {
    name: "n1",
    annotations: { "storage.alpha.kubernetes.io/migrated-plugins": plugins },
  },
  spec: { drivers: [{ name: driver, ...(count !== undefined && { allocatable: { count } }) }] },
});

const detached = (attacher: string): Change => ({
  kind: "VolumeAttachment",
  before: {
    apiVersion: "v1",
    kind: "VolumeAttachment",
    metadata: { name: "a" },
    spec: { attacher },
  },
});

const storageClass = (more: Partial<StorageClass> = {}): StorageClass => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "local" },
  provisioner: "a.example",
  ...more,
});

const inZones = (zones: string): PersistentVolume => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name: "pv", labels: { "topology.kubernetes.io/zone": zones } },
});

const room = (capacity?: string, maximumVolumeSize?: string): CSIStorageCapacity => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "CSIStorageCapacity",
  metadata: { name: "c" },
  storageClassName: "local",
  ...(capacity !== undefined && { capacity }),
  ...(maximumVolumeSize !== undefined && { maximumVolumeSize }),
});

const driver = (name: string, before: boolean, after: boolean): Change => {
  const of = (storageCapacity: boolean) => {
    return { apiVersion: "v1", kind: "CSIDriver", metadata: { name }, spec: { storageCapacity } };
  };
  return {
    kind: "CSIDriver",
    before: { ...of(before), kind: "CSIDriver" },
    after: { ...of(after), kind: "CSIDriver" },
  };
};

const terms = [{ matchLabelExpressions: [{ key: "zone", values: ["a"] }] }];

/** Plugin, volumes of the pod that waits, what happens, whether it is worth another attempt. */
type Row = readonly [string, readonly Volume[], Change, boolean];

const rows: Readonly<Record<string, readonly Row[]>> = {
  "a deleted pod frees its disk, or a claim of which one pod may have the use": [
    ["VolumeRestrictions", [disk], gone(disk), true],
    ["VolumeRestrictions", [data], gone(data), true],
    ["VolumeRestrictions", [data], gone(disk), false],
    ["VolumeRestrictions", [disk], gone(disk, "n1", "other"), false],
  ],
  "a deleted pod on a node frees an attachment of it, be it a claim or a migrated disk": [
    ["NodeVolumeLimits", [data], gone(data), true],
    ["NodeVolumeLimits", [data], gone(scratch), true],
    ["NodeVolumeLimits", [data], gone(disk), true],
    ["NodeVolumeLimits", [data], gone({ name: "empty", emptyDir: {} }), false],
    ["NodeVolumeLimits", [data], gone(undefined), false],
    ["NodeVolumeLimits", [data], gone(data, ""), false],
  ],
  "a claim comes that the pod names, or that is made for it": [
    ["VolumeRestrictions", [data], claim("data"), true],
    ["VolumeRestrictions", [scratch], claim("web-scratch"), false],
    ["NodeVolumeLimits", [scratch], claim("web-scratch"), true],
    ["VolumeBinding", [scratch], claim("web-scratch"), true],
    ["VolumeBinding", [data], claim("data", "other"), false],
    ["VolumeZone", [data], claim("data"), true],
    ["VolumeZone", [scratch], claim("web-scratch"), false],
  ],
  "a claim of the pod is another now, which limits alone do not care for": [
    ["VolumeBinding", [data], rebound("data"), true],
    ["VolumeZone", [data], rebound("data"), true],
    ["NodeVolumeLimits", [data], rebound("data"), false],
    ["VolumeBinding", [data], rebound("logs"), false],
  ],
  "a node's driver may attach more": [
    ["NodeVolumeLimits", [data], { kind: "CSINode", after: csiNode() }, true],
    ["NodeVolumeLimits", [data], { kind: "CSINode", before: csiNode(1), after: csiNode(2) }, true],
    ["NodeVolumeLimits", [data], { kind: "CSINode", before: csiNode(2), after: csiNode(2) }, false],
    ["NodeVolumeLimits", [data], { kind: "CSINode", before: csiNode(2), after: csiNode() }, false],
    [
      "NodeVolumeLimits",
      [data],
      { kind: "CSINode", before: csiNode(9), after: csiNode(1, "b.example") },
      true,
    ],
  ],
  "a volume is detached that the pod's driver could have attached": [
    ["NodeVolumeLimits", [data], detached("b.example"), true],
    ["NodeVolumeLimits", [disk], detached("pd.csi.storage.gke.io"), true],
    ["NodeVolumeLimits", [disk], detached("ebs.csi.aws.com"), false],
    ["NodeVolumeLimits", [inline], detached("a.example"), false],
  ],
  "other plugins of a node are migrated": [
    ["VolumeBinding", [data], { kind: "CSINode", after: csiNode() }, true],
    ["VolumeBinding", [data], { kind: "CSINode", before: csiNode(1), after: csiNode(2) }, false],
    [
      "VolumeBinding",
      [data],
      {
        kind: "CSINode",
        before: csiNode(),
        after: csiNode(0, "a.example", "kubernetes.io/gce-pd"),
      },
      true,
    ],
  ],
  "a class comes, or allows other places": [
    ["VolumeBinding", [data], { kind: "StorageClass", after: storageClass() }, true],
    [
      "VolumeBinding",
      [data],
      {
        kind: "StorageClass",
        before: storageClass(),
        after: storageClass({ allowedTopologies: terms }),
      },
      true,
    ],
    [
      "VolumeBinding",
      [data],
      {
        kind: "StorageClass",
        before: storageClass(),
        after: storageClass({ allowedTopologies: [], allowVolumeExpansion: true }),
      },
      false,
    ],
    ["VolumeZone", [data], { kind: "StorageClass", after: storageClass() }, false],
    [
      "VolumeZone",
      [data],
      {
        kind: "StorageClass",
        after: storageClass({ volumeBindingMode: "WaitForFirstConsumer" }),
      },
      true,
    ],
  ],
  "a volume comes, or is in other zones": [
    ["VolumeBinding", [data], { kind: "PersistentVolume", after: inZones("a") }, true],
    ["VolumeZone", [data], { kind: "PersistentVolume", after: inZones("a") }, true],
    [
      "VolumeZone",
      [data],
      { kind: "PersistentVolume", before: inZones("a"), after: inZones("b") },
      true,
    ],
    [
      "VolumeZone",
      [data],
      { kind: "PersistentVolume", before: inZones("a__b"), after: inZones("b__ a__a") },
      false,
    ],
  ],
  "a driver no longer tells how much room there is": [
    ["VolumeBinding", [inline], driver("a.example", true, false), true],
    ["VolumeBinding", [inline], driver("a.example", false, true), false],
    ["VolumeBinding", [inline], driver("b.example", true, false), false],
  ],
  "there is more room for volumes": [
    ["VolumeBinding", [data], { kind: "CSIStorageCapacity", after: room() }, true],
    [
      "VolumeBinding",
      [data],
      { kind: "CSIStorageCapacity", before: room("1Gi"), after: room("2Gi") },
      true,
    ],
    [
      "VolumeBinding",
      [data],
      { kind: "CSIStorageCapacity", before: room("1Gi", "1Gi"), after: room("2Gi", "1Gi") },
      false,
    ],
    [
      "VolumeBinding",
      [data],
      { kind: "CSIStorageCapacity", before: room(), after: room("1") },
      true,
    ],
    [
      "VolumeBinding",
      [data],
      { kind: "CSIStorageCapacity", before: room("1"), after: room() },
      false,
    ],
  ],
};

describe("a pod that a plugin of volumes refused is worth another attempt when", () => {
  it.each(Object.entries(rows))("%s", (_, table) => {
    const told = table.map(([plugin, volumes, change]) => wakes(plugin, volumes, change));
    expect(told).toEqual(table.map(([, , , isWorthIt]) => isWorthIt));
  });
});
