import {
  leaseDurationMs,
  retryPeriodMs,
} from "../../machines/controllers/leader-election/leader-election.ts";
import type { ControlPlane } from "../manifest/scenario/components.ts";
import type { Handler, Message, Receiver } from "../system/composition.ts";
import {
  electedComponents,
  type ElectedComponent,
} from "../../machines/controllers/leader-election/elected-components.ts";
import { electing } from "../system/controllers-side.ts";
import { endProcess, leadersOf } from "../system/control-plane.ts";
import { theCycle } from "../system/routes/scheduling.ts";
import type { KubeWorld } from "../system/world.ts";
import { optionalMachineNames } from "./optional-machines.ts";
import { informOfAll } from "./informers.ts";

/** `control-plane-1`, …; none where nothing is asked for. */
function hostsOf(options: ControlPlane | undefined): readonly string[] {
  return Array.from({ length: options?.instances ?? 0 }, (_, nth) => `control-plane-${nth + 1}`);
}

/** Whoever runs of the controllers, with those who elect who leads. */
export function startControlPlane(
  world: KubeWorld,
  { without = [], controlPlane: asked }: StartedWith,
  scenario: Pick<StartedWith, "controlPlane">,
): void {
  const running = optionalMachineNames.filter((one) => !without.includes(one));
  const hosts = hostsOf(asked ?? scenario.controlPlane);
  world.startControllers([...running, ...(hosts.length > 0 ? electing(hosts) : [])]);
}

interface StartedWith {
  readonly without?: readonly string[];
  readonly controlPlane?: ControlPlane;
}

/** What begins and ends with who leads. */
export const controlPlane: Handler<KubeWorld> = (context) => {
  const { world, event, from, send, end, self } = context;
  const component = electedComponents.find((one) => from?.subject.object === leaseOf(one));
  if (component === undefined) return;
  if (event.type === "leading.begun") {
    informOfAll(context, component);
    if (component === "kube-scheduler") send(attemptNext);
    return;
  }
  if (leadersOf(world, component).length === 0) end(endProcess(world, component));
  send({ to: self, event: { type: "leader.awaited" }, delayMs: longestTakeoverMs, key: component });
};

/** So long a run goes on for somebody who may take the Lease: its duration and a retry. */
const longestTakeoverMs = leaseDurationMs + 3 * retryPeriodMs;

/** Is anybody there who may be tried? */
export const attemptNext: Message = {
  to: theCycle,
  event: { type: "queue.checked" },
  view: "queueChecked",
};

/** Every process that may lead is started. */
export function firstOf({ controllers }: KubeWorld): readonly Message[] {
  return electedComponents.flatMap((component) => {
    return controllers.hosts.map((host) => {
      return { to: electorOf(component, host), event: { type: "component.started" } };
    });
  });
}

export function electorOf(component: ElectedComponent, host: string): Receiver {
  return { machine: "leaderElection", subject: { object: leaseOf(component), part: host } };
}

function leaseOf(component: ElectedComponent): string {
  return `kube-system/${component}`;
}
