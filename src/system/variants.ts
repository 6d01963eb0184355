import type { AnyStateMachine } from "xstate";

import { forVersion } from "../../machines/for-version.ts";
import type { Actor, MachineRow } from "./composition.ts";

/**
 * The machine of an actor that begins: its row's, with the transitions that belong to the gates of
 * the place where it works. They are settled now and stay for its life.
 */
export function machineToBegin<W>(actor: Actor, row: MachineRow<W>, world: W): AnyStateMachine {
  const featureGates = row.gates?.(world, actor.subject);
  if (featureGates === undefined) return row.machine;
  const variant = variantOf(row.machine, featureGates);
  chosen ??= new WeakMap();
  chosen.set(actor, variant);
  return variant;
}

/** The machine that an actor has begun with. */
export function machineOf<W>(actor: Actor, row: MachineRow<W>): AnyStateMachine {
  if (chosen === undefined || row.gates === undefined) return row.machine;
  return chosen.get(actor) ?? row.machine;
}

/** Of the actors with other gates than the defaults; most programs never have one. */
let chosen: WeakMap<Actor, AnyStateMachine> | undefined;

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
