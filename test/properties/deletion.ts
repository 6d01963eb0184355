import type { KubeObject } from "../../machines/api/meta.ts";
import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { containersOf } from "./containers-of.ts";
import {
  type History,
  ofEachLife,
  ofEachStep,
  type PodVersion,
  type Property,
  isEvent,
} from "./property.ts";
import { withMetadata } from "./wrong-pods.ts";

/** What holds of a pod's end. */
export const deletionProperties: readonly Property[] = [
  ofEachStep(
    "a pod that is being deleted never stops being so",
    ({ metadata: before }, { metadata: after }) =>
      before.deletionTimestamp === undefined || after.deletionTimestamp !== undefined,
    ({ metadata: { deletionTimestamp, ...metadata }, ...pod }) =>
      deletionTimestamp === undefined ? undefined : { ...pod, metadata },
  ),
  ofEachStep(
    "the grace period of a deletion never grows",
    (
      { metadata: { deletionGracePeriodSeconds: before = Number.POSITIVE_INFINITY } },
      { metadata: { deletionGracePeriodSeconds: after = Number.POSITIVE_INFINITY } },
    ) => after <= before,
    (pod) => {
      const { deletionGracePeriodSeconds: seconds } = pod.metadata;
      if (seconds === undefined) return undefined;
      return withMetadata(pod, { deletionGracePeriodSeconds: seconds + 1 });
    },
  ),
  ofEachLife(
    "a pod never goes but by a deletion whose grace period is 0",
    (versions) =>
      versions.filter(({ isGone, pod: { metadata } }) => {
        const isOver = metadata.deletionGracePeriodSeconds === 0;
        return isGone && (metadata.deletionTimestamp === undefined || !isOver);
      }),
    (history) =>
      history.map((one) => {
        if (one.type !== "DELETED") return one;
        const { deletionGracePeriodSeconds: _, ...metadata } = one.object.metadata;
        return { ...one, object: { ...one.object, metadata } };
      }),
  ),
  ofEachLife(
    "a deleted pod is always gone soon after its grace, if its kubelet lives and can stop it",
    outlasting,
    (history) => {
      const gone = history.find((one) => one.type === "DELETED" && one.object.kind === "Pod");
      if (gone === undefined) return history;
      const late = { ...gone, atMs: gone.atMs + 10 * 60_000 };
      return [...history.filter((one) => one !== gone), late];
    },
  ),
];

/** A sync that is under way may stop, pull and start containers and wait for hooks before. */
const marginMs = 30_000;

/** The versions of a deleted pod that should not have been any more. */
function outlasting(versions: readonly PodVersion[], history: History): readonly PodVersion[] {
  const first = versions.find(({ pod }) => pod.metadata.deletionTimestamp !== undefined);
  if (first === undefined || !isStoppable(first.pod)) return [];
  if (history.some(({ object }) => saysStuck(object, first.pod))) return [];
  const { deletionGracePeriodSeconds = 0 } = first.pod.metadata;
  const latestMs = first.atMs + deletionGracePeriodSeconds * 1_000 + marginMs;
  if (!isAlive(first.pod.spec.nodeName, latestMs, history)) return [];
  const last = versions.at(-1);
  const endMs = last?.isGone === true ? last.atMs : (history.at(-1)?.atMs ?? 0);
  return endMs > latestMs ? versions.slice(-1) : [];
}

/** Every container runs, so that no start, which may take as long as a pull, is under way. */
function isStoppable(pod: Pod): boolean {
  const all = containersOf(pod);
  const isRunning = all.every(({ kind, status }) => kind === "init" || status.state?.running);
  return all.length > 0 && isRunning && (pod.metadata.finalizers ?? []).length === 0;
}

/** Nothing says until then that the node's kubelet is lost. */
function isAlive(name: string | undefined, untilMs: number, history: History): boolean {
  return history.every(({ atMs, object }) => {
    if (atMs > untilMs || !isNode(object) || object.metadata.name !== name) return true;
    const ready = object.status?.conditions?.find(({ type }) => type === "Ready");
    return ready === undefined || ready.status === "True";
  });
}

/** The kubelet could not stop it. */
function saysStuck(object: KubeObject, { metadata }: Pod): boolean {
  if (!isEvent(object) || object.reason !== "FailedKillPod") return false;
  return object.involvedObject.uid === metadata.uid;
}

function isNode(object: { readonly kind: string }): object is Node {
  return object.kind === "Node";
}
