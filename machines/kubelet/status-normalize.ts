import type {
  ContainerState,
  ContainerStatus,
  PodCondition,
  PodStatus,
} from "../api/pod-status.ts";
import { formatTime, parseTime } from "../api/time.ts";
import { truncateBytes } from "../api/truncate-bytes.ts";

/** pkg/kubelet/container/runtime.go MaxPodTerminationMessageLogLength */
const maxPodTerminationMessageLogLengthBytes = 12 * 1024;

/** What of a spec decides about order and space. */
export interface NormalSpec {
  readonly containers: readonly unknown[];
  readonly initContainers?: readonly { readonly name: string }[];
  readonly ephemeralContainers?: readonly unknown[];
}

/**
 * What the API would make of it: whole seconds, and messages that share 12 KiB; containers in
 * order. The same object comes back when it is normal.
 * pkg/kubelet/status/status_manager.go normalizeStatus
 */
export function normalizeStatus(spec: NormalSpec, status: PodStatus): PodStatus {
  const { containers, initContainers = [], ephemeralContainers = [] } = spec;
  const count = containers.length + initContainers.length + ephemeralContainers.length;
  const bytes = Math.floor(maxPodTerminationMessageLogLengthBytes / Math.max(count, 1));
  const normal = (list: readonly ContainerStatus[]) =>
    mapKeeping(list, (one) => normalContainer(one, bytes));
  const byName = (list: readonly ContainerStatus[]) => sortedByName(normal(list));
  const bySpec = (list: readonly ContainerStatus[]) => sortedBySpec(normal(list), initContainers);
  let result = status;
  result = withField(result, "startTime", wholeSeconds);
  result = withField(result, "conditions", (list) => mapKeeping(list, normalCondition));
  result = withField(result, "containerStatuses", byName);
  result = withField(result, "initContainerStatuses", bySpec);
  return withField(result, "ephemeralContainerStatuses", byName);
}

/** Statuses of regular containers are listed by name; pkg/kubelet/types/types.go. */
export function sortedByName(list: readonly ContainerStatus[]): readonly ContainerStatus[] {
  const isSorted = list.every(({ name }, index) => (list[index - 1]?.name ?? "") <= name);
  return isSorted
    ? list
    : list.toSorted((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
}

/** Swaps each to its place, so that a status without a container stays behind; types.go. */
function sortedBySpec(
  list: readonly ContainerStatus[],
  containers: readonly { readonly name: string }[],
): readonly ContainerStatus[] {
  if (list.every(({ name }, index) => containers[index]?.name === name)) return list;
  const sorted = [...list];
  let current = 0;
  for (const container of containers) {
    const at = sorted.findIndex(({ name }, index) => index >= current && name === container.name);
    const [here, found] = [sorted[current], sorted[at]];
    if (here === undefined || found === undefined) continue;
    sorted[at] = here;
    sorted[current++] = found;
  }
  return sorted;
}

function normalContainer(status: ContainerStatus, bytes: number): ContainerStatus {
  const normal = (state: ContainerState) => normalState(state, bytes);
  return withField(withField(status, "state", normal), "lastState", normal);
}

function normalState(state: ContainerState, bytes: number): ContainerState {
  const running = withField(state, "running", (one) => withField(one, "startedAt", wholeSeconds));
  return withField(running, "terminated", (one) => {
    const times = withField(withField(one, "startedAt", wholeSeconds), "finishedAt", wholeSeconds);
    return withField(times, "message", (message) => truncateBytes(message, bytes));
  });
}

function normalCondition(condition: PodCondition): PodCondition {
  const probed = withField(condition, "lastProbeTime", wholeSeconds);
  return withField(probed, "lastTransitionTime", wholeSeconds);
}

function wholeSeconds(time: string): string {
  return time.includes(".") ? formatTime(parseTime(time)) : time;
}

/** The same object when the field is absent or comes back unchanged. */
function withField<Whole extends object, Key extends keyof Whole>(
  whole: Whole,
  key: Key,
  change: (value: NonNullable<Whole[Key]>) => Whole[Key],
): Whole {
  const value = whole[key];
  if (value === undefined || value === null) return whole;
  const changed = change(value);
  return changed === value ? whole : { ...whole, [key]: changed };
}

function mapKeeping<Item>(list: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const changed = list.map(change);
  return changed.every((item, index) => item === list[index]) ? list : changed;
}
