import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const metadataTypes: StructTypes = {
  ObjectMeta: {
    string: "name generateName namespace selfLink uid resourceVersion",
    int64: "generation",
    Time: "creationTimestamp deletionTimestamp",
    "*int64": "deletionGracePeriodSeconds",
    "{}string": "labels annotations",
    "[]OwnerReference": "ownerReferences",
    "[]string": "finalizers",
    "[]ManagedFieldsEntry": "managedFields",
  },
  OwnerReference: {
    "string!": "apiVersion kind name uid",
    "*bool": "controller blockOwnerDeletion",
  },
  ManagedFieldsEntry: {
    string: "manager operation apiVersion fieldsType subresource",
    Time: "time",
    any: "fieldsV1",
  },
};
