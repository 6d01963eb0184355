import type { KubeEvent } from "../../machines/api/event.ts";
import { isPod } from "../../machines/api/objects.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { PodStatus } from "../../machines/api/pod-status.ts";
import type { PathStep } from "../explore/path.ts";
import { keyOf } from "../store/store.ts";

/** What a pod on a node shows, one moment after the other. */
export interface KwokLife {
  /** As it was bound. */
  readonly pod: Pod;
  readonly moments: readonly Moment[];
}

/** A new status, or the end of the object. */
export interface Moment {
  /** Virtual milliseconds. */
  readonly atMs: number;
  /** Since the moment before; since the binding or the deletion, where that came later. */
  readonly afterMs: number;
  /** Undefined: the object is gone. */
  readonly status: PodStatus | undefined;
  /** Somebody has deleted the pod before. */
  readonly isDeleting: boolean;
  /** The column STATUS. */
  readonly shows: string;
  /** Events about the pod since the moment before. */
  readonly events: readonly KubeEvent[];
}

/** The life of every pod that comes onto a node, in the order in which they do. */
export function kwokLives(steps: readonly PathStep[]): readonly KwokLife[] {
  const lives = new Map<string, LifeWriter>();
  for (const step of steps) {
    for (const pod of step.objects.filter(isPod)) {
      const known = lives.get(uidOf(pod));
      if (known !== undefined) known.add(pod, step);
      else if (pod.spec.nodeName !== undefined) {
        lives.set(uidOf(pod), new LifeWriter(pod, step));
      }
    }
    const writers = [...lives.values()];
    for (const event of step.events) {
      writers.find(({ uid }) => uid === event.involvedObject.uid)?.heard.push(event);
    }
    for (const gone of step.deleted) writers.findLast(({ key }) => key === gone)?.end(step);
  }
  return [...lives.values()].map(({ life }) => life).filter(({ moments }) => moments.length > 0);
}

class LifeWriter {
  readonly uid: string;
  readonly key: string;
  readonly heard: KubeEvent[] = [];
  readonly #pod: Pod;
  readonly #moments: Moment[] = [];
  #since: number;
  #status = "";
  #isDeleting: boolean;
  #isGone = false;

  constructor(pod: Pod, step: PathStep) {
    this.uid = uidOf(pod);
    this.key = `Pod ${keyOf(pod)}`;
    this.#pod = pod;
    this.#since = step.atMs;
    this.#isDeleting = pod.metadata.deletionTimestamp !== undefined;
    this.#status = JSON.stringify(shownOf(pod.status));
    if (pod.status?.startTime !== undefined) this.#tell(pod, step);
  }

  get life(): KwokLife {
    return { pod: this.#pod, moments: this.#moments };
  }

  add(pod: Pod, step: PathStep): void {
    if (pod.metadata.deletionTimestamp !== undefined && !this.#isDeleting) {
      this.#isDeleting = true;
      this.#since = step.atMs;
    }
    const status = JSON.stringify(shownOf(pod.status));
    if (status === this.#status) return;
    this.#status = status;
    this.#tell(pod, step);
  }

  /** KWOK removes what was deleted; a pod that is gone at once needs nobody to remove it. */
  end({ atMs }: PathStep): void {
    if (this.#isGone) return;
    this.#isGone = true;
    if (!this.#isDeleting) return;
    this.#moments.push({ ...this.#moment(atMs), status: undefined, shows: "gone" });
  }

  #tell({ status }: Pod, { atMs, facts }: PathStep): void {
    const shows = facts[this.key.replace("Pod ", "")]?.statusText ?? "";
    this.#moments.push({ ...this.#moment(atMs), status: shownOf(status), shows });
  }

  #moment(atMs: number): Pick<Moment, "atMs" | "afterMs" | "isDeleting" | "events"> {
    const [afterMs, events] = [atMs - this.#since, this.heard.splice(0)];
    this.#since = atMs;
    return { atMs, afterMs, isDeleting: this.#isDeleting, events };
  }
}

/** Without what the API server writes itself, and what follows from the volumes of the pod. */
function shownOf(whole: PodStatus = {}): PodStatus {
  const { qosClass: _, ...status } = whole;
  const lists = ["initContainerStatuses", "containerStatuses"] as const;
  const shown = lists.flatMap((list) => {
    const statuses = status[list]?.map(({ volumeMounts: _mounts, ...one }) => one);
    return statuses === undefined ? [] : [[list, statuses] as const];
  });
  return { ...status, ...Object.fromEntries(shown) };
}

function uidOf({ metadata }: Pod): string {
  return metadata.uid ?? "";
}
