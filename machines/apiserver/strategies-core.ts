import type {
  ConfigMap,
  PriorityClass,
  RuntimeClass,
  Secret,
} from "../api/configuration-objects.ts";
import type { Endpoints, EndpointSlice, NetworkPolicy, Service } from "../api/network-objects.ts";
import type { Node } from "../api/node.ts";
import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import type { Unchecked } from "../api/unchecked.ts";
import * as network from "./defaults-network.ts";
import * as objects from "./defaults-objects.ts";
import {
  completePodCidrs,
  foldStringData,
  normalizeDataSources,
  prepareClaim,
} from "./prepare-objects.ts";
import { endpointSliceWarnings, endpointsWarnings, withoutTopology } from "./prepare-endpoints.ts";
import { dropTypeDependentFields, warningsForService } from "./prepare-services.ts";
import {
  created,
  firstGeneration,
  metadataUpdateErrors,
  nextGeneration,
  type Strategy,
  withGeneration,
  withOldStatus,
  withoutStatus,
} from "./kind-strategy.ts";
import { semanticDeepEqual } from "./spec-equality.ts";
import { validatePersistentVolumeClaim } from "./validation-claims.ts";
import * as core from "./validation-core-update.ts";
import {
  validateEndpointSlice,
  validateEndpointSliceUpdate,
} from "./validation-endpoint-slices.ts";
import { validateEndpoints } from "./validation-endpoints.ts";
import {
  networkPolicyWarnings,
  validateNetworkPolicy,
  validateNetworkPolicyUpdate,
} from "./validation-network-policy.ts";
import {
  validateConfigMap,
  validateNode,
  validatePriorityClass,
  validateRuntimeClass,
} from "./validation-objects.ts";
import { validatePriorityClassUpdate, validateRuntimeClassUpdate } from "./validation-policy.ts";
import { validateSecret, warningsForSecret } from "./validation-secret.ts";
import { validateServiceUpdate } from "./validation-service-update.ts";
import { validateServiceCreate } from "./validation-services.ts";
import { claimWarnings } from "./warnings-claims.ts";
import { nodeWarnings, runtimeClassWarnings } from "./warnings-nodes.ts";

/** pkg/registry/core/node/strategy.go; unlike other kinds it can be created with a status. */
export const nodes: Strategy<Unchecked<Node>> = {
  isNamespaced: false,
  setDefaults: objects.setDefaultsNode,
  convert: completePodCidrs,
  validate: validateNode,
  warningsOnCreate: nodeWarnings,
  prepareForUpdate: withOldStatus,
  validateUpdate: core.validateNodeUpdate,
  warningsOnUpdate: nodeWarnings,
};

/** pkg/registry/core/configmap/strategy.go */
export const configMaps: Strategy<Unchecked<ConfigMap>> = {
  isNamespaced: true,
  validate: validateConfigMap,
  validateUpdate: core.validateConfigMapUpdate,
};

/** pkg/registry/core/secret/strategy.go; an update that forgets the type keeps it. */
export const secrets: Strategy<Unchecked<Secret>> = {
  isNamespaced: true,
  setDefaults: objects.setDefaultsSecret,
  convert: foldStringData,
  validate: validateSecret,
  warningsOnCreate: warningsForSecret,
  prepareForUpdate: (object, old) => {
    return { ...object, ...(!object.type && old.type && { type: old.type }) };
  },
  validateUpdate: core.validateSecretUpdate,
  warningsOnUpdate: warningsForSecret,
};

/** pkg/registry/core/persistentvolumeclaim/strategy.go */
export const persistentVolumeClaims: Strategy<Unchecked<PersistentVolumeClaim>> = {
  isNamespaced: true,
  setDefaults: objects.setDefaultsPersistentVolumeClaim,
  prepareForCreate: prepareClaim,
  validate: validatePersistentVolumeClaim,
  warningsOnCreate: claimWarnings,
  convert: (claim) => ({ ...claim, spec: normalizeDataSources(claim.spec ?? {}) }),
  prepareForUpdate: withOldStatus,
  validateUpdate: core.validatePersistentVolumeClaimUpdate,
  warningsOnUpdate: claimWarnings,
};

/** pkg/registry/scheduling/priorityclass/strategy.go; no update raises its generation. */
export const priorityClasses: Strategy<Unchecked<PriorityClass>> = {
  isNamespaced: false,
  setDefaults: objects.setDefaultsPriorityClass,
  prepareForCreate: firstGeneration,
  validate: validatePriorityClass,
  validateUpdate: validatePriorityClassUpdate,
};

/** pkg/registry/node/runtimeclass/strategy.go */
export const runtimeClasses: Strategy<Unchecked<RuntimeClass>> = {
  isNamespaced: false,
  validate: validateRuntimeClass,
  warningsOnCreate: runtimeClassWarnings,
  validateUpdate: validateRuntimeClassUpdate,
  warningsOnUpdate: runtimeClassWarnings,
};

/** pkg/registry/core/service/strategy.go */
export const services: Strategy<Unchecked<Service>> = {
  isNamespaced: true,
  setDefaults: network.setDefaultsService,
  prepareForCreate: withoutStatus,
  validate: validateServiceCreate,
  warningsOnCreate: warningsForService,
  prepareForUpdate: (object, old) => dropTypeDependentFields(withOldStatus(object, old), old),
  validateUpdate: validateServiceUpdate,
  warningsOnUpdate: warningsForService,
};

/** pkg/registry/core/endpoint/strategy.go */
export const endpoints: Strategy<Unchecked<Endpoints>> = {
  isNamespaced: true,
  setDefaults: network.setDefaultsEndpoints,
  validate: (object) => validateEndpoints(object),
  warningsOnCreate: endpointsWarnings,
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...validateEndpoints(object, old),
  ],
  warningsOnUpdate: endpointsWarnings,
};

/** pkg/registry/discovery/endpointslice/strategy.go */
export const endpointSlices: Strategy<Unchecked<EndpointSlice>> = {
  isNamespaced: true,
  setDefaults: network.setDefaultsEndpointSlice,
  prepareForCreate: (object) => firstGeneration(withoutTopology(object)),
  validate: (object) => validateEndpointSlice(object),
  warningsOnCreate: endpointSliceWarnings,
  prepareForUpdate: (object, old) => {
    const isSame = semanticDeepEqual(contentOf(object), contentOf(old));
    return isSame ? object : nextGeneration(object, old);
  },
  validateUpdate: validateEndpointSliceUpdate,
  warningsOnUpdate: endpointSliceWarnings,
};

/** All but the metadata that nobody acts on. */
function contentOf({ metadata, ...slice }: Unchecked<EndpointSlice>): object {
  return { ...slice, labels: metadata?.labels };
}

/** pkg/registry/networking/networkpolicy/strategy.go */
export const networkPolicies: Strategy<Unchecked<NetworkPolicy>> = {
  isNamespaced: true,
  setDefaults: network.setDefaultsNetworkPolicy,
  prepareForCreate: created,
  validate: validateNetworkPolicy,
  warningsOnCreate: networkPolicyWarnings,
  prepareForUpdate: withGeneration,
  validateUpdate: validateNetworkPolicyUpdate,
  warningsOnUpdate: networkPolicyWarnings,
};
