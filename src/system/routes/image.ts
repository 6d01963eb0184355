import { pullQPSExceeded } from "../../../machines/kubelet/image-messages.ts";
import { imageBackOffLimits } from "../../../machines/kubelet/image-back-off.ts";
import { imagePullMachine } from "../../../machines/kubelet/image-pull.machine.ts";
import { imagePullerMachine } from "../../../machines/kubelet/image-puller.machine.ts";
import { parseImageNameError } from "../../../machines/kubelet/image-reference.ts";
import { pullLimits } from "../../../machines/kubelet/pull-limits.ts";
import type { ImagePresence } from "../../../machines/kubelet/next-pull.ts";
import { containerNamed } from "../../../machines/kubelet/slot.ts";
import type {
  Emission,
  MachineRow,
  Receiver,
  Route,
  Routes,
  Subject,
  View,
} from "../composition.ts";
import { gatesOfImages } from "../gates.ts";
import * as image from "../projections/image.ts";
import { presenceFor } from "../projections/image-access.ts";
import * as line from "../projections/pull-line.ts";
import type { KubeWorld } from "../world.ts";
import { toHandler, telling, viewing } from "./receivers.ts";

/** A pull's subject is `{ pod, part: image as written }`, the puller's its node. */
export const imageMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  imagePull: {
    machine: imagePullMachine,
    input: () => imageBackOffLimits,
    exists: (world, { pod = "" }) => world.findSide(pod) !== undefined,
    gates: gatesOfImages,
    periodicDelays: ["pullBackOff", "failureForgetting"],
  },
  imagePuller: {
    machine: imagePullerMachine,
    input: (world, { node }) => pullLimits(world.node(node).configuration ?? {}),
    exists: () => true,
    periodicDelays: ["refill"],
  },
};

/** Who asks for an image sends `image.requested` with the view `imageRequested`, as origin. */
export const imageRoutes: Routes<KubeWorld> = {
  imagePull: {
    ImageStatus: [{ to: toHandler("registry") }],
    "event.recorded": [{ project: image.recordPulling }],
    "pull.requested": [{ project: line.joinLine, to: telling("imagePuller", pullerOf) }],
    PullImage: [{ project: line.countAttempt, to: toHandler("registry") }],
    "image.ensured": [
      {
        project: image.recordEnsured,
        to: telling("containerStart", line.imageRequesterOf),
        detail: image.ensuredDetail,
      },
    ],
    "image.refused": [
      {
        project: image.recordRefused,
        to: telling("containerStart", line.imageRequesterOf),
        detail: image.refusalDetail,
      },
    ],
    "pull.ended": [
      { project: line.endTurn, to: telling("imagePuller", pullerOf), view: "pullEnded" },
    ],
  },
  imagePuller: {
    "pull.granted": [{ to: telling("imagePull", line.firstInLine) }, { project: line.beginTurn }],
    "pull.throttled": [
      { to: telling("imagePull", line.firstInLine), detail: () => ({ message: pullQPSExceeded }) },
      { project: line.beginTurn },
    ],
  },
};

/** For the kubelet's own restart: the line before its puller is empty again. */
export const emptyLine: Route<KubeWorld> = {
  project: (world, { from }) => line.forgetTurns(world, from.subject.node ?? ""),
  to: telling("imagePuller", (_, { from: { subject } }) => ({ machine: "imagePuller", subject })),
};

export const imageViews: Readonly<Record<string, View<KubeWorld>>> = {
  imageRequested: viewing("image.requested", (world, { from, to }) => {
    const { spec } = world.side(to.pod).pod;
    const policy = containerNamed(spec, from.container)?.imagePullPolicy ?? "";
    const referenceIsValid = parseImageNameError(to.part ?? "") === undefined;
    return { type: "image.requested", policy, referenceIsValid };
  }),
  /** The runtime knows whether it has the image, the kubelet whether the pod may use it. */
  imageStatus: viewing("ImageStatus.succeeded", (world, { fact, to }) => ({
    type: "ImageStatus.succeeded",
    image: fact["image"] === "absent" ? "absent" : presenceIn(world, to),
  })),
  pullEnded: viewing("pull.ended", (world, { to }) => ({
    type: "pull.ended",
    isAwaited: line.isAwaited(world, to.node),
  })),
};

function presenceIn(world: KubeWorld, subject: Subject): ImagePresence {
  return gatesOfImages(world, subject) === undefined ? presenceFor(world, subject) : "present";
}

function pullerOf(world: KubeWorld, { from }: Emission): Receiver {
  const { node } = world.side(from.subject.pod);
  return { machine: "imagePuller", subject: { node } };
}
