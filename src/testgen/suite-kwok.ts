import { stringify } from "yaml";

import type { KubeEvent } from "../../machines/api/event.ts";
import type { PodStatus } from "../../machines/api/pod-status.ts";
import { parseTime } from "../../machines/api/time.ts";
import { defaultStartTime } from "../cluster/cluster.ts";
import type { Suite, SuitePath } from "../explore/suite.ts";
import { type KwokLife, kwokLives, type Moment } from "./kwok-lives.ts";
import { podIpLine, statusPatch } from "./kwok-status.ts";
import { go, GoText, templateText } from "./kwok-template.ts";
import { PodWords } from "./kwok-words.ts";

/** No pod of the suite comes onto a node, where KWOK could show something of it. */
export class NoLifeError extends Error {
  override readonly name = "NoLifeError";
}

/** The label that says which life a pod is to live. */
export const lifeLabel = "kubechart/life";

/** The condition by which a Stage knows what the one before it has written. */
export const stageCondition = "kubechart/stage";

/**
 * The lives of a suite's pods as Stages of KWOK (kwok.x-k8s.io/v1alpha1), which fake nodes play on
 * pods with the label of that life. Throws a NoLifeError where no pod comes onto a node.
 */
export function suiteKwok(name: string, { paths }: Pick<Suite, "paths">): string {
  const lives = paths.flatMap((path) => livesOf(name, path));
  if (lives.length === 0) {
    throw new NoLifeError(`no pod of ${name} comes onto a node, so KWOK has nothing to show of it`);
  }
  const head = [
    `# ${lives.length} lives of ${name} as Stages of KWOK. A pod lives the one that its label names:`,
    ...lives.map(({ label, shows }) => `# ${lifeLabel}: ${label}  # ${shows}`),
  ];
  const stages = lives.flatMap((life) => life.stages);
  const documents = stages.map((stage) => stringify(stage, { lineWidth: 0, indentSeq: false }));
  return `${head.join("\n")}\n---\n${documents.join("---\n")}`;
}

interface ToldLife {
  readonly label: string;
  readonly shows: string;
  readonly stages: readonly object[];
}

function livesOf(name: string, { id, steps }: SuitePath): readonly ToldLife[] {
  const lives = kwokLives(steps);
  return lives.map((life, nth) => {
    const stem = name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, "-")
      .slice(0, 40);
    const label = [stem, id, ...(lives.length === 1 ? [] : [nth + 1])].join("-");
    const own = lives.length === 1 ? "" : `${life.pod.metadata.name} `;
    return { label, shows: `${own}${showsOf(life)}`, stages: new StageWriter(label, life).stages };
  });
}

/** What the column STATUS shows one after the other. */
function showsOf({ moments }: KwokLife): string {
  const words = moments.flatMap(({ shows, isDeleting }, nth) => {
    const isDeletion = isDeleting && moments[nth - 1]?.isDeleting !== true;
    const isSame = moments[nth - 1]?.shows === shows && !isDeletion;
    return [...(isDeletion ? ["(deleted)"] : []), ...(isSame ? [] : [shows])];
  });
  return words.join(" → ");
}

/** KWOK takes those of the greatest weight; its own Stages have none, or 1. */
const weight = 10_000;

const startMs = parseTime(defaultStartTime);

class StageWriter {
  readonly stages: object[] = [];
  readonly #label: string;
  readonly #bound: PodStatus;
  readonly #words: PodWords;
  readonly #digits: number;
  /** The Stage that has written the status. */
  #last: string | undefined;

  constructor(label: string, { pod, moments }: KwokLife) {
    this.#label = label;
    this.#bound = pod.status ?? {};
    this.#words = new PodWords(pod);
    this.#digits = String(moments.length).length;
    for (const [nth, moment] of moments.entries()) {
      const { isDeleting } = moment;
      if (isDeleting && moments[nth - 1]?.isDeleting !== true) this.#rest();
      const name = `${label}-${String(nth + 1).padStart(this.#digits, "0")}`;
      this.#add(name, isDeleting, moment.afterMs, this.#next(name, moment, moments[nth - 1]));
      this.#last = name;
    }
    if (moments.at(-1)?.isDeleting !== true) this.#rest();
  }

  /** Whoever waits for a deletion, or has ended, stays as it is whatever other Stages there are. */
  #rest(): void {
    this.#add(`${this.#last ?? `${this.#label}-0`}-stays`, false, 0, {});
  }

  #next(name: string, { status, atMs, events }: Moment, last: Moment | undefined): object {
    if (status === undefined) return { delete: true };
    const words = this.#words;
    const [before, isFirst] = [last?.status ?? this.#bound, last === undefined];
    const patch = statusPatch(status, { words, before, isFirst, wallMs: startMs + atMs });
    const marked = Array.isArray(patch["conditions"]) ? patch["conditions"] : [];
    const conditions = [...marked, markOf(name)];
    const event = toldEvent(events, words);
    const text = templateText({ ...patch, conditions });
    const statusTemplate = text.includes("$podIP") ? `${podIpLine}${text}` : text;
    return { ...(event && { event }), statusTemplate };
  }

  #add(name: string, isDeleting: boolean, afterMs: number, next: object): void {
    const last = this.#last;
    this.stages.push({
      apiVersion: "kwok.x-k8s.io/v1alpha1",
      kind: "Stage",
      metadata: { name },
      spec: {
        resourceRef: { apiGroup: "v1", kind: "Pod" },
        selector: {
          matchLabels: { [lifeLabel]: this.#label },
          matchExpressions: [
            {
              key: ".metadata.deletionTimestamp",
              operator: isDeleting ? "Exists" : "DoesNotExist",
            },
            last === undefined
              ? { key: lastStage, operator: "DoesNotExist" }
              : { key: lastStage, operator: "In", values: [last] },
          ],
        },
        weight,
        delay: { durationMilliseconds: afterMs },
        next,
      },
    });
  }
}

const lastStage = `.status.conditions.[] | select( .type == "${stageCondition}" ) | .reason`;

function markOf(name: string): object {
  const time = 'dateInZone "2006-01-02T15:04:05Z07:00" now "UTC"';
  const lastTransitionTime = new GoText([go(time)]);
  return { type: stageCondition, status: "True", reason: name, lastTransitionTime };
}

/** KWOK records one with each Stage, and its message is no template: one that names nobody. */
function toldEvent(events: readonly KubeEvent[], words: PodWords): object | undefined {
  const known = events.filter(({ message }) => typeof words.text(message) === "string");
  const told = known.findLast(({ type }) => type === "Warning") ?? known.at(-1);
  if (told === undefined) return undefined;
  const { type, reason, message } = told;
  return { type, reason, message };
}
