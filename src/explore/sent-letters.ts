import { views } from "../system/routes.ts";
import type { Effect } from "./memo/memo-tree.ts";

/** Keeps who has sent what to whom in any step, each once; machines, not each of their actors. */
export class SentLetters {
  readonly #seen = new WeakSet<Effect>();
  readonly #sent = new Map<string, Sent>();

  readonly onEffect = (effect: Effect): void => {
    if (this.#seen.has(effect)) return;
    this.#seen.add(effect);
    for (const operation of effect.operations) {
      if (!("push" in operation)) continue;
      const { from, to, event, view = "" } = operation.push;
      const [, delay] = /^xstate\.after\.([^.]+)/.exec(event.type) ?? [];
      const type = views[view]?.event ?? event.type;
      const what = delay === undefined ? type : `after ${delay}`;
      const sent = { from: from?.actor.machine, to: to.actor.machine, event: what };
      this.#sent.set(`${sent.from} ${sent.to} ${what}`, sent);
    }
  };

  /** Timers are told by whoever has set them; `outside` has sent what nobody else has. */
  *tellings(outside: string): Iterable<Sent & { readonly from: string }> {
    for (const { from, to, event } of this.#sent.values()) {
      yield { from: from ?? (event.startsWith("after ") ? to : outside), to, event };
    }
  }
}

interface Sent {
  readonly from: string | undefined;
  readonly to: string;
  readonly event: string;
}
