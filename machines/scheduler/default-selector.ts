import type { Pod } from "../api/pod.ts";
import {
  labelSelectorAsSelector,
  mergedSelectors,
  type Selector,
  selectorFromSet,
  selectorMatches,
} from "../api/selector.ts";
import type { LabelSelector } from "../api/label-selector.ts";
import type { Service } from "../api/network-objects.ts";
import type { Handle } from "./framework/handle.ts";
import { namespacedName } from "./framework/node-info.ts";

/**
 * What a pod's services and its controller select; plugins/helper/spread.go DefaultSelector. Empty
 * when it has neither.
 */
export function defaultSelector(pod: Pod, handle: Handle): Selector {
  const services = getPodServices(handle.services, pod);
  const ofServices = Object.assign({}, ...services.map(({ spec }) => spec?.selector));
  const { ownerReferences = [], namespace } = pod.metadata;
  const owner = ownerReferences.find(({ controller }) => controller === true);
  if (owner === undefined) return selectorFromSet(ofServices);
  const key = namespacedName(namespace, owner.name);
  switch (`${owner.apiVersion} ${owner.kind}`) {
    case "v1 ReplicationController": {
      const own = handle.replicationControllers.get(key)?.spec?.selector;
      return selectorFromSet({ ...ofServices, ...own });
    }
    case "apps/v1 ReplicaSet":
      return withOwn(selectorFromSet(ofServices), handle.replicaSets.get(key));
    case "apps/v1 StatefulSet":
      return withOwn(selectorFromSet(ofServices), handle.statefulSets.get(key));
    default:
      return selectorFromSet(ofServices);
  }
}

interface Selecting {
  readonly spec?: { readonly selector?: LabelSelector };
}

/** A selector that is malformed, or that selects nothing, adds no requirement. */
function withOwn(selector: Selector, owner: Selecting | undefined): Selector {
  const own = labelSelectorAsSelector(owner?.spec?.selector);
  return "error" in own || own.isNothing ? selector : mergedSelectors(selector, own);
}

function getPodServices(services: readonly Service[], { metadata }: Pod): readonly Service[] {
  return services.filter((service) => {
    const selector = service.spec?.selector;
    if (selector === undefined || service.metadata.namespace !== metadata.namespace) return false;
    return selectorMatches(selectorFromSet(selector), metadata.labels);
  });
}
