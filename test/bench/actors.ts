import { ActorTable } from "../../src/system/actor-table.ts";
import type { Figure } from "./figure.ts";
import { fastestMs } from "./measure.ts";

/** Creating actors, which XState's spawn does in quadratic time. */
export function actors(): Figure[] {
  const [few, many] = [10_000, 100_000].map((count) => fastestMs(5, () => create(count)));
  return [
    { what: "10 000 actors created", value: few ?? 0, unit: "ms" },
    { what: "100 000 actors created", value: many ?? 0, unit: "ms" },
    { what: "100 000 / 10 000", value: (many ?? 0) / (few ?? 1), unit: "×", bound: { atMost: 13 } },
  ];
}

function create(count: number): void {
  const table = new ActorTable();
  for (let index = 0; index < count; index++) {
    const actor = table.at("container", { pod: `default/pod-${index}`, container: "app" });
    table.setLocal(actor, 0);
  }
}
