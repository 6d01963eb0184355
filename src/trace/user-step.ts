import type { ObjectChange } from "./timeline.ts";

/** What a user typed, and the objects that it names; none where files or selectors say which. */
export interface UserStep {
  readonly atMs: number;
  /** `delete pod web`, with or without the word kubectl. */
  readonly text: string;
  readonly namespace: string;
  readonly names: readonly string[];
}

/** The line of kubectl that a change of an object answers: requests are answered at once. */
export function userStepOf(
  steps: readonly UserStep[],
  { atMs, object }: Pick<ObjectChange, "atMs" | "object">,
): string | undefined {
  const { name, namespace = "default" } = object.metadata;
  const step = steps.findLast(
    (one) =>
      one.atMs === atMs &&
      one.namespace === namespace &&
      (one.names.length === 0 || one.names.includes(name)),
  );
  return step && `kubectl ${step.text.replace(/^kubectl\s+/, "")}`;
}
