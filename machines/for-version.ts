import type { AnyStateMachine } from "xstate";

import { enteredStates } from "./entered-states.ts";
import { defaultMinor, gateIsOn, isWithin, type Minor } from "./feature-gates.ts";

/** A Kubernetes to look at: a minor, and the gates that somebody set otherwise than by default. */
export interface KubernetesVersion {
  readonly version?: Minor;
  readonly featureGates?: Readonly<Record<string, boolean>>;
}

/**
 * The machine without the transitions that its chart gives to other minors (`since`, `until`, both
 * inclusive) or to a `gate` that is off, and without the states that only these lead to. A machine
 * file whose chart has such transitions exports `forVersion(setup(…).createMachine(…))`, which is
 * 1.35 with default gates; what was left out is kept in `config.everyVersion`, so that every other
 * version can be asked of that machine too.
 */
export function forVersion<M extends AnyStateMachine>(
  machine: M,
  { version = defaultMinor, featureGates = {} }: KubernetesVersion = {},
): M {
  const config: unknown = machine.config;
  const everyVersion = isRecord(config) ? (config["everyVersion"] ?? config) : config;
  const filtered = filterState(everyVersion, (meta) => {
    const [gate, since, until] = ["gate", "since", "until"].map((key) => textAt(meta, key));
    if (gate !== undefined && !gateIsOn(gate, version, featureGates)) return false;
    return isWithin(version, since, until);
  });
  const { states } = filtered;
  const entered = enteredStates(rebuild(machine, filtered));
  const left = [...enteredStates(rebuild(machine, everyVersion))].filter((path) => {
    return !entered.has(path);
  });
  return rebuild(machine, { ...filtered, states: withoutStates(states, left), everyVersion });
}

/** The machine with every transition of its chart, whatever minor or gate it belongs to. */
export function everyVersionOf<M extends AnyStateMachine>(machine: M): M {
  const config: unknown = machine.config;
  const everyVersion = isRecord(config) ? config["everyVersion"] : undefined;
  return everyVersion === undefined ? machine : rebuild(machine, everyVersion);
}

/** The states without those at these paths. */
function withoutStates(states: unknown, paths: readonly string[], above = ""): unknown {
  if (paths.length === 0) return states;
  return mapFields(states, (state, key) => {
    const path = `${above}${key}`;
    if (paths.includes(path) || !isRecord(state)) return undefined;
    const below = withoutStates(state["states"], paths, `${path}.`);
    return below === undefined ? state : { ...state, states: below };
  });
}

type Applies = (meta: unknown) => boolean;

function filterState(state: unknown, applies: Applies): Record<string, unknown> {
  const fields = isRecord(state) ? state : {};
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const kept = filterField(key, value, applies);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

function filterField(key: string, value: unknown, applies: Applies): unknown {
  if (key === "always") return filterTransitions(value, applies);
  if (key === "states") return mapFields(value, (state) => filterState(state, applies));
  if (key !== "on" && key !== "after") return value;
  return mapFields(value, (transitions) => filterTransitions(transitions, applies));
}

/** Nothing when no branch is left, so that the event is as unknown as in that version. */
function filterTransitions(value: unknown, applies: Applies): unknown {
  if (!Array.isArray(value)) return appliesTo(value, applies) ? value : undefined;
  const branches = value.filter((branch) => appliesTo(branch, applies));
  return branches.length === 0 && value.length > 0 ? undefined : branches;
}

function appliesTo(transition: unknown, applies: Applies): boolean {
  return !isRecord(transition) || applies(transition["meta"]);
}

function mapFields(value: unknown, change: (field: unknown, key: string) => unknown): unknown {
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, change(field, key)] as const);
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

/** The same class with the same implementations; only the config is another. */
function rebuild<M extends AnyStateMachine>(machine: M, config: unknown): M {
  return Reflect.construct(machine.constructor, [config, machine.implementations]);
}

function textAt(meta: unknown, key: string): string | undefined {
  const value = isRecord(meta) ? meta[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
