import { compareText } from "../../machines/api/compare-text.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import type { Effect } from "../../src/explore/memo/memo-tree.ts";
import type { Way } from "../../src/explore/memo/walk.ts";
import { factsOf } from "../../src/explore/step-facts.ts";
import { hashOf } from "./hash.ts";

/** What a state shows: its objects, the STATUS of pods, and of times their order. */
export function nodeOf(objects: readonly KubeObject[], nowMs: number, seen: SeenObjects): number {
  const shown = objects.map((object) => seen.of(object, nowMs));
  const all = shown.flatMap(({ times }) => times);
  const order = [...new Map(all)].toSorted(([one], [other]) => compareText(one, other));
  const ranks = new Map(order.map(([text], nth) => [text, nth]));
  const coming = order.filter(([, atMs]) => atMs > nowMs).length;
  const hashes = shown.map(({ hash }) => hash);
  return hashOf([...hashes, ...all.map(([text]) => ranks.get(text)), coming].join("\n"));
}

/** What a step from one node to another shows; undefined where nothing is to be seen of it. */
export function edgeOf(
  before: number,
  way: Pick<Way, "do" | "nth">,
  { events, questions, picks }: Pick<Effect, "events" | "questions" | "picks">,
  after: number,
): number | undefined {
  if (before === after && events.length === 0) return undefined;
  const did = way.do === "step" ? `step ${way.nth}` : "";
  const picked = questions.map(({ name, about }, nth) => `${name} ${about} ${picks[nth]}`);
  return hashOf([before, did, ...picked, after, ...events].join("\n"));
}

/** An object with its times taken out. */
interface SeenObject {
  /** Of all else. */
  readonly hash: number;
  /** As in the object, and in milliseconds. */
  readonly times: readonly (readonly [string, number])[];
}

/** Objects as they are seen, each once; who knows others of them already is asked first. */
export class SeenObjects {
  readonly #own = new WeakMap<KubeObject, SeenObject>();
  readonly #known: SeenObjects | undefined;
  readonly #look: <T>(look: () => T) => T;

  /** `look`: with what mistake somebody looks at those that are not known. */
  constructor(known?: SeenObjects, look: <T>(look: () => T) => T = (make) => make()) {
    this.#known = known;
    this.#look = look;
  }

  of(object: KubeObject, nowMs: number): SeenObject {
    let seen = this.#known?.peek(object) ?? this.#own.get(object);
    if (seen === undefined) {
      seen = this.#look(() => seenObject(object, nowMs));
      this.#own.set(object, seen);
    }
    return seen;
  }

  peek(object: KubeObject): SeenObject | undefined {
    return this.#own.get(object);
  }
}

const time = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"/g;
const madeUp = /"(uid|resourceVersion)":"[^"]*"/g;

function seenObject(object: KubeObject, nowMs: number): SeenObject {
  const whole = JSON.stringify(object).replaceAll(madeUp, "");
  const facts = isPod(object) ? JSON.stringify(factsOf(object, nowMs)) : "";
  const times = (whole.match(time) ?? []).map((text) => {
    return [text, Date.parse(text.slice(1, -1))] as const;
  });
  return { hash: hashOf(`${whole.replaceAll(time, "")}${facts}`), times };
}
