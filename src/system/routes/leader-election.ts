import { leaderElectionMachine } from "../../../machines/controllers/leader-election/leader-election.machine.ts";
import type { MachineRow, Route, Routes } from "../composition.ts";
import * as election from "../projections/leader-election.ts";
import type { KubeWorld } from "../world.ts";
import { ofController } from "./controllers.ts";
import { toHandler } from "./receivers.ts";

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
  },
};
