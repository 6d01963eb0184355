import type { OutlineName, OutlineState, OutlineTransition, OutlineTrigger } from "./outline.ts";

/** `image.pulled [isFresh] / record(Pulled), answer`, as UML writes a transition. */
export function transitionLabel({ trigger, branch, guard, actions, ...rest }: OutlineTransition) {
  const { gate, since, until } = rest;
  const condition = guard === undefined ? (branch > 0 ? "else" : undefined) : nameLabel(guard);
  const versions = [
    ...(gate === undefined ? [] : [gate]),
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
  ];
  return [
    triggerLabel(trigger),
    ...(condition === undefined ? [] : [`[${condition}]`]),
    ...(versions.length === 0 ? [] : [`(${versions.join(", ")})`]),
    ...(actions.length === 0 ? [] : [`/ ${namesLabel(actions)}`]),
  ].join(" ");
}

/** What happens without leaving the state, one a line. */
export function insideOf({ entry, exit, transitions }: OutlineState): readonly string[] {
  return [
    ...(entry.length === 0 ? [] : [`entry / ${namesLabel(entry)}`]),
    ...(exit.length === 0 ? [] : [`exit / ${namesLabel(exit)}`]),
    ...transitions.filter(({ targets }) => targets.length === 0).map(transitionLabel),
  ];
}

/** What fits into a picture: at most one line. */
export function shortDescription({ description = "" }: OutlineState): readonly string[] {
  return description === "" || description.length > longestDescription ? [] : [description];
}

const longestDescription = 60;

/** Actions in the order in which they run. */
function namesLabel(names: readonly OutlineName[]): string {
  return names.map(nameLabel).join(", ");
}

/** `record(Pulled)`; a constant that is no word is told with its key, as in `exit(code=0)`. */
function nameLabel({ name, params = {} }: OutlineName): string {
  const constants = Object.entries(params).map(([key, value]) => {
    return typeof value === "string" ? value : `${key}=${JSON.stringify(value)}`;
  });
  return constants.length === 0 ? name : `${name}(${constants.join(", ")})`;
}

function triggerLabel(trigger: OutlineTrigger): string {
  switch (trigger.kind) {
    case "on":
      return trigger.event;
    case "after":
      return `after ${trigger.delay}`;
    case "always":
      return "always";
  }
}
