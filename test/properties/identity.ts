import type { Pod } from "../../machines/api/pod.ts";
import { containersOf, everyStep, isReported } from "./containers-of.ts";
import { type History, livesOf, ofEachLife, ofEachPod } from "./property.ts";
import { ofEachStep, type Property } from "./property.ts";
import { withMetadata, withStatus } from "./wrong-pods.ts";

/** What a pod keeps from its creation to its end; its UID says who it is. */
export const identityProperties: readonly Property[] = [
  ofEachLife(
    "a UID never comes back once its pod is gone",
    (versions) => versions.slice(versions.findIndex(({ isGone }) => isGone) + 1 || Infinity),
    (history) => [...history, ...history.filter(({ type }) => type === "ADDED")],
  ),
  ofEachStep(
    "a pod never changes its name, namespace or time of creation",
    ({ metadata: before }, { metadata: after }) =>
      before.name === after.name &&
      before.namespace === after.namespace &&
      before.creationTimestamp === after.creationTimestamp,
    (pod) => withMetadata(pod, { creationTimestamp: "2000-01-01T00:00:00Z" }),
  ),
  keeps(
    "node",
    ({ spec }) => spec.nodeName,
    (pod) => ({
      ...pod,
      spec: { ...pod.spec, nodeName: "elsewhere" },
    }),
  ),
  keeps(
    "startTime",
    ({ status }) => status?.startTime,
    (pod) => withStatus(pod, { startTime: "2000-01-01T00:00:00Z" }),
  ),
  keeps(
    "QoS class",
    ({ status }) => status?.qosClass,
    (pod) => {
      const { qosClass } = pod.status ?? {};
      return withStatus(pod, { qosClass: qosClass === "Burstable" ? "BestEffort" : "Burstable" });
    },
  ),
  ofEachStep(
    "a pod's resourceVersion always grows",
    (before, after) => versionOf(after) > versionOf(before),
    (pod) => pod,
  ),
  ofEachStep(
    "a pod's generation never falls",
    ({ metadata: { generation: before = 0 } }, { metadata: { generation = 0 } }) =>
      generation >= before,
    (pod) => withMetadata(pod, { generation: 0 }),
  ),
  ofEachPod(
    "a pod whose containers have statuses always has a start time and a QoS class",
    ({ status, ...pod }) =>
      !isReported({ ...pod, ...(status && { status }) }) ||
      (status?.containerStatuses ?? []).length === 0 ||
      (status?.startTime !== undefined && status.qosClass !== undefined),
    (pod) => {
      const { startTime: _, ...status } = pod.status ?? {};
      return (status.containerStatuses ?? []).length > 0 ? { ...pod, status } : undefined;
    },
  ),
  ofEachPod(
    "the first of a pod's addresses is always its podIP, the first of its host's the hostIP",
    ({ status: { podIP, podIPs = [], hostIP, hostIPs = [] } = {} }) =>
      podIP === podIPs[0]?.ip && hostIP === hostIPs[0]?.ip,
    (pod) => (pod.status?.podIP ? withStatus(pod, { podIP: "10.0.0.0" }) : undefined),
  ),
  ofEachPod(
    "a pod of which a container runs always has an address, and its host has one",
    (pod) => !isReported(pod) || !runs(pod) || hasAddresses(pod),
    (pod) => (runs(pod) ? withStatus(pod, { podIP: "", podIPs: [] }) : undefined),
  ),
  ofEachPod(
    "a pod in its host's network always has its host's address",
    ({ spec, status: { podIP, hostIP } = {} }) =>
      spec.hostNetwork !== true || podIP === undefined || podIP === hostIP,
    (pod) =>
      pod.status?.podIP
        ? { ...withStatus(pod, { podIP: "10.0.0.0" }), spec: { ...pod.spec, hostNetwork: true } }
        : undefined,
  ),
  ofEachStep(
    "a pod's address only ever changes with a new sandbox, in which every container is another",
    (before, after) => {
      const [old, next] = [before.status?.podIP, after.status?.podIP];
      if (!isReported(after) || !old || !next || old === next) return true;
      return everyStep((step) => {
        const { containerID, state } = step.after.status;
        return state?.running === undefined || containerID !== step.before.status.containerID;
      })(before, after);
    },
    (pod) => (runs(pod) && pod.status?.podIP ? withStatus(pod, { podIP: "10.0.0.0" }) : undefined),
  ),
  ofEachLife(
    "two pods that have not ended never share an address",
    (versions, history) => versions.filter(({ atMs, pod }) => isShared(pod, atMs, history)),
    (history) => {
      const first = livesOf(history).find((life) => life.some(({ pod }) => ownIP(pod)));
      const twin = first?.find(({ pod }) => ownIP(pod));
      if (twin === undefined) return history;
      const object = withMetadata(twin.pod, { uid: "another", name: "another" });
      return history.flatMap((one) =>
        one.object === twin.pod ? [one, { ...one, type: "ADDED", object }] : [one],
      );
    },
  ),
];

/** What is set once. */
function keeps(
  what: string,
  valueOf: (pod: Pod) => string | undefined,
  wrong: (pod: Pod) => Pod,
): Property {
  return ofEachStep(
    `a pod's ${what} never changes`,
    (before, after) => valueOf(before) === undefined || valueOf(before) === valueOf(after),
    (pod) => (valueOf(pod) === undefined ? undefined : wrong(pod)),
  );
}

function versionOf({ metadata }: Pod): number {
  return Number(metadata.resourceVersion);
}

function runs(pod: Pod): boolean {
  return containersOf(pod).some(({ status }) => status.state?.running !== undefined);
}

function hasAddresses({ status }: Pod): boolean {
  return Boolean(status?.podIP && status.hostIP);
}

/** The address of a pod that has one for itself and may still run. */
function ownIP(pod: Pod): string | undefined {
  const { phase, podIP } = pod.status ?? {};
  const isActive = phase === "Pending" || phase === "Running";
  return isReported(pod) && isActive && pod.spec.hostNetwork !== true ? podIP : undefined;
}

function isShared(pod: Pod, atMs: number, history: History): boolean {
  const ip = ownIP(pod);
  if (!ip) return false;
  return livesOf(history).some((life) => {
    const other = life.findLast((version) => version.atMs <= atMs);
    const isOther = other !== undefined && other.pod.metadata.uid !== pod.metadata.uid;
    return isOther && !other.isGone && ownIP(other.pod) === ip;
  });
}
