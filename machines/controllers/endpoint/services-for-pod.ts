import type { Service } from "../../api/network-objects.ts";
import { isPodReady } from "../../api/pod-readiness.ts";
import type { Pod } from "../../api/pod.ts";
import { selectorFromSet, selectorMatches } from "../../api/selector.ts";

/** What a change of a pod may mean for services. */
export interface PodEndpointsChange {
  /** Its endpoints may be others now. */
  readonly podChanged: boolean;
  /** Other services may select it now. */
  readonly labelsChanged: boolean;
}

/** endpointslice util/controller_utils.go podEndpointsChanged */
export function podEndpointsChanged(oldPod: Pod, newPod: Pod): PodEndpointsChange {
  const { labels: before = {} } = oldPod.metadata;
  const { labels: after = {} } = newPod.metadata;
  const labelsChanged = !isSameSet(before, after) || !hostNameAndDomainAreEqual(oldPod, newPod);
  const podChanged =
    oldPod.metadata.deletionTimestamp !== newPod.metadata.deletionTimestamp ||
    isPodReady(oldPod) !== isPodReady(newPod) ||
    addressesOf(oldPod) !== addressesOf(newPod);
  return { podChanged, labelsChanged };
}

function isSameSet(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean {
  if (one === other) return true;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

function hostNameAndDomainAreEqual({ spec: one }: Pod, { spec: other }: Pod): boolean {
  return one.hostname === other.hostname && one.subdomain === other.subdomain;
}

function addressesOf({ status }: Pod): string {
  return (status?.podIPs ?? []).map(({ ip }) => ip).join();
}

/**
 * The services whose endpoints a change of a pod may change; one of both is missing when it is new
 * or gone. Source: endpointslice util/controller_utils.go GetPodUpdateProjectionKey,
 * GetServicesToUpdate.
 */
export function getServicesToUpdate(
  services: readonly Service[],
  oldPod: Pod | undefined,
  newPod: Pod | undefined,
): readonly Service[] {
  const [pod] = [newPod ?? oldPod];
  if (pod === undefined) return [];
  if (oldPod === undefined || newPod === undefined) return getServicesForPod(services, pod);
  const { podChanged, labelsChanged } = podEndpointsChanged(oldPod, newPod);
  if (!podChanged && !labelsChanged) return [];
  const now = getServicesForPod(services, newPod);
  if (!labelsChanged) return now;
  return determineNeededServiceUpdates(getServicesForPod(services, oldPod), now, podChanged);
}

/** Without a selector a service selects nothing. */
function getServicesForPod(services: readonly Service[], { metadata }: Pod): readonly Service[] {
  return services.filter(({ metadata: { namespace }, spec }) => {
    const { selector } = spec ?? {};
    const isNear = namespace === metadata.namespace && selector !== undefined;
    return isNear && selectorMatches(selectorFromSet(selector), metadata.labels);
  });
}

/** Where only the labels have changed, services that select it before and after need nothing. */
function determineNeededServiceUpdates(
  oldServices: readonly Service[],
  services: readonly Service[],
  podChanged: boolean,
): readonly Service[] {
  const all = [...new Set([...services, ...oldServices])];
  if (podChanged) return all;
  return all.filter((one) => oldServices.includes(one) !== services.includes(one));
}
