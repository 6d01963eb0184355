import type { AnyStateMachine, AnyTransitionDefinition } from "xstate";

import type { Cluster } from "../cluster/cluster.ts";
import { branchesOfMachine } from "../explore/universe.ts";
import { machineOf } from "../system/variants.ts";
import type { CoveredSuite } from "./suite-marks.ts";

/** Counts how often runs take each branch of the charts of the machines that they have. */
export class RunVisits {
  readonly #names = new Map<AnyTransitionDefinition, string>();
  readonly #known = new Set<AnyStateMachine>();
  readonly #visits = new Map<string, number>();

  /** Hears of every step from now on. */
  listenTo({ system }: Cluster): void {
    system.stepped = (actor, { taken = [] }) => {
      const row = system.composition.machines[actor.machine];
      if (row !== undefined) this.#know(machineOf(actor, row));
      for (const branch of taken) {
        const name = this.#names.get(branch);
        if (name !== undefined) this.#visits.set(name, (this.#visits.get(name) ?? 0) + 1);
      }
    };
  }

  /** What was taken, as a suite says it. */
  suite(): CoveredSuite {
    return {
      universe: [...new Set(this.#names.values())],
      paths: [],
      visits: Object.fromEntries(this.#visits),
    };
  }

  #know(machine: AnyStateMachine): void {
    if (this.#known.has(machine)) return;
    this.#known.add(machine);
    for (const { name, definition } of branchesOfMachine(machine)) {
      this.#names.set(definition, name);
    }
  }
}
