import type {
  Mark,
  OutlineName,
  OutlineState,
  OutlineTransition,
  OutlineTrigger,
} from "./outline.ts";

/** `image.pulled [isFresh] / record(Pulled), answer`, as UML writes a transition. */
export function transitionLabel(transition: OutlineTransition): string {
  const { trigger, guard, versions, actions } = labelParts(transition);
  return [
    trigger,
    ...(guard === undefined ? [] : [`[${guard}]`]),
    ...(versions === undefined ? [] : [`(${versions})`]),
    ...(actions.length === 0 ? [] : [`/ ${actions.join(", ")}`]),
  ].join(" ");
}

/** The words of a label, for those who set each kind of them in its own way. */
export interface LabelParts {
  readonly trigger: string;
  /** `else` for a branch after others that has no guard itself. */
  readonly guard: string | undefined;
  /** The gate and the versions that have it, and what a suite or a comparison says of it. */
  readonly versions: string | undefined;
  readonly actions: readonly string[];
}

export function labelParts(transition: OutlineTransition): LabelParts {
  const { trigger, branch, guard, actions, gate, since, until, mark } = transition;
  const versions = [
    ...(gate === undefined ? [] : [gate]),
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(mark === undefined ? [] : [markLabel(mark)]),
  ];
  return {
    trigger: triggerLabel(trigger),
    guard: guard === undefined ? (branch > 0 ? "else" : undefined) : nameLabel(guard),
    versions: versions.length === 0 ? undefined : versions.join(", "),
    actions: actions.map(nameLabel),
  };
}

function markLabel(mark: Mark): string {
  switch (mark.kind) {
    case "taken":
      return `taken by ${mark.times}`;
    case "visited":
      return mark.times === 1 ? "taken once" : `taken ${mark.times} times`;
    case "missed":
      return "never taken";
    case "added":
      return "new";
    case "removed":
      return "gone";
  }
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
export function nameLabel({ name, params = {} }: OutlineName): string {
  const constants = Object.entries(params).map(([key, value]) => {
    const isWord = typeof value === "string" && value !== "";
    return isWord ? value : `${key}=${JSON.stringify(value)}`;
  });
  return constants.length === 0 ? name : `${name}(${constants.join(", ")})`;
}

export function triggerLabel(trigger: OutlineTrigger): string {
  switch (trigger.kind) {
    case "on":
      return trigger.event;
    case "after":
      return `after ${trigger.delay}`;
    case "always":
      return "always";
  }
}
