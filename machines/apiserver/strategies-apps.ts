import type { Unchecked } from "../api/unchecked.ts";
import type {
  ControllerRevision,
  Deployment,
  ReplicaSet,
  ReplicationController,
} from "../api/workload-objects.ts";
import * as defaults from "./defaults-workloads.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import {
  createWarnings,
  selectorErrors,
  updateWarnings,
  withTemplate,
} from "./kind-strategy-templates.ts";
import {
  created,
  metadataUpdateErrors,
  nextGeneration,
  type Strategy,
  withGeneration,
  withOldStatus,
} from "./kind-strategy.ts";
import * as apps from "./validation-apps.ts";
import { validateImmutableField } from "./validation-numbers.ts";
import {
  validateReplicationController,
  validateReplicationControllerSpec,
} from "./validation-replication-controller.ts";

/** pkg/registry/apps/deployment/strategy.go; annotations are copied to its ReplicaSets. */
export const deployments: Strategy<Unchecked<Deployment>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsDeployment,
  convert: withTemplate,
  prepareForCreate: created,
  validate: apps.validateDeployment,
  warningsOnCreate: createWarnings,
  prepareForUpdate: (object, old) => {
    const prepared = withOldStatus(object, old);
    const [annotations, before] = [object.metadata?.annotations, old.metadata?.annotations];
    const isSame = semanticDeepEqual(annotations, before, "annotations");
    return isSame ? withGeneration(prepared, old) : nextGeneration(prepared, old);
  },
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...apps.validateDeploymentSpec(object.spec ?? {}),
    ...selectorErrors(object.spec?.selector, old.spec?.selector),
  ],
  warningsOnUpdate: updateWarnings,
};

/** pkg/registry/apps/replicaset/strategy.go */
export const replicaSets: Strategy<Unchecked<ReplicaSet>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsReplicaSet,
  convert: withTemplate,
  prepareForCreate: created,
  validate: apps.validateReplicaSet,
  warningsOnCreate: createWarnings,
  prepareForUpdate: (object, old) => withGeneration(withOldStatus(object, old), old),
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...apps.validateReplicaSetSpec(object.spec ?? {}),
    ...selectorErrors(object.spec?.selector, old.spec?.selector),
  ],
  warningsOnUpdate: updateWarnings,
};

/** pkg/registry/core/replicationcontroller/strategy.go */
export const replicationControllers: Strategy<Unchecked<ReplicationController>> = {
  isNamespaced: true,
  setDefaults: defaults.setDefaultsReplicationController,
  convert: withTemplate,
  prepareForCreate: created,
  validate: validateReplicationController,
  warningsOnCreate: createWarnings,
  prepareForUpdate: (object, old) => withGeneration(withOldStatus(object, old), old),
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...validateReplicationControllerSpec(object.spec ?? {}),
  ],
  warningsOnUpdate: updateWarnings,
};

/** pkg/registry/apps/controllerrevision/strategy.go */
export const controllerRevisions: Strategy<Unchecked<ControllerRevision>> = {
  isNamespaced: true,
  validate: apps.validateControllerRevision,
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...apps.validateControllerRevision(object).filter(({ field }) => field !== "data"),
    ...validateImmutableField(object.data, old.data, "data"),
  ],
};
