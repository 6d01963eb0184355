import type { Outline, OutlineState, OutlineTransition } from "./outline.ts";

/** Somebody tells somebody something. */
export interface Telling {
  /** Addresses, as `podWorker/default/web`; users and faults are `outside`. */
  readonly from: string;
  readonly to: string;
  readonly event: string;
}

/** Of whom a composition tells. */
export interface Composed {
  readonly id: string;
  readonly description?: string | undefined;
  /** What somebody is, in a sentence. */
  readonly about?: (name: string) => string | undefined;
}

/**
 * Who sends what to whom, as an outline that every exporter draws: a state for each machine, not
 * for each of its actors, and for each event a transition to who gets it.
 */
export function compositionOutline(
  tellings: Iterable<Telling>,
  { id, description, about }: Composed,
): Outline {
  const told = new Map<string, Map<string, OutlineTransition>>();
  for (const { from, to, event } of tellings) {
    const [sender, receiver] = [machineOf(from), machineOf(to)];
    const own = told.get(sender) ?? new Map<string, OutlineTransition>();
    told.set(sender, own);
    if (!told.has(receiver)) told.set(receiver, new Map());
    const key = `${receiver} ${event}`;
    if (!own.has(key)) own.set(key, transitionTo(receiver, event));
  }
  const states = [...told].map(([name, own]) => {
    return { ...stateOf(name, about?.(name)), transitions: inOrder([...own.values()]) };
  });
  const root = { ...stateOf(id, description), path: "", type: "compound", states } as const;
  return { id, description, delays: [], root };
}

/** What goes the same way stands at one arrow, for those who would draw an arrow for each. */
export function bundled({ root, ...outline }: Outline): Outline {
  const states = root.states.map((state) => {
    const byTarget = new Map<string, OutlineTransition>();
    for (const one of state.transitions) {
      const key = one.targets.join(" ");
      const known = byTarget.get(key);
      byTarget.set(key, known === undefined ? one : withBoth(known, one));
    }
    return { ...state, transitions: [...byTarget.values()] };
  });
  return { ...outline, root: { ...root, states } };
}

function withBoth(one: OutlineTransition, other: OutlineTransition): OutlineTransition {
  const words = [one, other].map(({ trigger }) => (trigger.kind === "on" ? trigger.event : ""));
  return { ...one, trigger: { kind: "on", event: words.join(", ") } };
}

/** What one receiver gets stands together. */
function inOrder(transitions: readonly OutlineTransition[]): readonly OutlineTransition[] {
  const receivers = [...new Set(transitions.map(({ targets }) => targets.join()))];
  return receivers.flatMap((receiver) => {
    return transitions.filter(({ targets }) => targets.join() === receiver);
  });
}

function stateOf(name: string, description: string | undefined): OutlineState {
  return {
    path: name,
    key: name,
    type: "atomic",
    description,
    sources: [],
    tags: [],
    entry: [],
    exit: [],
    initial: undefined,
    states: [],
    transitions: [],
  };
}

function transitionTo(target: string, event: string): OutlineTransition {
  return {
    trigger: { kind: "on", event },
    branch: 0,
    targets: [target],
    reenter: false,
    guard: undefined,
    actions: [],
    description: undefined,
    sources: [],
    gate: undefined,
    since: undefined,
    until: undefined,
  };
}

/** Of an address, or what has none. */
function machineOf(address: string): string {
  return address.split("/", 1)[0] ?? address;
}
