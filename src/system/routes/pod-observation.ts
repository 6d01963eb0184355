import type { Container, Pod } from "../../../machines/api/pod.ts";
import { findContainerStatusByName, type RuntimeView } from "../../../machines/kubelet/pod-view.ts";
import {
  type Allocation,
  resizeRequiresRestart,
} from "../../../machines/kubelet/resize-allocation.ts";
import type { ContainerRecord } from "../../../machines/kubelet/runtime-status.ts";
import { slotOf, slotsOf } from "../../../machines/kubelet/slot.ts";
import { ownRules, type RestartGates } from "../../../machines/kubelet/restart-policy.ts";
import { gatesOfNode } from "../gates.ts";
import type { PodSide } from "../pod-side.ts";
import type { ProbeWorkerNotes } from "../probe-notes.ts";
import { internObject } from "../kernel-event.ts";
import { viewing } from "./receivers.ts";

/** What computePodActions decides by, with slots instead of names and without ids. */
export const podObserved = viewing("pod.observed", (world, { to }) => {
  const side = world.side(to.pod);
  const { metadata, spec } = side.pod;
  const { deletionTimestamp } = metadata;
  return {
    type: "pod.observed",
    pod: {
      ...(deletionTimestamp !== undefined && { metadata: { deletionTimestamp: "set" } }),
      spec: namelessSpec(spec, gatesOfNode(world, side.node)),
    },
    runtime: namelessRuntime(spec, side),
    probeResults: namelessProbeResults(side),
    ...(restartsAll(side) && { restartsAllContainers: true }),
  };
});

/** As the status says that was generated at the beginning of the sync. */
function restartsAll({ generated }: PodSide): boolean {
  const conditions = generated?.conditions ?? [];
  return conditions.some(
    ({ type, status }) => type === "AllContainersRestarting" && status === "True",
  );
}

function namelessSpec(spec: Pod["spec"], gates?: RestartGates): object {
  const namelessSpecs = gates === undefined ? specsUsually : specsBehindGate;
  const known = namelessSpecs.get(spec);
  if (known !== undefined) return known;
  const made = internObject({
    containers: spec.containers.map((one, index) => namelessContainer(one, `c${index}`, gates)),
    initContainers: (spec.initContainers ?? []).map((one, index) =>
      namelessContainer(one, `i${index}`, gates),
    ),
    ephemeralContainers: (spec.ephemeralContainers ?? []).map((_, index) => ({
      name: `e${index}`,
    })),
    ...(spec.restartPolicy && { restartPolicy: spec.restartPolicy }),
    ...(spec.hostNetwork === true && { hostNetwork: true }),
  });
  namelessSpecs.set(spec, made);
  return made;
}

function namelessContainer(one: Container, slot: string, gates?: RestartGates): object {
  const restartPolicyRules = ownRules(one, gates);
  return {
    name: slot,
    ...(one.restartPolicy && { restartPolicy: one.restartPolicy }),
    ...(restartPolicyRules && { restartPolicyRules }),
    ...(one.startupProbe && { startupProbe: {} }),
    ...(one.livenessProbe && { livenessProbe: {} }),
  };
}

const specsUsually = new WeakMap<Pod["spec"], object>();
const specsBehindGate = new WeakMap<Pod["spec"], object>();

/**
 * Only the newest record of each container, and at most two sandboxes, without names and ids. Of a
 * definition only its image may change. pkg/kubelet/container/helpers.go HashContainer
 */
function namelessRuntime(spec: Pod["spec"], { cache, allocation }: PodSide): RuntimeView {
  const { containers = [], sandboxes = [] } = cache;
  const newest = slotsOf(spec).flatMap(([slot, container]) => {
    const { name, image } = container;
    const record = containers.find((one) => one.name === name);
    if (record === undefined) return [];
    const { state, exitCode, reason, specImage = image } = record;
    return [
      {
        name: slot,
        id: slot,
        state,
        ...(exitCode !== undefined && { exitCode }),
        ...(reason === "OOMKilled" && { reason }),
        ...(specImage !== image && { specChanged: true }),
        ...(needsRestart(container, record, allocation) && { resizeRequiresRestart: true }),
      },
    ];
  });
  return {
    containers: newest,
    sandboxes: sandboxes.slice(0, 2).map(({ state, ip, network }, index) => ({
      id: `s${index}`,
      attempt: 0,
      state,
      ...(ip !== undefined && ip !== "" && { ip: "present" }),
      ...(network !== undefined && { network }),
    })),
  };
}

/** Its node has given it resources that only a new process can have. */
function needsRestart(
  container: Container,
  { name, resources = {} }: ContainerRecord,
  allocation: Allocation | undefined,
): boolean {
  const given = allocation?.[name];
  return given !== undefined && resizeRequiresRestart(container, resources, given);
}

/** What the probes have said of the newest container of each name. */
function namelessProbeResults({ pod, probes, cache }: PodSide): object {
  const results: Record<string, object> = {};
  for (const [name, { liveness, startup }] of Object.entries(probes)) {
    const slot = slotOf(pod.spec, name);
    const id = findContainerStatusByName(cache.containers, name)?.id;
    const said = (worker: ProbeWorkerNotes | undefined) =>
      worker?.containerID === id ? worker?.result : undefined;
    const [alive, started] = [said(liveness), said(startup)];
    if (slot === undefined || (alive === undefined && started === undefined)) continue;
    results[slot] = { ...(alive && { liveness: alive }), ...(started && { startup: started }) };
  }
  return results;
}
