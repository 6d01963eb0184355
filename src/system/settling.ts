import type { SettleContext } from "./composition.ts";

/** What settling needs, of whichever delivery has just been made: one for the whole run. */
export function settlingOf<W>(
  system: Pick<SettleContext<W>, "world" | "choices" | "now" | "seq">,
  { send, end }: Pick<SettleContext<W>, "send" | "end">,
): SettleContext<W> {
  return {
    world: system.world,
    choices: system.choices,
    get now() {
      return system.now;
    },
    get seq() {
      return system.seq;
    },
    send,
    end,
  };
}
