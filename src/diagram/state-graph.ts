import type { Outline, OutlineState, OutlineTransition } from "./outline.ts";

/** States that some system can be in, the first one where it begins, and its steps. */
export interface StateGraph {
  readonly states: readonly {
    readonly name: string;
    /** Nothing leads on from it. */
    readonly isEnd: boolean;
  }[];
  /** Places among the states. */
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    /** What happens, and what is decided in it. */
    readonly event: string;
    readonly picks: readonly string[];
  }[];
}

/** A graph of states as an outline that every exporter draws. */
export function graphOutline(
  { id, description }: Pick<Outline, "id" | "description">,
  { states, edges }: StateGraph,
): Outline {
  const pathOf = (at: number): string => states[at]?.name ?? "";
  const transitions = states.map((): OutlineTransition[] => []);
  for (const { from, to, event, picks } of edges) {
    const own = transitions[from];
    const branch = own?.filter(({ trigger }) => trigger.kind === "on" && trigger.event === event);
    own?.push(transitionOf(pathOf(to), event, picks, branch?.length ?? 0));
  }
  const inner = states.map(({ name, isEnd }, at): OutlineState => {
    const type = isEnd ? "final" : "atomic";
    return { ...bare, path: pathOf(at), key: name, type, transitions: transitions[at] ?? [] };
  });
  const root = {
    ...bare,
    path: "",
    key: id,
    description,
    type: "compound",
    states: inner,
  } as const;
  return { id, description, delays: [], root: { ...root, initial: pathOf(0) } };
}

const bare = {
  description: undefined,
  sources: [],
  tags: [],
  entry: [],
  exit: [],
  initial: undefined,
  states: [],
  transitions: [],
} as const;

function transitionOf(
  target: string,
  event: string,
  picks: readonly string[],
  branch: number,
): OutlineTransition {
  return {
    trigger: { kind: "on", event },
    branch: picks.length === 0 ? 0 : branch,
    targets: [target],
    reenter: false,
    guard: picks.length === 0 ? undefined : { name: picks.join(", ") },
    actions: [],
    description: undefined,
    sources: [],
    gate: undefined,
    since: undefined,
    until: undefined,
  };
}
