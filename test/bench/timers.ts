import { ActorTable } from "../../src/system/actor-table.ts";
import { internEvent } from "../../src/system/kernel-event.ts";
import { Mailboxes } from "../../src/system/mailbox.ts";
import type { Figure } from "./figure.ts";
import { fastestInTurnMs } from "./measure.ts";

const steps = 200_000;
const fires = internEvent({ type: "timer" });

/** Setting and firing one actor's timer while many others are pending. */
export function timers(): Figure[] {
  const [few = 0, many = 0] = fastestInTurnMs(21, [1_000, 100_000].map(setAndFire));
  return [
    { what: "set and fire at 1 000 pending", value: (few / steps) * 1e6, unit: "ns" },
    { what: "set and fire at 100 000 pending", value: (many / steps) * 1e6, unit: "ns" },
    { what: "cost at 100 000 / at 1 000", value: many / few, unit: "×", bound: { atMost: 3 } },
  ];
}

/** Every actor has one timer, which is set again whenever it fires. */
function setAndFire(pending: number): () => void {
  const actors = new ActorTable();
  const mailboxes = new Mailboxes(actors);
  let set = 0;
  const arm = (actor: ReturnType<ActorTable["at"]>): void => {
    const message = { event: fires, key: "timer", delayMs: delayOf(set++) };
    mailboxes.push(actor, { from: actor, origin: undefined, cause: 0, ...message });
  };
  for (let pod = 0; pod < pending; pod++) {
    arm(actors.at("container", { pod: `default/pod-${pod}` }));
  }
  return () => {
    for (let step = 0; step < steps; step++) {
      const fired = mailboxes.take();
      if (fired !== undefined) arm(fired.to);
    }
  };
}

/** Spread without chance: the same for every run. */
function delayOf(nth: number): number {
  return (Math.imul(nth + 1, 0x9e3779b1) >>> 0) % 60_000;
}
