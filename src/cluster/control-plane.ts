import {
  leaseDurationMs,
  retryPeriodMs,
} from "../../machines/controllers/leader-election/leader-election.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Node } from "../../machines/api/node.ts";
import type { ControlPlane } from "../manifest/scenario/components.ts";
import type { Handler, HandlerContext, Message, Receiver } from "../system/composition.ts";
import {
  electedComponents,
  type ElectedComponent,
} from "../../machines/controllers/leader-election/elected-components.ts";
import { electing } from "../system/controllers-side.ts";
import { endProcess, leadersOf } from "../system/control-plane.ts";
import { theCycle } from "../system/routes/scheduling.ts";
import type { KubeWorld } from "../system/world.ts";
import { beginProcess, bootOf, controlPlaneNode } from "./boot.ts";
import { defaultNode } from "./nodes.ts";
import { optionalMachineNames } from "./optional-machines.ts";
import { informOfAll } from "./informers.ts";

/** `control-plane-1`, …; none where nothing is asked for. */
function hostsOf(options: ControlPlane | undefined): readonly string[] {
  const isAlone = options?.instances === undefined && options?.boot !== true;
  const length = isAlone ? 0 : (options?.instances ?? 1);
  return Array.from({ length }, (_, nth) => `control-plane-${nth + 1}`);
}

/** Whoever runs of the controllers, with those who elect who leads. */
export function startControlPlane(
  world: KubeWorld,
  { without = [], controlPlane: asked }: StartedWith,
  scenario: Pick<StartedWith, "controlPlane">,
): void {
  const running = optionalMachineNames.filter((one) => !without.includes(one));
  const settings = asked ?? scenario.controlPlane;
  const hosts = hostsOf(settings);
  const { components = electedComponents, boot = false, controllers = [] } = settings ?? {};
  const elections = hosts.length > 0 ? electing(hosts, components) : [];
  world.startControllers([
    ...running,
    ...controllers,
    ...elections,
    ...(boot ? ["controlPlaneComponent"] : []),
  ]);
}

interface StartedWith {
  readonly without?: readonly string[];
  readonly controlPlane?: ControlPlane;
}

/** The nodes that nobody has given: so many, and those of a control plane that boots. */
export function nodesBeside(
  { controllers }: KubeWorld,
  objects: readonly KubeObject[],
  asked?: number,
): readonly Node[] {
  const given = objects.filter((object) => object.kind === "Node");
  const extra = asked ?? (given.length === 0 ? 1 : 0);
  const made = Array.from({ length: extra }, (_, nth) => defaultNode(`node-${nth + 1}`, nth));
  if (!controllers.runs("controlPlaneComponent")) return made;
  const first = given.length + extra;
  const own = controllers.hosts.map((host, at) => controlPlaneNode(host, first + at));
  return [...own, ...made];
}

/** What begins and ends with who leads. */
export const controlPlane: Handler<KubeWorld> = (context) => {
  const { world, event, from, send, end, self } = context;
  const component = electedComponents.find((one) => from?.subject.object === leaseOf(one));
  if (from?.machine === "controlPlaneComponent") return changeComponent(context, from);
  if (component === undefined) return;
  if (event.type === "leading.begun") {
    informOfAll(context, component);
    if (component === "kube-scheduler") send(attemptNext);
    return;
  }
  if (leadersOf(world, component).length === 0) end(endProcess(world, component));
  send({ to: self, event: { type: "leader.awaited" }, delayMs: longestTakeoverMs, key: component });
};

/** What follows from it that a program of a booting control plane begins, runs or ends. */
function changeComponent(context: HandlerContext<KubeWorld>, { subject }: Receiver): void {
  const { event, send } = context;
  if (event.type === "process.asked") return beginProcess(context);
  const component = electedComponents.find((one) => one === subject.object);
  const type = electorEvents[event.type];
  if (component === undefined || type === undefined) return;
  send({ to: electorOf(component, subject.part ?? ""), event: { type } });
}

const electorEvents: Readonly<Record<string, string>> = {
  "component.runs": "component.started",
  "component.ends": "component.stopped",
  "component.dies": "component.killed",
};

/** So long a run goes on for somebody who may take the Lease: its duration and a retry. */
const longestTakeoverMs = leaseDurationMs + 3 * retryPeriodMs;

/** Is anybody there who may be tried? */
export const attemptNext: Message = {
  to: theCycle,
  event: { type: "queue.checked" },
  view: "queueChecked",
};

/** Every process that may lead is started, or all programs of the control plane. */
export function firstOf({ controllers }: KubeWorld): readonly Message[] {
  if (controllers.runs("controlPlaneComponent")) return bootOf({ controllers });
  const elected = electedComponents.filter((one) => controllers.elects(one));
  return elected.flatMap((component) => {
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
