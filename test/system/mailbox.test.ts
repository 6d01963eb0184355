import { describe, expect, it } from "vitest";

import { ActorTable } from "../../src/system/actor-table.ts";
import type { Actor } from "../../src/system/composition.ts";
import { type Letter, Mailboxes } from "../../src/system/mailbox.ts";

const nobody = { from: undefined, origin: undefined, cause: 0 };

/** A mailbox for a lamp and a cat. */
function mailbox() {
  const actors = new ActorTable();
  const boxes = new Mailboxes(actors);
  const [lamp, cat] = [actors.at("lamp", {}), actors.at("cat", {})];
  const send = (to: Actor, type: string, letter: Partial<Letter> = {}): void =>
    boxes.push(to, { ...nobody, ...letter, event: { type } });
  return { boxes, lamp, cat, send };
}

/** What is delivered, with the time, until nothing is pending. */
function delivered(boxes: Mailboxes): readonly string[] {
  const told: string[] = [];
  for (let next = boxes.take(); next !== undefined; next = boxes.take()) {
    told.push(`${boxes.now} ${next.to.machine} ${next.event.type}`);
  }
  return told;
}

describe("what waits to be delivered", () => {
  it("is a message without latency first, in order of sending", () => {
    const { boxes, lamp, cat, send } = mailbox();
    send(lamp, "late", { delayMs: 1 });
    send(lamp, "a");
    send(cat, "b");
    send(lamp, "c");
    expect(delivered(boxes)).toEqual(["0 lamp a", "0 cat b", "0 lamp c", "1 lamp late"]);
  });

  it("comes in order of the due time, and of one moment in order of setting", () => {
    const { boxes, lamp, send } = mailbox();
    for (const [type, delayMs] of Object.entries({ a: 20, b: 10, c: 20, d: 10 })) {
      send(lamp, type, { delayMs });
    }
    expect(delivered(boxes)).toEqual(["10 lamp b", "10 lamp d", "20 lamp a", "20 lamp c"]);
  });

  it("is counted from the moment of sending, after which the clock jumps", () => {
    const { boxes, lamp, send } = mailbox();
    send(lamp, "a", { delayMs: 3_600_000 });
    expect([boxes.now, boxes.nextAt()]).toEqual([0, 3_600_000]);
    boxes.take();
    send(lamp, "b", { delayMs: 1 });
    expect(delivered(boxes)).toEqual(["3600001 lamp b"]);
  });

  it("is all there after thousands of messages", () => {
    const { boxes, lamp, send } = mailbox();
    const types = Array.from({ length: 5_000 }, (_, at) => String(at));
    for (const type of types) send(lamp, type);
    expect(delivered(boxes)).toEqual(types.map((type) => `0 lamp ${type}`));
  });
});

describe("a key", () => {
  it("lets a later message take the place of the pending one, for the same receiver alone", () => {
    const { boxes, lamp, cat, send } = mailbox();
    send(lamp, "old", { key: "relist", delayMs: 10 });
    send(cat, "other", { key: "relist", delayMs: 10 });
    send(lamp, "new", { key: "relist", delayMs: 20 });
    expect(delivered(boxes)).toEqual(["10 cat other", "20 lamp new"]);
  });

  it("keeps the pending message when the later one says so", () => {
    const { boxes, lamp, send } = mailbox();
    send(lamp, "old", { key: "relist", delayMs: 10 });
    send(lamp, "new", { key: "relist", delayMs: 5, keepsPending: true });
    expect(delivered(boxes)).toEqual(["10 lamp old"]);
  });

  it("is free again once its message is delivered", () => {
    const { boxes, lamp, send } = mailbox();
    send(lamp, "old", { key: "relist", delayMs: 10 });
    boxes.take();
    send(lamp, "new", { key: "relist", delayMs: 5, keepsPending: true });
    expect(delivered(boxes)).toEqual(["15 lamp new"]);
  });

  it("cancels what is pending under it, and nothing else", () => {
    const { boxes, lamp, cat, send } = mailbox();
    send(lamp, "off", { key: "glow", delayMs: 10 });
    send(lamp, "hum", { key: "hum", delayMs: 20 });
    boxes.cancel(lamp, "glow");
    boxes.cancel(cat, "hum");
    expect([boxes.nextAt(), boxes.work]).toEqual([20, 1]);
    expect(delivered(boxes)).toEqual(["20 lamp hum"]);
  });
});

