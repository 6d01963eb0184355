import type { HorizontalPodAutoscaler } from "../api/autoscaling-objects.ts";
import type { KubeEvent } from "../api/event.ts";
import type * as policy from "../api/policy-objects.ts";
import type { PersistentVolume, StorageClass } from "../api/storage-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import * as defaults from "./defaults-policy.ts";
import {
  created,
  metadataUpdateErrors,
  type Strategy,
  withGeneration,
  withOldStatus,
  withoutStatus,
} from "./kind-strategy.ts";
import { validateAutoscaler, validateAutoscalerSpec } from "./validation-autoscalers.ts";
import { validateEvent } from "./validation-events.ts";
import { validateLimitRange } from "./validation-limit-ranges.ts";
import * as rules from "./validation-policy.ts";
import { validateResourceQuota, validateResourceQuotaUpdate } from "./validation-quotas.ts";
import * as rbac from "./validation-rbac.ts";
import { validateStorageClass, validateStorageClassUpdate } from "./validation-storage-classes.ts";
import * as storage from "./validation-storage.ts";
import { persistentVolumeWarnings, storageClassWarnings } from "./warnings-nodes.ts";

const kubernetes = "kubernetes";

/** pkg/registry/core/namespace/strategy.go; only its own subresource changes finalizers. */
export const namespaces: Strategy<Unchecked<policy.Namespace>> = {
  isNamespaced: false,
  setDefaults: defaults.setDefaultsNamespace,
  prepareForCreate: (object) => {
    const given = object.spec?.finalizers ?? [];
    const finalizers = given.includes(kubernetes) ? given : [...given, kubernetes];
    return { ...object, spec: { ...object.spec, finalizers }, status: { phase: "Active" } };
  },
  validate: rules.validateNamespace,
  prepareForUpdate: (object, old) => {
    const finalizers = old.spec?.finalizers;
    const spec = { ...object.spec, ...(finalizers && { finalizers }) };
    return withOldStatus({ ...object, spec }, old);
  },
  validateUpdate: (object, old) => [
    ...rules.validateNamespace(object),
    ...metadataUpdateErrors(object, old),
  ],
};

/** pkg/registry/core/serviceaccount/strategy.go */
export const serviceAccounts: Strategy<Unchecked<policy.ServiceAccount>> = {
  isNamespaced: true,
  prepareForCreate: (object) => {
    const secrets = object.secrets?.map(({ name }) => (name === undefined ? {} : { name }));
    return secrets === undefined ? object : { ...object, secrets };
  },
  validate: rules.validateServiceAccount,
  warningsOnCreate: mountableWarnings,
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...rules.validateServiceAccount(object),
  ],
  warningsOnUpdate: (object, old) => {
    return mountableWarnings(old).length > 0 ? [] : mountableWarnings(object);
  },
};

function mountableWarnings({ metadata }: Unchecked<policy.ServiceAccount>): readonly string[] {
  const key = "kubernetes.io/enforce-mountable-secrets";
  const text =
    "deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets";
  return key in (metadata?.annotations ?? {}) ? [`metadata.annotations[${key}]: ${text}`] : [];
}

/** pkg/registry/core/resourcequota/strategy.go */
export const resourceQuotas: Strategy<Unchecked<policy.ResourceQuota>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsResourceQuota,
  prepareForCreate: withoutStatus,
  validate: validateResourceQuota,
  prepareForUpdate: withOldStatus,
  validateUpdate: validateResourceQuotaUpdate,
};

/** pkg/registry/core/limitrange/strategy.go */
export const limitRanges: Strategy<Unchecked<policy.LimitRange>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsLimitRange,
  validate: validateLimitRange,
  validateUpdate: (object) => validateLimitRange(object),
};

/** pkg/registry/policy/poddisruptionbudget/strategy.go */
export const podDisruptionBudgets: Strategy<Unchecked<policy.PodDisruptionBudget>> = {
  isNamespaced: true,
  prepareForCreate: created,
  validate: rules.validatePodDisruptionBudget,
  prepareForUpdate: (object, old) => withGeneration(withOldStatus(object, old), old),
  validateUpdate: (object) => rules.validatePodDisruptionBudget(object),
};

/** pkg/registry/rbac/role */
export const roles: Strategy<Unchecked<policy.Role>> = {
  isNamespaced: true,
  validate: rbac.validateRole,
  validateUpdate: (object, old) => [
    ...rbac.validateRole(object),
    ...metadataUpdateErrors(object, old),
  ],
};

/** pkg/registry/rbac/clusterrole */
export const clusterRoles: Strategy<Unchecked<policy.ClusterRole>> = {
  isNamespaced: false,
  validate: rbac.validateClusterRole,
  validateUpdate: (object, old) => [
    ...rbac.validateClusterRole(object),
    ...metadataUpdateErrors(object, old),
  ],
};

/** pkg/registry/rbac/rolebinding */
export const roleBindings: Strategy<Unchecked<policy.RoleBinding>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsBinding,
  validate: rbac.validateBinding,
  validateUpdate: rbac.validateBindingUpdate,
};

/** pkg/registry/rbac/clusterrolebinding */
export const clusterRoleBindings: Strategy<Unchecked<policy.ClusterRoleBinding>> = {
  isNamespaced: false,
  setDefaults: defaults.setDefaultsBinding,
  validate: rbac.validateBinding,
  validateUpdate: rbac.validateBindingUpdate,
};

/** pkg/registry/coordination/lease/strategy.go */
export const leases: Strategy<Unchecked<policy.Lease>> = {
  isNamespaced: true,
  validate: rules.validateLease,
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...rules.validateLeaseSpec(object.spec ?? {}),
  ],
};

/** pkg/registry/core/event/strategy.go, as v1. */
export const events: Strategy<Unchecked<KubeEvent>> = {
  isNamespaced: true,
  validate: validateEvent,
  validateUpdate: (object) => validateEvent(object),
};

/** pkg/registry/core/persistentvolume/strategy.go; when its phase began, the store writes. */
export const persistentVolumes: Strategy<Unchecked<PersistentVolume>> = {
  isNamespaced: false,
  setDefaults: defaults.setDefaultsPersistentVolume,
  prepareForCreate: (object) => ({ ...object, status: { phase: "Pending" } }),
  validate: storage.validatePersistentVolume,
  warningsOnCreate: persistentVolumeWarnings,
  prepareForUpdate: withOldStatus,
  validateUpdate: storage.validatePersistentVolumeUpdate,
  warningsOnUpdate: persistentVolumeWarnings,
};

/** pkg/registry/storage/storageclass/strategy.go */
export const storageClasses: Strategy<Unchecked<StorageClass>> = {
  isNamespaced: false,
  setDefaults: defaults.setDefaultsStorageClass,
  validate: validateStorageClass,
  warningsOnCreate: storageClassWarnings,
  validateUpdate: validateStorageClassUpdate,
  warningsOnUpdate: storageClassWarnings,
};

/** pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go */
export const horizontalPodAutoscalers: Strategy<Unchecked<HorizontalPodAutoscaler>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsAutoscaler,
  prepareForCreate: withoutStatus,
  validate: validateAutoscaler,
  prepareForUpdate: withOldStatus,
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...validateAutoscalerSpec(object.spec ?? {}),
  ],
};
