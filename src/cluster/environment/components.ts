import type { ComponentFault } from "../../manifest/scenario/components.ts";
import { addressOf, type HandlerContext, type Receiver } from "../../system/composition.ts";
import { leadersOf } from "../../system/control-plane.ts";
import type { KubeWorld } from "../../system/world.ts";
import { componentOn } from "../boot.ts";
import { attemptNext, electorOf } from "../control-plane.ts";
import { retell } from "../informers.ts";

/** What happens to processes that may lead. */
export function changeComponent(
  context: HandlerContext<KubeWorld>,
  { do: what, component, host }: ComponentFault,
): void {
  const { world, send } = context;
  if (!world.controllers.elects(component)) return;
  for (const one of world.controllers.hosts) {
    if (host !== undefined && host !== one) continue;
    const isBooted = world.controllers.runs("controlPlaneComponent");
    const to = isBooted ? componentOn(component, one) : electorOf(component, one);
    const event = events[what];
    const isStarted = what === "component-start";
    if (event !== undefined && (isBooted || runs(world, to) !== isStarted)) send({ to, event });
    if (what === "component-cut-off") cutOff(world, component, one);
    if (what === "component-reconnect") reconnect(context, component, one);
  }
}

/** A process that runs has tried at least once. */
function runs({ controllers }: KubeWorld, elector: Receiver): boolean {
  const address = addressOf(elector);
  const kinds = ["memory", "sync"] as const;
  return kinds.some((kind) => controllers.recall(kind, address) !== undefined);
}

const events: Readonly<Partial<Record<ComponentFault["do"], { readonly type: string }>>> = {
  "component-stop": { type: "component.stopped" },
  "component-kill": { type: "component.killed" },
  "component-start": { type: "component.started" },
};

function cutOff({ controllers }: KubeWorld, component: string, host: string): void {
  controllers.remember("cutOff", `${component} ${host}`, true);
}

/** Its watches go on where they were, so it hears of all that it has missed. */
function reconnect(
  context: HandlerContext<KubeWorld>,
  component: ComponentFault["component"],
  host: string,
): void {
  const { world, send } = context;
  const { controllers } = world;
  controllers.remember("cutOff", `${component} ${host}`, undefined);
  if (!leadersOf(world, component).includes(host)) return;
  const missed = controllers.recall("missed", component) ?? [];
  controllers.remember("missed", component, undefined);
  for (const change of missed) retell(context, component, change);
  if (component === "kube-scheduler") send(attemptNext);
}
