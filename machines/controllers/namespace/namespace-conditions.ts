import { compareText } from "../../api/compare-text.ts";
import { formatTime } from "../../api/time.ts";
import type { WorkloadCondition } from "../../api/workload-objects.ts";

/** What is left of a namespace, and what could not be deleted. */
export interface NamespaceRemains {
  /** How many objects there are, by `configmaps.` or `deployments.apps`; undefined: not counted. */
  readonly resources?: ReadonlyMap<string, number>;
  /** How many objects a finalizer holds. */
  readonly finalizers?: ReadonlyMap<string, number>;
  /** Why resources could not be emptied. */
  readonly errors: readonly string[];
}

/** status_condition_utils.go updateConditions; the same list where nothing has changed. */
export function updateConditions(
  conditions: readonly WorkloadCondition[],
  remains: NamespaceRemains,
  nowMs: number,
): readonly WorkloadCondition[] {
  const lastTransitionTime = formatTime(nowMs);
  const found = [contentFailure(remains), ...contentTotals(remains)].flatMap((one) => one ?? []);
  let updated = conditions;
  for (const [type, reason, message] of ok) {
    const next = found.find((one) => one.type === type) ?? {
      type,
      status: "False",
      reason,
      message,
    };
    const at = updated.findIndex((one) => one.type === type);
    const old = updated[at];
    if (old === undefined) updated = [...updated, { ...next, lastTransitionTime }];
    else if (isOther(old, next)) {
      const since = old.status === next.status ? old.lastTransitionTime : lastTransitionTime;
      updated = updated.with(at, { ...old, ...next, ...(since && { lastTransitionTime: since }) });
    }
  }
  return updated;
}

function isOther(old: WorkloadCondition, next: WorkloadCondition): boolean {
  return old.status !== next.status || old.message !== next.message || old.reason !== next.reason;
}

/** makeDeleteContentCondition */
function contentFailure({ errors }: NamespaceRemains): WorkloadCondition | undefined {
  if (errors.length === 0) return undefined;
  const texts = errors.toSorted(compareText).join(", ");
  return {
    type: "NamespaceDeletionContentFailure",
    status: "True",
    reason: "ContentDeletionFailed",
    message: `Failed to delete all resource types, ${errors.length} remaining: ${texts}`,
  };
}

/** ProcessContentTotals */
function contentTotals({ resources, finalizers }: NamespaceRemains): readonly WorkloadCondition[] {
  const left = counted(resources, (one, count) => `${one} has ${count} resource instances`);
  const held = counted(finalizers, (one, count) => `${one} in ${count} resource instances`);
  return [
    ...left.map(
      (texts): WorkloadCondition => ({
        type: "NamespaceContentRemaining",
        status: "True",
        reason: "SomeResourcesRemain",
        message: `Some resources are remaining: ${texts}`,
      }),
    ),
    ...held.map(
      (texts): WorkloadCondition => ({
        type: "NamespaceFinalizersRemaining",
        status: "True",
        reason: "SomeFinalizersRemain",
        message: `Some content in the namespace has finalizers remaining: ${texts}`,
      }),
    ),
  ];
}

/** One text of all that there is; none where there is nothing. */
function counted(
  counts: ReadonlyMap<string, number> = new Map(),
  tell: (name: string, count: number) => string,
): readonly string[] {
  const texts = [...counts].map(([name, count]) => tell(name, count)).toSorted(compareText);
  return texts.length === 0 ? [] : [texts.join(", ")];
}

/** conditionTypes in their order, with okReasons and okMessages. */
const ok = [
  [
    "NamespaceDeletionDiscoveryFailure",
    "ResourcesDiscovered",
    "All resources successfully discovered",
  ],
  [
    "NamespaceDeletionGroupVersionParsingFailure",
    "ParsedGroupVersions",
    "All legacy kube types successfully parsed",
  ],
  [
    "NamespaceDeletionContentFailure",
    "ContentDeleted",
    "All content successfully deleted, may be waiting on finalization",
  ],
  ["NamespaceContentRemaining", "ContentRemoved", "All content successfully removed"],
  [
    "NamespaceFinalizersRemaining",
    "ContentHasNoFinalizers",
    "All content-preserving finalizers finished",
  ],
] as const;
