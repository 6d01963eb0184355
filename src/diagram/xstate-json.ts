import type {
  Outline,
  OutlineName,
  OutlineState,
  OutlineTransition,
  OutlineTrigger,
} from "./outline.ts";

/**
 * The outline as JSON that XState's `createMachine` takes: the same states and transitions, with
 * guards, actions and delays by their names. Their code and the context are no part of it.
 */
export function xstateJson({ id, root }: Outline): string {
  return `${JSON.stringify({ id, ...stateConfig(root, id) }, null, 2)}\n`;
}

/** JSON leaves out what is undefined. */
function stateConfig(state: OutlineState, id: string): object {
  const { type, description, tags, sources, entry, exit, initial, states, transitions } = state;
  const isOf = (kind: OutlineTrigger["kind"]) =>
    transitions.filter(({ trigger }) => trigger.kind === kind);
  return {
    description,
    type: type === "parallel" || type === "final" ? type : undefined,
    tags: someOf(tags),
    meta: someFieldsOf({ source: oneOrMore(sources) }),
    entry: someOf(entry.map(nameConfig)),
    exit: someOf(exit.map(nameConfig)),
    after: branchesByTrigger(isOf("after"), id),
    always: someOf(isOf("always").map((branch) => branchConfig(branch, id))),
    on: branchesByTrigger(isOf("on"), id),
    initial: states.find(({ path }) => path === initial)?.key,
    states: someFieldsOf(
      Object.fromEntries(states.map((child) => [child.key, stateConfig(child, id)])),
    ),
  };
}

function branchesByTrigger(transitions: readonly OutlineTransition[], id: string) {
  const names = new Set(transitions.map(({ trigger }) => nameOf(trigger)));
  const branchesOf = (name: string) =>
    transitions.filter(({ trigger }) => nameOf(trigger) === name);
  return someFieldsOf(
    Object.fromEntries(
      [...names].map((name) => [name, branchesOf(name).map((one) => branchConfig(one, id))]),
    ),
  );
}

function nameOf(trigger: OutlineTrigger): string {
  switch (trigger.kind) {
    case "on":
      return trigger.event;
    case "after":
      return trigger.delay;
    case "always":
      return trigger.kind;
  }
}

/** Targets are whole paths, which mean the same wherever the branch stands. */
function branchConfig(branch: OutlineTransition, id: string): object {
  const { description, guard, targets, reenter, actions, sources, gate, since, until } = branch;
  return {
    description,
    guard: guard === undefined ? undefined : nameConfig(guard),
    target: oneOrMore(targets.map((path) => (path === "" ? `#${id}` : `#${id}.${path}`))),
    reenter: reenter ? true : undefined,
    actions: someOf(actions.map(nameConfig)),
    meta: someFieldsOf({ source: oneOrMore(sources), gate, since, until }),
  };
}

function nameConfig({ name, params }: OutlineName): string | object {
  return params === undefined ? name : { type: name, params };
}

function oneOrMore(texts: readonly string[]): string | readonly string[] | undefined {
  return texts.length === 1 ? texts[0] : someOf(texts);
}

function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function someFieldsOf(fields: Readonly<Record<string, unknown>>): object | undefined {
  return Object.values(fields).every((value) => value === undefined) ? undefined : fields;
}
