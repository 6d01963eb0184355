import { array, assert, nat, option, property } from "fast-check";
import { describe, expect, it } from "vitest";

import { type Due, DueQueue } from "../../src/clock/due-queue.ts";

/** Times to set, and undefined for taking one. */
const orders = array(option(nat({ max: 9 }), { nil: undefined }), { maxLength: 200 });

function inOrder(entries: readonly Due[]): readonly Due[] {
  return entries.toSorted((a, b) => a.due - b.due || a.seq - b.seq);
}

function drained(queue: DueQueue<Due>): readonly Due[] {
  const entries: Due[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) entries.push(next);
  return entries;
}

function filled(dues: readonly number[]): DueQueue<Due> {
  const queue = new DueQueue<Due>();
  for (const [seq, due] of dues.entries()) queue.push({ due, seq });
  return queue;
}

describe("a queue of what is due", () => {
  it("gives what is due first, and of one moment what was set first, as a sorted array would", () => {
    assert(
      property(orders, (steps) => {
        const queue = new DueQueue<Due>();
        let expected: readonly Due[] = [];
        for (const [seq, due] of steps.entries()) {
          if (due === undefined) {
            expect(queue.pop()).toEqual(expected[0]);
            expected = expected.slice(1);
          } else {
            queue.push({ due, seq });
            expected = inOrder([...expected, { due, seq }]);
          }
          expect([queue.size, queue.peek()]).toEqual([expected.length, expected[0]]);
        }
        expect(queue.inOrder()).toEqual(expected);
        expect(drained(queue)).toEqual(expected);
      }),
    );
  });

  it("is left as it was by what happens to its copy", () => {
    assert(
      property(array(nat({ max: 9 })), (dues) => {
        const queue = filled(dues);
        const before = queue.inOrder();
        const copy = queue.fork();
        copy.push({ due: 5, seq: 1_000 });
        expect(drained(copy)).toEqual(inOrder([...before, { due: 5, seq: 1_000 }]));
        expect(drained(queue)).toEqual(before);
      }),
    );
  });

  it("gives up any entry, and tells what is due at one moment, in order of setting", () => {
    assert(
      property(
        array(nat({ max: 9 }), { minLength: 1 }),
        nat(),
        nat({ max: 9 }),
        (dues, nth, at) => {
          const queue = filled(dues);
          const before = queue.inOrder();
          const taken = before[nth % before.length] ?? { due: 0, seq: 0 };
          queue.remove(taken);
          const left = before.filter((one) => one !== taken);
          expect(queue.dueAt(at)).toEqual(left.filter(({ due }) => due === at));
          queue.remove(taken);
          expect(drained(queue)).toEqual(left);
        },
      ),
    );
  });

  it("has nothing to give when it is empty", () => {
    const queue = filled([]);
    expect([queue.peek(), queue.pop(), queue.size]).toEqual([undefined, undefined, 0]);
  });
});
