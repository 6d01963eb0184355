import type { Container, Pod, PodSpec } from "../api/pod.ts";
import {
  isSupportedPodLevelResource,
  type PodOfResources,
  podLimits,
  podRequests,
  type Quantities,
  resourceList,
} from "../api/resources.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { setDefaultsContainer, setDefaultsResources } from "./defaults-container.ts";
import { setDefaultsVolume } from "./defaults-volume.ts";

type AnyPodSpec = Unchecked<PodSpec>;
type AnyContainer = Unchecked<Container>;

/** In upstream's order; pkg/apis/core/v1/zz_generated.defaults.go SetObjectDefaults_Pod. */
export function setObjectDefaultsPod(pod: Unchecked<Pod>): Unchecked<Pod> {
  return { ...pod, spec: setDefaultsPodSpec(setDefaultsPod(pod.spec ?? {})) };
}

/** What only pods get, not the templates of others; SetDefaults_Pod. */
function setDefaultsPod(spec: AnyPodSpec): AnyPodSpec {
  const { containers, initContainers } = spec;
  const withRequests = {
    ...spec,
    ...(containers && { containers: containers.map(defaultRequests) }),
    ...(initContainers && { initContainers: initContainers.map(defaultRequests) }),
  };
  const pod = defaultPodRequests(defaultHugePagePodLimits(withRequests));
  return defaultHostPorts({ ...pod, enableServiceLinks: pod.enableServiceLinks ?? true });
}

/** A limit without a request is the request too. */
function defaultRequests(container: AnyContainer): AnyContainer {
  const { resources } = container;
  if (resources?.limits === undefined) return container;
  const requests = { ...resources.limits, ...resources.requests };
  return { ...container, resources: { ...resources, requests } };
}

/** Limits of containers' huge pages hold for a pod that has any resources of its own. */
function defaultHugePagePodLimits(spec: AnyPodSpec): AnyPodSpec {
  const { limits = {}, requests = {} } = spec.resources ?? {};
  if (isEmpty(limits) && isEmpty(requests)) return spec;
  const added = textsOf(aggregateContainerLimits(spec), (name) => {
    return name.startsWith("hugepages-") && !(name in requests) && !(name in limits);
  });
  if (isEmpty({ ...limits, ...added })) return spec;
  return { ...spec, resources: { ...spec.resources, limits: { ...limits, ...added } } };
}

/** What the containers ask for, else what limits the pod, is what the pod asks for. */
function defaultPodRequests(spec: AnyPodSpec): AnyPodSpec {
  const { limits = {}, requests = {} } = spec.resources ?? {};
  if (isEmpty(limits)) return spec;
  const ofContainers = textsOf(aggregateContainerRequests(spec), (name) => {
    return name === "cpu" || name === "memory";
  });
  const supported = Object.entries(limits).filter(([name]) => isSupportedPodLevelResource(name));
  const all = { ...Object.fromEntries(supported), ...ofContainers, ...requests };
  return isEmpty(all) ? spec : { ...spec, resources: { ...spec.resources, requests: all } };
}

function textsOf(
  amounts: Quantities,
  isWanted: (name: string) => boolean,
): Readonly<Record<string, string>> {
  return resourceList(new Map([...amounts].filter(([name]) => isWanted(name))));
}

/** What the containers ask for together; AggregateContainerRequests. */
export function aggregateContainerRequests(spec: AnyPodSpec): Quantities {
  return podRequests(podOfContainers(spec));
}

/** What the containers may use together; AggregateContainerLimits. */
export function aggregateContainerLimits(spec: AnyPodSpec): Quantities {
  return podLimits(podOfContainers(spec));
}

function podOfContainers({ containers = [], initContainers = [] }: AnyPodSpec): PodOfResources {
  const spec = {
    containers: containers.map(resourcesOf),
    initContainers: initContainers.map(resourcesOf),
  };
  return { spec };
}

function resourcesOf({
  name = "",
  resources,
  restartPolicy,
}: AnyContainer): PodOfResources["spec"]["containers"][number] {
  const { limits = {}, requests = {} } = resources ?? {};
  const own = { name, resources: { limits, requests } };
  return restartPolicy === "Always" ? { ...own, restartPolicy } : own;
}

function isEmpty(list: object): boolean {
  return Object.keys(list).length === 0;
}

/** In the host's network a container's port is the host's. */
function defaultHostPorts(spec: AnyPodSpec): AnyPodSpec {
  if (spec.hostNetwork !== true) return spec;
  return {
    ...spec,
    ...(spec.containers && { containers: spec.containers.map(onHost) }),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(onHost) }),
  };
}

function onHost(container: AnyContainer): AnyContainer {
  const ports = container.ports?.map((port) => {
    return port.hostPort || !port.containerPort ? port : { ...port, hostPort: port.containerPort };
  });
  return ports === undefined ? container : { ...container, ports };
}

/** What pods and templates get alike. */
export function setDefaultsPodSpec(spec: AnyPodSpec): AnyPodSpec {
  const { volumes, initContainers, containers, ephemeralContainers, resources, overhead } = spec;
  return {
    ...spec,
    dnsPolicy: spec.dnsPolicy || "ClusterFirst",
    restartPolicy: spec.restartPolicy || "Always",
    securityContext: spec.securityContext ?? {},
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    schedulerName: spec.schedulerName || "default-scheduler",
    ...(volumes && { volumes: volumes.map(setDefaultsVolume) }),
    ...(initContainers && { initContainers: initContainers.map(setDefaultsContainer) }),
    ...(containers && { containers: containers.map(setDefaultsContainer) }),
    ...(ephemeralContainers && {
      ephemeralContainers: ephemeralContainers.map(setDefaultsContainer),
    }),
    ...(resources && { resources: setDefaultsResources(resources) }),
    ...(overhead && { overhead: setDefaultsResources({ limits: overhead }).limits }),
  };
}