describe("the work that is left", () => {
  it("is every pending message that is not periodic", () => {
    const { boxes, lamp, send } = mailbox();
    send(lamp, "tick", { key: "tick", delayMs: 10, periodic: true });
    send(lamp, "a", { delayMs: 20 });
    send(lamp, "b");
    expect(boxes.work).toBe(2);
    expect([boxes.take(), boxes.take(), boxes.take()].map((one) => one?.event.type)).toEqual([
      "b",
      "tick",
      "a",
    ]);
    expect(boxes.work).toBe(0);
  });

  it("is less by what is superseded, cancelled or ended", () => {
    const { boxes, lamp, cat, send } = mailbox();
    for (const delayMs of [10, 20]) send(lamp, "a", { key: "a", delayMs });
    send(lamp, "b", { key: "b", delayMs: 10 });
    send(cat, "c", { key: "c", delayMs: 10 });
    boxes.cancel(lamp, "b");
    expect(boxes.work).toBe(2);
    boxes.end(cat);
    expect(boxes.work).toBe(1);
  });
});

describe("an actor that ends", () => {
  it("takes its timers along; a message on its way still comes to where it was", () => {
    const { boxes, lamp, send } = mailbox();
    send(lamp, "off", { key: "glow", delayMs: 10 });
    send(lamp, "letter", { delayMs: 20 });
    boxes.end(lamp);
    expect(delivered(boxes)).toEqual(["20 lamp letter"]);
  });
});

describe("the parts of a mailbox", () => {
  it("make another one that goes its own way", () => {
    const { boxes, lamp, send } = mailbox();
    send(lamp, "a");
    send(lamp, "b");
    send(lamp, "late", { delayMs: 5 });
    boxes.take();
    const actors = new ActorTable();
    actors.at("lamp", {});
    const other = new Mailboxes(actors, boxes.parts());
    expect(delivered(other)).toEqual(["0 lamp b", "5 lamp late"]);
    expect(delivered(boxes)).toEqual(["0 lamp b", "5 lamp late"]);
  });
});

/** From whom to whom, and what. */
function heads(boxes: Mailboxes): readonly string[] {
  return boxes.heads().map(({ from, to, event }) => {
    return `${from?.machine ?? "-"} ${to.machine} ${event.type}`;
  });
}

describe("what may be delivered next", () => {
  it("is the oldest of every link", () => {
    const { boxes, lamp, cat, send } = mailbox();
    send(lamp, "a");
    send(lamp, "b");
    send(cat, "c");
    boxes.push(lamp, { ...nobody, from: cat, event: { type: "d" } });
    expect(heads(boxes)).toEqual(["- lamp a", "- cat c", "cat lamp d"]);
  });

  it("is every timer of the first moment once nothing is ready, and what is due now before", () => {
    const { boxes, lamp, cat, send } = mailbox();
    send(lamp, "one", { delayMs: 5, key: "one" });
    send(lamp, "two", { delayMs: 5, key: "two" });
    send(cat, "late", { delayMs: 6 });
    expect(heads(boxes)).toEqual(["- lamp one", "- lamp two"]);
    send(cat, "ready");
    expect(heads(boxes)).toEqual(["- cat ready"]);
  });

  it("can be taken in any order, of this mailbox or of a copy", () => {
    const { boxes, lamp, cat, send } = mailbox();
    send(lamp, "a");
    send(cat, "b");
    send(lamp, "timer", { delayMs: 0, key: "timer" });
    const [, second, third] = boxes.heads();
    for (const head of [third, second]) if (head !== undefined) boxes.takeHead(head);
    expect([boxes.work, heads(boxes)]).toEqual([1, ["- lamp a"]]);
    expect(boxes.waiting().map(({ event }) => event.type)).toEqual(["a"]);
  });

  it("does not hold what was cancelled or superseded", () => {
    const { boxes, lamp, send } = mailbox();
    send(lamp, "old", { delayMs: 5, key: "one" });
    send(lamp, "new", { delayMs: 5, key: "one" });
    send(lamp, "gone", { delayMs: 5, key: "two" });
    boxes.cancel(lamp, "two");
    expect(heads(boxes)).toEqual(["- lamp new"]);
  });
});
