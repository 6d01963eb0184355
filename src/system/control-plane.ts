import type { ElectedComponent } from "../../machines/controllers/leader-election/elected-components.ts";
import type { StoreChange } from "../store/change.ts";
import { addressOf, type MachineRow, type Receiver } from "./composition.ts";
import type { KubeWorld } from "./world.ts";

type Controlled = Pick<KubeWorld, "controllers">;

/** Whether somebody does what the component is there for; without leader election always. */
export function isLed({ controllers }: Controlled, component: ElectedComponent): boolean {
  if (!controllers.elects(component)) return true;
  return leadersOf({ controllers }, component).some((host) => {
    return !isCutOff({ controllers }, component, host);
  });
}

/** The hosts whose process leads: more than one would be a mistake. */
export function leadersOf({ controllers }: Controlled, component: string): readonly string[] {
  return controllers.recall("leaders", component) ?? [];
}

/** Whether a process reaches no API server. */
export function isCutOff({ controllers }: Controlled, component: string, host: string): boolean {
  return controllers.recall("cutOff", `${component} ${host}`) === true;
}

/** Whether a request of the component's leader comes through. */
export function isReached(world: KubeWorld, component: ElectedComponent): boolean {
  return leadersOf(world, component).length === 0 || isLed(world, component);
}

/** Whether a leader hears of a change; one that is cut off hears of it once it is not. */
export function hears(world: Controlled, component: ElectedComponent, change: StoreChange) {
  if (isLed(world, component)) return true;
  const { controllers } = world;
  if (leadersOf(world, component).length === 0) return false;
  const missed = controllers.recall("missed", component) ?? [];
  controllers.remember("missed", component, [...missed, change]);
  return false;
}

/** Whom a program of the control plane waits for. */
export function dependencyOf(component: string): string | undefined {
  if (component === "etcd") return undefined;
  return component === "kube-apiserver" ? "etcd" : "kube-apiserver";
}

/** Whether it answers; where no control plane boots all do. */
export function serves({ controllers }: Controlled, component: string): boolean {
  if (!controllers.runs("controlPlaneComponent")) return true;
  return controllers.recall("serving", component) === true;
}

export function serve({ controllers }: Controlled, component: string): void {
  controllers.remember("serving", component, true);
}

export function endServing({ controllers }: Controlled, component: string): void {
  controllers.remember("serving", component, undefined);
}

/** The rows of machines that one process runs, which keep in mind whom it has begun. */
export function processOf(
  component: ElectedComponent,
  rows: Readonly<Record<string, MachineRow<KubeWorld>>>,
): Readonly<Record<string, MachineRow<KubeWorld>>> {
  const noting = Object.entries(rows).map(([machine, row]) => {
    const input: typeof row.input = (world, subject) => {
      noteBegun(world, component, { machine, subject });
      return row.input(world, subject);
    };
    const exists: typeof row.exists = (world, subject) => {
      return isRun(world, component) && row.exists(world, subject);
    };
    return [machine, { ...row, exists, input }] as const;
  });
  return Object.fromEntries(noting);
}

/** Nobody begins anything where no process leads, not even what one that has ended had planned. */
function isRun(world: KubeWorld, component: ElectedComponent): boolean {
  if (!world.controllers.elects(component)) return true;
  return leadersOf(world, component).length > 0;
}

function noteBegun({ controllers }: KubeWorld, component: string, begun: Receiver): void {
  if (!controllers.elects(component)) return;
  const known = controllers.recall("begun", component) ?? [];
  controllers.remember("begun", component, [...known, begun]);
}

/** All that a process has in memory goes with it; the result are the actors that end. */
export function endProcess(world: KubeWorld, component: ElectedComponent): readonly Receiver[] {
  const { controllers } = world;
  const begun = controllers.recall("begun", component) ?? [];
  for (const receiver of begun) {
    const address = addressOf(receiver);
    for (const kind of ["sync", "memory", "triggerTimes"] as const) {
      controllers.remember(kind, address, undefined);
    }
    controllers.remember("expectations", receiver.subject.object ?? "", undefined);
    controllers.remember("client", receiver.machine, undefined);
  }
  controllers.remember("begun", component, undefined);
  controllers.remember("missed", component, undefined);
  if (component === "kube-scheduler") world.scheduler.restart();
  return begun;
}
