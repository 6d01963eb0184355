import { leaderElectionMachine } from "../../../machines/controllers/leader-election/leader-election.machine.ts";
import {
  addressOf,
  type Emission,
  type MachineRow,
  type Receiver,
  type Route,
  type Routes,
  type View,
} from "../composition.ts";
import * as election from "../projections/leader-election.ts";
import type { KubeWorld } from "../world.ts";
import { ofController } from "./controllers.ts";
import { telling, toHandler, viewing } from "./receivers.ts";

/** One for each process that could lead: its Lease, and the host as `part`. */
export const leaderElectionMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  leaderElection: {
    machine: leaderElectionMachine,
    exists: () => true,
    input: (_, subject) => {
      const component = election.componentOf({ machine: "leaderElection", subject });
      return { releasesOnCancel: component === "kube-scheduler" };
    },
    periodicDelays: ["retry", "retryPeriod", "renewDeadline"],
  },
};

/** Who leads, begins with all that there is; with who leads no more, what it had begun ends. */
function told(project: NonNullable<Route<KubeWorld>["project"]>): readonly Route<KubeWorld>[] {
  return [{ project, to: toHandler("controlPlane") }];
}

/** Where its kubelet would start it again. */
function ownComponent({ controllers }: KubeWorld, { from }: Emission): Receiver | undefined {
  if (!controllers.runs("controlPlaneComponent")) return undefined;
  const subject = { object: election.componentOf(from), part: from.subject.part ?? "" };
  return { machine: "controlPlaneComponent", subject };
}

const { "sync.succeeded": attemptEnded = [], ...ofSync } = ofController("leaderElectionStep");

export const leaderElectionRoutes: Routes<KubeWorld> = {
  leaderElection: {
    "sync.begun": ofSync["sync.begun"] ?? [],
    "calls.sent": ofSync["calls.sent"] ?? [],
    "answers.taken": ofSync["answers.taken"] ?? [],
    "attempt.ended": attemptEnded.map(({ project }) => ({ ...(project && { project }) })),
    "leading.begun": told(election.beginLeading),
    "leading.ended": told(election.endLeading),
    "candidacy.ended": [{ project: election.quit }],
    "process.exited": [{ to: telling("controlPlaneComponent", ownComponent) }],
  },
};

export const leaderElectionViews: Readonly<Record<string, View<KubeWorld>>> = {
  leaderElectionStep: viewing("step.found", (world, { to: subject }) => {
    const address = addressOf({ machine: "leaderElection", subject });
    const sync = world.controllers.recall("sync", address);
    // Of a process that has ended meanwhile nothing is left.
    if (sync === undefined) return { type: "step.found", step: "failed", afterMs: 0 };
    const afterMs = Math.ceil(sync.end?.requeueAfterMs ?? 0);
    return { type: "step.found", step: election.leaderElectionStep(sync), afterMs };
  }),
};
