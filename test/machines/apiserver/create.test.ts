import { describe, expect, it } from "vitest";

import type { AnyObject } from "../../../machines/api/objects.ts";
import { createObject } from "../../support/created.ts";

function pod(spec: object, metadata: object = {}): AnyObject {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p", ...metadata }, spec };
  const { object: created, errors } = createObject(object);
  expect(errors).toEqual([]);
  return created;
}

const containers = [{ name: "c", image: "img:1" }];

describe("a created pod", () => {
  it("is pending, of generation 1, whatever status was sent", () => {
    const object = { kind: "Pod", apiVersion: "v1", metadata: { name: "p" }, spec: { containers } };
    const { object: created } = createObject({ ...object, status: { phase: "Running" } });
    expect(created).toMatchObject({
      metadata: { generation: 1 },
      status: { phase: "Pending", qosClass: "BestEffort" },
    });
  });

  it("waits with a condition while it has scheduling gates", () => {
    expect(pod({ containers, schedulingGates: [{ name: "a.io/b" }] })).toMatchObject({
      status: { conditions: [{ type: "PodScheduled", reason: "SchedulingGated" }] },
    });
  });

  it("asks for what it is limited to, where it does not say", () => {
    const resources = { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "500m" } };
    expect(pod({ containers: [{ ...containers[0], resources }] })).toMatchObject({
      spec: { containers: [{ resources: { requests: { cpu: "500m", memory: "1Gi" } } }] },
      status: { qosClass: "Burstable" },
    });
  });

  it("uses the host's ports in the host's network", () => {
    const ports = [{ containerPort: 80 }];
    const created = pod({ hostNetwork: true, containers: [{ ...containers[0], ports }] });
    expect(created).toMatchObject({ spec: { containers: [{ ports: [{ hostPort: 80 }] }] } });
  });

  it("takes a negative grace period for one second", () => {
    expect(pod({ containers, terminationGracePeriodSeconds: -30 })).toMatchObject({
      spec: { terminationGracePeriodSeconds: 1 },
    });
  });

  it("loses what gates guard that are off", () => {
    const lifecycle = { stopSignal: "SIGUSR1" };
    const created = pod({ containers: [{ ...containers[0], lifecycle }] });
    expect(created).not.toHaveProperty("spec.containers.0.lifecycle");
  });

  it("has an AppArmor profile as a field when an annotation names it", () => {
    const key = "container.apparmor.security.beta.kubernetes.io/c";
    expect(pod({ containers }, { annotations: { [key]: "unconfined" } })).toMatchObject({
      spec: { containers: [{ securityContext: { appArmorProfile: { type: "Unconfined" } } }] },
    });
  });
});

describe("a created Secret", () => {
  it("holds its texts in base64, and those win", () => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" } };
    const created = createObject({ ...secret, data: { a: "eA==" }, stringData: { a: "grüß" } });
    expect(created.object).toMatchObject({ type: "Opaque", data: { a: "Z3LDvMOf" } });
    expect(created.object).not.toHaveProperty("stringData");
  });
});

describe("a created PersistentVolumeClaim", () => {
  const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "c" } };
  const accessModes = ["ReadWriteOnce"];
  const resources = { requests: { storage: "1Gi" } };

  it("is pending and a file system", () => {
    expect(createObject({ ...claim, spec: { accessModes, resources } })).toMatchObject({
      errors: [],
      object: { spec: { volumeMode: "Filesystem" }, status: { phase: "Pending" } },
    });
  });

  it("names its source in the old field and in the new one", () => {
    const dataSource = { kind: "PersistentVolumeClaim", name: "other" };
    const created = createObject({ ...claim, spec: { accessModes, resources, dataSource } });
    expect(created.object).toMatchObject({ spec: { dataSourceRef: dataSource } });
  });
});

describe("a created RuntimeClass", () => {
  const runtimeClass = {
    apiVersion: "node.k8s.io/v1",
    kind: "RuntimeClass",
    metadata: { name: "r" },
  };

  it("needs a handler that is a DNS label", () => {
    const { errors } = createObject({ ...runtimeClass, handler: "Run_sc" });
    expect(errors).toMatchObject([{ field: "handler", type: "FieldValueInvalid" }]);
  });

  it("names each toleration once", () => {
    const tolerations = [{ operator: "Exists" }, { operator: "Exists", tolerationSeconds: 0 }];
    const scheduling = { tolerations };
    const { errors } = createObject({ ...runtimeClass, handler: "runsc", scheduling });
    expect(errors.map(({ field }) => field)).toEqual([
      "scheduling.tolerations[1].effect",
      "scheduling.tolerations[1]",
    ]);
  });
});
