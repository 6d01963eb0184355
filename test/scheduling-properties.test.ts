import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMachine } from "xstate";

import { schedulingQueueMachine } from "../machines/scheduler/scheduling-queue.machine.ts";
import { type Judgement, judgements } from "./support/scheduling-judgements.ts";
import {
  type PodText,
  type SchedulingRun,
  type SchedulingStory,
  schedulingRun,
} from "./support/scheduling-run.ts";

/** What holds in every run of the scheduler, and a change of a run or of its machines that breaks it. */
interface SchedulingProperty {
  readonly says: string;
  /** How often its premise held, and where the run breaks it. */
  readonly judge: (run: SchedulingRun) => Judgement;
  readonly mutant: () => SchedulingRun;
}

const atMs = fc.integer({ min: 0, max: 20 }).map((seconds) => seconds * 1_000);
const node = fc.record({
  cpu: fc.integer({ min: 1, max: 4 }),
  zone: fc.constantFrom("a", "b"),
  isTainted: fc.boolean(),
});
const pod = fc.record({
  cpu: fc.integer({ min: 1, max: 3 }),
  app: fc.constantFrom("web", "db"),
  priority: fc.constantFrom("", "class-1", "class-2"),
  zone: fc.constantFrom(undefined, undefined, "a", "b"),
  isTolerant: fc.boolean(),
  isShy: fc.boolean(),
  atMs,
});
const happening = fc.oneof(
  fc.record({ type: fc.constant("deletePod" as const), nth: fc.nat(5), atMs }),
  fc.record({ type: fc.constant("addNode" as const), node, atMs }),
);
const stories: fc.Arbitrary<SchedulingStory> = fc.record({
  nodes: fc.array(node, { minLength: 1, maxLength: 3 }),
  pods: fc.array(pod, { minLength: 1, maxLength: 6 }),
  happenings: fc.array(happening, { maxLength: 4 }),
});

const plain: PodText = {
  cpu: 1,
  app: "web",
  priority: "",
  isTolerant: false,
  isShy: false,
  atMs: 0,
};
const one = { cpu: 1, zone: "a", isTainted: false };
/** One pod runs, one waits, one that matters more drives the first away, and one fits nowhere. */
const story: SchedulingStory = {
  nodes: [one],
  pods: [
    plain,
    { ...plain, atMs: 2_000 },
    { ...plain, atMs: 4_000, priority: "class-1" },
    { ...plain, cpu: 3, atMs: 5_000 },
  ],
  happenings: [
    { type: "deletePod", nth: 2, atMs: 30_000 },
    { type: "addNode", node: { ...one, isTainted: true }, atMs: 40_000 },
  ],
};

/** A queue that is told of nothing. */
const deaf = createMachine({
  ...schedulingQueueMachine.config,
  states: {
    ...schedulingQueueMachine.config.states,
    waiting: { ...schedulingQueueMachine.config.states?.["waiting"], on: {} },
  },
}).provide(schedulingQueueMachine.implementations);

const mutants: Readonly<Record<string, () => SchedulingRun>> = {
  "a binding always targets a node of the snapshot on which every Filter passed": () => {
    const run = schedulingRun({ ...story, nodes: [one, { ...one, isTainted: true }] });
    return { ...run, bound: new Map([...run.bound].map(([key]) => [key, "node-1"])) };
  },
  "a pod waits for ever only if nothing that has happened could help it": () =>
    schedulingRun({ ...story, instead: { schedulingQueue: deaf } }),
  "a victim never has a priority as high as that of the pod for which it has to go": () => {
    const run = schedulingRun(story);
    const pods = [...run.pods].map(([key, { spec, ...rest }]) => {
      return [key, { ...rest, spec: { ...spec, priority: 1 } }] as const;
    });
    return { ...run, pods: new Map(pods) };
  },
  "what an assumed pod asks for is never counted twice": () =>
    schedulingRun({ ...story, nodes: [one, one] }, (cache, { spec, ...rest }) => {
      cache.addPod({ ...rest, spec: { ...spec, nodeName: "node-1" } });
    }),
};

const properties: readonly SchedulingProperty[] = Object.entries(judgements).map(
  ([says, judge]) => ({
    says,
    judge,
    mutant: mutants[says] ?? (() => schedulingRun(story)),
  }),
);

describe.each(properties)("$says", ({ judge, mutant }) => {
  it("in runs of all sorts, in some of which its premise holds", () => {
    let occasions = judge(schedulingRun(story)).occasions;
    expect(occasions).toBeGreaterThan(0);
    fc.assert(
      fc.property(stories, (told) => {
        const judged = judge(schedulingRun(told));
        occasions += judged.occasions;
        expect(judged.broken).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("but not when it is otherwise", () => {
    expect(judge(mutant()).broken).not.toEqual([]);
  });
});
