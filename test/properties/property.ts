import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";

/** One write to an object, as a watch tells it. */
export interface Observed {
  readonly atMs: number;
  readonly type: string;
  readonly object: KubeObject;
}

export type History = readonly Observed[];

/** What holds in every history, with a change that breaks it in some. */
export interface Property {
  /** A sentence with always, never or eventually. */
  readonly says: string;
  /** Where the history breaks it, a line each. */
  readonly broken: (history: History) => readonly string[];
  readonly mutant: (history: History) => History;
}

/** A pod as it was from a moment on; all of one life have the same UID. */
export interface PodVersion {
  readonly atMs: number;
  readonly isGone: boolean;
  readonly pod: Pod;
}

/** What a wrong cluster would have written after some version; undefined: this one is no example. */
export type WrongPod = (pod: Pod) => Pod | undefined;

/** What holds of each version of each pod. */
export function ofEachPod(says: string, holds: (pod: Pod) => boolean, wrong: WrongPod): Property {
  return ofEachLife(
    says,
    (versions) => versions.filter(({ pod }) => !holds(pod)),
    afterSome(wrong),
  );
}

/** What holds of each version of a pod and the one after it. */
export function ofEachStep(
  says: string,
  holds: (before: Pod, after: Pod) => boolean,
  wrong: WrongPod,
): Property {
  return ofEachLife(
    says,
    (versions) =>
      versions.filter(({ pod }, index) => {
        const before = versions[index - 1];
        return before !== undefined && !holds(before.pod, pod);
      }),
    afterSome(wrong),
  );
}

/** What holds of the life of each pod; `broken` are the versions that must not be. */
export function ofEachLife(
  says: string,
  broken: (versions: readonly PodVersion[], history: History) => readonly PodVersion[],
  mutant: Property["mutant"],
): Property {
  return {
    says,
    broken: (history) =>
      livesOf(history).flatMap((versions) => broken(versions, history).map(shown)),
    mutant,
  };
}

/** What holds of each write of each Event and of the one before it, if any. */
export function ofEachEvent(
  says: string,
  holds: (event: KubeEvent, before: KubeEvent | undefined, history: History) => boolean,
  wrong: (event: KubeEvent) => KubeEvent | undefined,
): Property {
  return {
    says,
    broken: (history) => {
      const before = new Map<string, KubeEvent>();
      return eventsIn(history).flatMap(({ atMs, object: event }) => {
        const { namespace = "", name } = event.metadata;
        const old = before.get(`${namespace}/${name}`);
        before.set(`${namespace}/${name}`, event);
        if (holds(event, old, history)) return [];
        return [`${seconds(atMs)} Event ${event.reason} of ${event.involvedObject.name}`];
      });
    },
    mutant: (history) => inserted(history, isEvent, wrong),
  };
}

/** A version more, after the first one that `wrong` makes something of. */
export function afterSome(wrong: WrongPod): Property["mutant"] {
  return (history) => inserted(history, isPod, wrong);
}

export function livesOf(history: History): readonly (readonly PodVersion[])[] {
  const lives = new Map<string, PodVersion[]>();
  for (const { atMs, type, object } of history) {
    if (!isPod(object)) continue;
    const uid = object.metadata.uid ?? "";
    const versions = lives.get(uid) ?? [];
    versions.push({ atMs, isGone: type === "DELETED", pod: object });
    lives.set(uid, versions);
  }
  return [...lives.values()];
}

/** Every write of an Event; what a watch tells of its end is no write. */
export function eventsIn(history: History) {
  return history.flatMap(({ atMs, type, object }) =>
    type !== "DELETED" && isEvent(object) ? [{ atMs, object }] : [],
  );
}

function inserted<T extends KubeObject>(
  history: History,
  isKind: (object: KubeObject) => object is T,
  wrong: (object: T) => T | undefined,
): History {
  for (const [index, { atMs, type, object }] of history.entries()) {
    const made = type !== "DELETED" && isKind(object) ? wrong(object) : undefined;
    if (made !== undefined) return history.toSpliced(index + 1, 0, { atMs, type, object: made });
  }
  return history;
}

export function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}

export function isEvent(object: KubeObject): object is KubeEvent {
  return object.kind === "Event";
}

function shown({ atMs, pod }: PodVersion): string {
  const { namespace = "", name, resourceVersion = "?" } = pod.metadata;
  return `${seconds(atMs)} pod ${namespace}/${name} resourceVersion ${resourceVersion}`;
}

function seconds(atMs: number): string {
  return `${(atMs / 1_000).toFixed(1)}s`;
}
