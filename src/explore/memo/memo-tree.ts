import { assert } from "../../../machines/assert.ts";
import type { LocalStep, Taken } from "../life.ts";
import type { ContentPart } from "./contents.ts";
import type { Look, PartWrite, Question } from "./footprint.ts";
import type { PendingOperation } from "./letters.ts";

/** All that a step does to a state. */
export interface Effect {
  /** Slots and their new values in turn. */
  readonly writes: Int32Array;
  readonly parts: readonly PartWrite[];
  readonly operations: readonly PendingOperation[];
  /** What was asked, and the places of what was picked. */
  readonly questions: readonly Question[];
  readonly picks: readonly number[];
  /** The picks of the step's next other way; undefined after the last. */
  readonly next: readonly number[] | undefined;
  readonly taken: readonly Taken[];
  /** What each machine did in its turn, also where it took no branch. */
  readonly steps: readonly LocalStep[];
  /** Events that are recorded, in words; no state tells them. */
  readonly events: readonly string[];
  /** Something that is open was not asked, because a bound was reached. */
  readonly isRestrained: boolean;
}

type Node = SlotNode | QuestionNode | LeafNode;

interface SlotNode {
  readonly kind: "slot";
  readonly slot: number;
  readonly part: ContentPart | undefined;
  readonly byValue: Map<number, Node>;
}

interface QuestionNode {
  readonly kind: "question";
  readonly byPick: (Node | undefined)[];
}

interface LeafNode {
  readonly kind: "leaf";
  readonly effect: Effect;
}

/**
 * What steps of one kind did, by what they looked at: a tree that asks for the slots in the order
 * in which the step has read them. A step that finds the same there does the same.
 */
export class MemoTree {
  #root: Node | undefined;

  find(slots: Int32Array, script: readonly number[]): Effect | undefined {
    let node = this.#root;
    let asked = 0;
    while (node !== undefined) {
      if (node.kind === "slot") {
        const value = slots[node.slot] ?? 0;
        node = node.byValue.get(node.part === undefined ? value : node.part.of(value));
      } else if (node.kind === "leaf") return node.effect;
      else node = node.byPick[script[asked++] ?? 0];
    }
    return undefined;
  }

  add(looks: readonly Look[], effect: Effect): void {
    let hang = (node: Node): void => {
      this.#root = node;
    };
    let node = this.#root;
    for (const look of looks) {
      if (node === undefined) {
        node = nodeOf(look);
        hang(node);
      }
      [node, hang] = below(node, look);
    }
    hang({ kind: "leaf", effect });
  }
}

function nodeOf(look: Look): SlotNode | QuestionNode {
  if ("slot" in look) {
    return { kind: "slot", slot: look.slot, part: look.part, byValue: new Map() };
  }
  return { kind: "question", byPick: [] };
}

/** Where a look leads to, and how to put something there. */
function below(node: Node, look: Look): readonly [Node | undefined, (node: Node) => void] {
  if ("slot" in look) {
    const isThere = node.kind === "slot" && node.slot === look.slot && node.part === look.part;
    assert(isThere, "a step looks where it looked before");
    const { byValue } = node;
    return [byValue.get(look.value), (next) => void byValue.set(look.value, next)];
  }
  assert(node.kind === "question", "a step asks where it asked before");
  const { byPick } = node;
  return [byPick[look.picked], (next) => void (byPick[look.picked] = next)];
}
