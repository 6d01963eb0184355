import type { Container } from "../../../machines/api/pod.ts";
import type { PodStatus } from "../../../machines/api/pod-status.ts";
import { parseTime } from "../../../machines/api/time.ts";
import type { ReasonCache } from "../../../machines/kubelet/container-statuses.ts";
import type { ProbeResult } from "../../../machines/kubelet/pod-view.ts";
import type { ProbeWorkers, ProbeWorkerView } from "../../../machines/kubelet/probe-status.ts";
import type { RuntimeStatus } from "../../../machines/kubelet/runtime-status.ts";
import { generateAPIPodStatus } from "../../support/generated-status.ts";
import { type PodInput, podOf } from "../../support/pod-input.ts";

interface Input {
  readonly pod: PodInput;
  readonly runtimeStatus: RuntimeStatus;
  readonly oldStatus?: PodStatus;
  readonly podIsTerminal: boolean;
  readonly reasons?: ReasonCache;
  readonly probeResults?: Readonly<Record<string, Results>>;
  readonly evict?: { readonly reason: string; readonly message: string };
  readonly nodeIPs?: readonly string[];
  readonly kubeletNodeIPs?: readonly string[];
  readonly kubeletStartTime?: string;
}

type Results = Readonly<Partial<Record<"startup" | "readiness", ProbeResult>>>;

export function run({
  oldStatus,
  kubeletStartTime,
  probeResults = {},
  ...sources
}: Input): unknown {
  const pod = podOf(sources.pod);
  const { initContainers = [], containers } = pod.spec;
  const status = generateAPIPodStatus({
    ...sources,
    pod,
    probeWorkers: workersOf([...initContainers, ...containers], probeResults),
    ...(oldStatus && { cachedStatus: oldStatus }),
    ...(kubeletStartTime && { kubeletStartMs: parseTime(kubeletStartTime) }),
  });
  return { status };
}

/** In these cases every probe of the spec has its worker. */
function workersOf(
  containers: readonly Container[],
  results: Readonly<Record<string, Results>>,
): ProbeWorkers {
  return Object.fromEntries(
    containers.map(({ name, startupProbe, readinessProbe }) => [
      name,
      {
        ...(startupProbe && { startup: worker(results[name]?.startup) }),
        ...(readinessProbe && { readiness: worker(results[name]?.readiness) }),
      },
    ]),
  );
}

function worker(result: ProbeResult | undefined): ProbeWorkerView {
  return result === undefined ? {} : { result };
}
