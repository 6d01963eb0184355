import type { Pod } from "../../../machines/api/pod.ts";
import { volumeMachine } from "../../../machines/kubelet/volume.machine.ts";
import type { Emission, MachineRow, Receiver, Routes, View } from "../composition.ts";
import { recordPodEvent } from "../projections/events.ts";
import { missingPullSecrets } from "../projections/pull-secrets.ts";
import type { KubeWorld } from "../world.ts";
import { isOnNode, ofPod, podOf, toHandler, viewing } from "./receivers.ts";

/** The mounts of a pod's volumes. */
export const volumeMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  volume: { machine: volumeMachine, exists: isOnNode, input: () => ({}) },
};

export const volumeRoutes: Routes<KubeWorld> = {
  volume: {
    Mount: [{ to: toHandler("volumes"), asOrigin: true }],
    "volume.mounted": [
      { project: noteMounted(true) },
      { to: ofPod("podSync"), view: "volumesObserved" },
    ],
    "volume.unmounted": [
      { project: noteMounted(false) },
      { to: ofPod("podTermination"), view: "volumesObserved" },
    ],
    "event.recorded": [
      {
        project: (world, { from, now, detail }) =>
          recordPodEvent(world, now, from.subject.pod, {
            type: "Warning",
            reason: "FailedMount",
            message: String(detail?.["message"] ?? ""),
          }),
      },
    ],
  },
};

export const volumeViews: Readonly<Record<string, View<KubeWorld>>> = {
  volumesObserved: viewing("volumes.observed", (world, { to }) => {
    const { pod, mounted } = world.side(to.pod);
    const names = mountedVolumes(pod);
    const areMounted = names.every((name) => mounted.includes(name));
    return {
      type: "volumes.observed",
      areMounted,
      areUnmounted: mounted.length === 0,
      missesPullSecrets: missingPullSecrets(world, pod).length > 0,
    };
  }),
};

/** Each volume of the emitter's pod. */
export function volumesOf(world: KubeWorld, { from }: Emission): readonly Receiver[] {
  const pod = podOf(from.subject);
  const names = mountedVolumes(world.side(pod).pod);
  return names.map((name) => ({ machine: "volume", subject: { pod, part: name } }));
}

/** Volumes that the kubelet mounts for a pod: all but those that nobody has to prepare. */
function mountedVolumes({ spec }: Pick<Pod, "spec">): readonly string[] {
  return (spec.volumes ?? []).map(({ name }) => name);
}

function noteMounted(isMounted: boolean) {
  return (world: KubeWorld, { from }: Emission): void => {
    const { pod, part = "" } = from.subject;
    const others = world.side(pod).mounted.filter((name) => name !== part);
    world.change(pod, { mounted: isMounted ? [...others, part] : others });
  };
}
