import type { KubeEvent } from "../../machines/api/event.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { eventsIn, type History, isPod, ofEachEvent, type Property } from "./property.ts";

/** What holds of the Events, which one component writes about an object. */
export const eventProperties: readonly Property[] = [
  ofEachEvent(
    "a kubelet's Event of a pod always names the UID of a pod that is or was",
    (event, _, history) => !isOfKubelet(event, history) || podOf(event, history) !== undefined,
    (event) => {
      const involvedObject = { ...event.involvedObject, uid: "another" };
      return event.source?.component === "kubelet" ? { ...event, involvedObject } : undefined;
    },
  ),
  ofEachEvent(
    "a kubelet's Event of a container always names one of its pod's",
    (event, _, history) => {
      const { fieldPath } = event.involvedObject;
      if (fieldPath === undefined || !isOfKubelet(event, history)) return true;
      const pod = podOf(event, history);
      return pod !== undefined && fieldPathsOf(pod).includes(fieldPath);
    },
    (event) => {
      const { involvedObject } = event;
      const isOfContainer = involvedObject.fieldPath !== undefined;
      const wrong = { ...involvedObject, fieldPath: "spec.containers{another}" };
      return isOfContainer ? { ...event, involvedObject: wrong } : undefined;
    },
  ),
  ofEachEvent(
    "an Event never changes what it is about, nor since when",
    (event, before) =>
      before === undefined ||
      (event.firstTimestamp === before.firstTimestamp &&
        event.reason === before.reason &&
        JSON.stringify(event.involvedObject) === JSON.stringify(before.involvedObject)),
    (event) => ({ ...event, firstTimestamp: "2000-01-01T00:00:00Z" }),
  ),
  ofEachEvent(
    "an Event's count and its lastTimestamp never fall",
    ({ count = 0, lastTimestamp }, before) =>
      before === undefined ||
      (count >= (before.count ?? 0) && (lastTimestamp ?? "") >= (before.lastTimestamp ?? "")),
    (event) => (event.count === undefined ? undefined : { ...event, count: event.count - 1 }),
  ),
  ofEachEvent(
    "an Event that happened once always has the same first and last time, else first comes first",
    ({ count = 1, firstTimestamp, lastTimestamp }) =>
      (count > 1 || firstTimestamp === lastTimestamp) &&
      (firstTimestamp ?? "") <= (lastTimestamp ?? ""),
    (event) => ({ ...event, lastTimestamp: "2000-01-01T00:00:00Z" }),
  ),
  ofEachEvent(
    "an Event always has a type, a reason and a message",
    ({ type, reason, message }) =>
      (type === "Normal" || type === "Warning") && /^[A-Z]\w+$/.test(reason) && message !== "",
    (event) => ({ ...event, message: "" }),
  ),
  ofEachEvent(
    "an Event always lives beside its object, and its name begins with the object's",
    ({ metadata, involvedObject: { namespace = "default", name } }) =>
      metadata.namespace === namespace && metadata.name.startsWith(`${name}.`),
    (event) => ({ ...event, metadata: { ...event.metadata, namespace: "elsewhere" } }),
  ),
  {
    says: "a kubelet first says of a container Pulled, then Created, then Started, always so",
    broken: (history) => disordered(history),
    mutant: (history) => history.toReversed(),
  },
  {
    says: "a kubelet never writes more Events of a type about a pod than its spam filter lets through",
    broken: (history) => [...spammed(history)],
    mutant: (history) => {
      const [first] = eventsIn(history).filter(({ object }) => isOfKubelet(object, history));
      const extra = Array.from({ length: burst + 2 }, () => first ?? []).flat();
      return [...history, ...extra.map((one) => ({ ...one, type: "MODIFIED" }))];
    },
  },
];

const order = ["Pulled", "Created", "Started"];

/** Containers of which one of these was said although what comes first was not, or was dropped. */
function disordered(history: History): readonly string[] {
  const [said, counts] = [new Set<string>(), new Map<string, number>()];
  return eventsIn(history).flatMap(({ object: { reason, source, involvedObject } }) => {
    const { uid = "", fieldPath } = involvedObject;
    counts.set(uid, (counts.get(uid) ?? 0) + 1);
    if (source?.component !== "kubelet" || !order.includes(reason)) return [];
    said.add(`${uid} ${fieldPath} ${reason}`);
    const first = order[order.indexOf(reason) - 1];
    const isInOrder = first === undefined || said.has(`${uid} ${fieldPath} ${first}`);
    const mayBeDropped = (counts.get(uid) ?? 0) > burst;
    return isInOrder || mayBeDropped ? [] : [`${reason} before ${first} of ${uid} ${fieldPath}`];
  });
}

/** client-go tools/record/events_cache.go defaultSpamBurst, defaultSpamQPS */
const burst = 25;
const refillMs = 300_000;

function spammed(history: History): ReadonlySet<string> {
  const [firsts, counts] = [new Map<string, number>(), new Map<string, number>()];
  const found = new Set<string>();
  for (const { atMs, object: event } of eventsIn(history)) {
    if (!isOfKubelet(event, history)) continue;
    const key = `${event.involvedObject.uid} ${event.type} ${event.source?.host}`;
    const firstMs = firsts.get(key) ?? atMs;
    firsts.set(key, firstMs);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const allowed = burst + 1 + Math.floor((atMs - firstMs) / refillMs);
    if ((counts.get(key) ?? 0) > allowed) found.add(`too many ${event.type} Events of ${key}`);
  }
  return found;
}

/** What a kubelet says about a static pod names the file's UID, not the mirror's. */
function isOfKubelet({ involvedObject, source }: KubeEvent, history: History): boolean {
  if (source?.component !== "kubelet" || involvedObject.kind !== "Pod") return false;
  return !history.some(({ object: { kind, metadata } }) => {
    const isNamesake = kind === "Pod" && metadata.name === involvedObject.name;
    const isMirror = metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined;
    return isNamesake && metadata.namespace === involvedObject.namespace && isMirror;
  });
}

function podOf({ involvedObject }: KubeEvent, history: History): Pod | undefined {
  const written = history.findLast(({ object }) => {
    return object.kind === "Pod" && object.metadata.uid === involvedObject.uid;
  });
  return written !== undefined && isPod(written.object) ? written.object : undefined;
}

function fieldPathsOf({ spec }: Pod): readonly string[] {
  return (["containers", "initContainers", "ephemeralContainers"] as const).flatMap((list) =>
    (spec[list] ?? []).map(({ name }) => `spec.${list}{${name}}`),
  );
}
