import type { ContainerView, PodView, RecordView } from "./pod-view.ts";
import { findMatchingContainerRestartRule } from "./restart-policy.ts";

/** A container's record that goes before all containers start anew. */
export interface ContainerToReset {
  readonly id: string;
  readonly name: string;
  /** It has not ended: it is killed first. */
  readonly kill: boolean;
}

/**
 * All records of all containers: those whose exit has met a RestartAllContainers rule come last,
 * and init containers behind regular ones. kuberuntime_manager.go getContainersToReset
 */
export function containersToReset(
  { containers, initContainers = [] }: PodView["spec"],
  records: readonly RecordView[] = [],
): readonly ContainerToReset[] {
  const regular = resetsOf(containers, records);
  const init = resetsOf(initContainers, records);
  return [...regular.targets, ...init.targets, ...regular.sources, ...init.sources];
}

function resetsOf(containers: readonly ContainerView[], records: readonly RecordView[]) {
  const sources: ContainerToReset[] = [];
  const targets: ContainerToReset[] = [];
  for (const container of containers) {
    const { name } = container;
    for (const record of records) {
      if (record.name !== name) continue;
      const kill = record.state !== "exited";
      const isSource = !kill && restartsAll(container, record.exitCode ?? 0);
      (isSource ? sources : targets).push({ id: record.id, name, kill });
    }
  }
  return { sources, targets };
}

function restartsAll(container: ContainerView, exitCode: number): boolean {
  return findMatchingContainerRestartRule(container, exitCode)?.action === "RestartAllContainers";
}
