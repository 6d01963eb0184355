import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const objectsTypes: StructTypes = {
  ConfigMap: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "*bool": "immutable",
    "{}string": "data",
    "{}bytes": "binaryData",
  },
  Secret: {
    string: "kind apiVersion type",
    "ObjectMeta!": "metadata",
    "*bool": "immutable",
    "{}bytes": "data",
    "{}string": "stringData",
  },
  PersistentVolumeClaim: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "PersistentVolumeClaimSpec!": "spec",
    "PersistentVolumeClaimStatus!": "status",
  },
  PersistentVolumeClaimStatus: {
    string: "phase",
    "[]string": "accessModes",
    "{}Quantity": "capacity allocatedResources",
    "[]PersistentVolumeClaimCondition": "conditions",
    "{}string": "allocatedResourceStatuses",
    "*string": "currentVolumeAttributesClassName",
    ModifyVolumeStatus: "modifyVolumeStatus",
  },
  PersistentVolumeClaimCondition: {
    "string!": "type status",
    Time: "lastProbeTime lastTransitionTime",
    string: "reason message",
  },
  ModifyVolumeStatus: {
    string: "targetVolumeAttributesClassName",
    "string!": "status",
  },
  RuntimeClass: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "string!": "handler",
    Overhead: "overhead",
    Scheduling: "scheduling",
  },
  Overhead: {
    "{}Quantity": "podFixed",
  },
  Scheduling: {
    "{}string": "nodeSelector",
    "[]Toleration": "tolerations",
  },
  PriorityClass: {
    string: "kind apiVersion description",
    "ObjectMeta!": "metadata",
    "int32!": "value",
    bool: "globalDefault",
    "*string": "preemptionPolicy",
  },
};
