import { type Effect, MemoTree } from "../../src/explore/memo/memo-tree.ts";
import type {
  AskedStep,
  MadeStep,
  StepMaker,
  StepWatch,
} from "../../src/explore/memo/step-maker.ts";
import type { Comparison } from "./comparison.ts";
import type { Mistake } from "./mistake.ts";

/** Steps as they are with a mistake: those that do not get to it are known from the exploration. */
export class MistakenSteps implements StepWatch {
  readonly #maker: StepMaker;
  readonly #comparison: Comparison;
  readonly #mistake: Mistake;
  readonly #trees = new Map<MemoTree, MemoTree>();

  constructor(maker: StepMaker, comparison: Comparison, mistake: Mistake) {
    this.#maker = maker;
    this.#comparison = comparison;
    this.#mistake = mistake;
  }

  answer(step: AskedStep, known: Effect | undefined): Effect {
    if (known !== undefined && !this.#comparison.isTouched(this.#mistake, known)) return known;
    let tree = this.#trees.get(step.tree);
    if (tree === undefined) {
      tree = new MemoTree();
      this.#trees.set(step.tree, tree);
    }
    return tree.find(step.slots, step.script) ?? this.#make(tree, step);
  }

  #make(tree: MemoTree, step: AskedStep): Effect {
    const { looks, effect }: MadeStep = this.#mistake.during(() => this.#maker.again(step));
    tree.add(looks, effect);
    return effect;
  }
}
