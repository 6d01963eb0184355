import type { Pod } from "../../../machines/api/pod.ts";
import type { Handle } from "../../../machines/scheduler/framework/handle.ts";
import {
  nodesForStatusCode,
  statusOfNode,
} from "../../../machines/scheduler/framework/node-to-status.ts";
import { newPodInfo, type PodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { defaultProfile } from "../../../machines/scheduler/plugins.ts";
import {
  type Candidate,
  dryRunPreemption,
  pickNodesForPreemption,
  rankedCandidate,
} from "../../../machines/scheduler/preemption/candidates.ts";
import {
  podEligibleToPreemptOthers,
  prepareCandidate,
} from "../../../machines/scheduler/preemption/default-preemption.ts";
import { type Found, schedulePod } from "../../../machines/scheduler/schedule-one.ts";
import {
  failedSchedulingEvent,
  preemptedEvent,
} from "../../../machines/scheduler/scheduling-events.ts";
import {
  notScheduledCondition,
  preemptedCondition,
  type StatusPatch,
  statusPatch,
} from "../../../machines/scheduler/scheduling-failure.ts";
import { handleOf, podOfInput, type WorldInput } from "../../support/scheduler-world.ts";
import {
  type Failure,
  failureOf,
  nodeStatusesOf,
  nominatingOf,
} from "../../support/scheduling-outcome.ts";

export function run({ percentageOfNodesToScore = 0, ...world }: WorldInput): unknown {
  const handle = handleOf(world);
  const preemptor = newPodInfo(podOfInput(world.pod ?? {}));
  const settings = { nextStartNodeIndex: 0, percentageOfNodesToScore };
  const attempt = schedulePod(preemptor, defaultProfile, handle, settings);
  if (attempt.type === "fits") return { fits: true };
  if (attempt.type !== "unfit") return attempt;
  const failure = failureOf(attempt.found, handle);
  const tried = dryRun(attempt.found, preemptor, handle);
  const hasTie = tried.selected.length > 1;
  return {
    filterMessage: failure.error,
    nodeStatuses: nodeStatusesOf(attempt.found.diagnosis.nodeToStatus),
    ...tried.answer,
    ...(hasTie ? {} : outcome(preemptor, failure, handle)),
  };
}

function dryRun(
  { diagnosis: { nodeToStatus }, preFiltered }: Found,
  preemptor: PodInfo,
  handle: Handle,
): { readonly selected: readonly Candidate[]; readonly answer: object } {
  const nominated = preemptor.pod.status?.nominatedNodeName ?? "";
  const message = podEligibleToPreemptOthers(
    preemptor,
    statusOfNode(nodeToStatus, nominated),
    handle,
  );
  const eligibility = message === undefined ? { eligible: true } : { eligible: false, message };
  const potential = nodesForStatusCode(nodeToStatus, handle.snapshot, "Unschedulable");
  const potentialNodes = potential.map(({ name }) => name).toSorted();
  if (message !== undefined || potential.length === 0) {
    return { selected: [], answer: { eligibility, potentialNodes } };
  }
  const all = { offset: 0, numCandidates: potential.length };
  const { candidates, nodeStatuses } = dryRunPreemption(preFiltered.state, potential, handle, all);
  const selected = pickNodesForPreemption(candidates, rankedCandidate);
  const written = candidates.map(({ name: node, victims: { pods, numPDBViolations } }) => {
    return { node, numPDBViolations, victims: pods.map((one) => victimName(one.pod)) };
  });
  const explicit = {
    explicit: nodeStatuses,
    absentNodesStatus: { code: "Skip", reasons: [] },
  } as const;
  const answer = {
    eligibility,
    potentialNodes,
    candidates: written.toSorted((a, b) => (a.node < b.node ? -1 : 1)),
    notCandidates: nodeStatusesOf(explicit),
    ...(selected.length > 0 && { selected: selected.map(({ name }) => name).toSorted() }),
  };
  return { selected, answer };
}

function victimName({ metadata }: Pod): string {
  return metadata.namespace === "default" ? metadata.name : keyOf({ metadata });
}

function outcome(preemptor: PodInfo, { message, postFiltered }: Failure, handle: Handle): object {
  const { pod } = preemptor;
  const { candidates, nominatedNodeName } = postFiltered;
  const [candidate] = candidates;
  const prepared = candidate && prepareCandidate(preemptor, candidate, handle);
  const { victims = [], losesNomination = [] } = prepared ?? {};
  const condition = notScheduledCondition(pod, "Unschedulable", message);
  const patches = [
    ...victims.map((one) =>
      patchOf(one.pod, statusPatch(one.pod.status, preemptedCondition(one.pod, pod))),
    ),
    ...losesNomination.map((one) => patchOf(one.pod, statusPatch(one.pod.status, undefined, ""))),
    patchOf(pod, statusPatch(pod.status, condition, nominatedNodeName)),
  ].flat();
  const deleted = victims.map((one) => keyOf(one.pod)).toSorted();
  const preempted = victims.map((one) => ({
    object: keyOf(one.pod),
    related: keyOf(pod),
    ...preemptedEvent(pod, candidate?.name ?? ""),
  }));
  return {
    failedScheduling: message,
    nominating: nominatingOf(postFiltered),
    events: [
      { object: keyOf(pod), ...failedSchedulingEvent(message) },
      ...preempted.toSorted((a, b) => (a.object < b.object ? -1 : 1)),
    ],
    patches: patches.toSorted((a, b) => (a.pod < b.pod ? -1 : 1)),
    deleted: deleted.length === 0 ? null : deleted,
    ...(candidate && { nominatedPodsOfNode: nominatedAfter(pod, candidate.name, handle) }),
  };
}

/** The nominator after the cycle: the pod stands behind those that were there. */
function nominatedAfter(pod: Pod, nodeName: string, handle: Handle): readonly string[] {
  const before = handle.nominatedPodsForNode(nodeName).map((one) => one.pod.metadata.name);
  return [...before.filter((name) => name !== pod.metadata.name), pod.metadata.name];
}

interface PatchOfPod {
  readonly pod: string;
  readonly subresource: "status";
  readonly patch: { readonly status: StatusPatch };
}

function patchOf(pod: Pod, status: StatusPatch | undefined): readonly PatchOfPod[] {
  if (status === undefined) return [];
  return [{ pod: keyOf(pod), subresource: "status", patch: { status } }];
}

function keyOf({ metadata: { namespace = "", name } }: Pick<Pod, "metadata">): string {
  return `${namespace}/${name}`;
}
