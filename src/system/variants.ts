import type { AnyStateMachine } from "xstate";

import { forVersion } from "../../machines/for-version.ts";
import type { Actor, MachineRow } from "./composition.ts";

/**
 * The machine that an actor runs: its row's, with the transitions that belong to the gates of the
 * place where it works. They are settled when it begins and stay for its life.
 */
export function machineOf<W>(actor: Actor, row: MachineRow<W>, world: W): AnyStateMachine {
  if (row.gates === undefined) return row.machine;
  const known = chosen.get(actor);
  if (known !== undefined) return known;
  const featureGates = row.gates(world, actor.subject);
  const machine = featureGates === undefined ? row.machine : variantOf(row.machine, featureGates);
  chosen.set(actor, machine);
  return machine;
}

const chosen = new WeakMap<Actor, AnyStateMachine>();

/** One machine for each set of gates, so that all who run it share its memo. */
function variantOf(
  machine: AnyStateMachine,
  featureGates: Readonly<Record<string, boolean>>,
): AnyStateMachine {
  const key = JSON.stringify(featureGates);
  const known = variants.get(machine) ?? new Map<string, AnyStateMachine>();
  variants.set(machine, known);
  const variant = known.get(key) ?? forVersion(machine, { featureGates });
  known.set(key, variant);
  return variant;
}

const variants = new WeakMap<AnyStateMachine, Map<string, AnyStateMachine>>();
