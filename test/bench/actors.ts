import { ActorTable } from "../../src/system/actor-table.ts";
import type { Figure } from "./figure.ts";
import { fastestInTurnMs } from "./measure.ts";

/**
 * Creating actors, which XState's spawn does in quadratic time. The few are created ten times over
 * and all kept, so that the garbage collector has as many to look after on both sides.
 */
export function actors(): Figure[] {
  const [tenTimesFew = 0, many = 0] = fastestInTurnMs(21, [
    () => Array.from({ length: 10 }, () => created(10_000)),
    () => [created(100_000)],
  ]);
  const few = tenTimesFew / 10;
  return [
    { what: "10 000 actors created", value: few, unit: "ms" },
    { what: "100 000 actors created", value: many, unit: "ms" },
    { what: "100 000 / 10 000", value: many / few, unit: "×", bound: { atMost: 13 } },
  ];
}

function created(count: number): ActorTable {
  const table = new ActorTable();
  for (let index = 0; index < count; index++) {
    const actor = table.at("container", { pod: `default/pod-${index}`, container: "app" });
    table.setLocal(actor, 0);
  }
  return table;
}
