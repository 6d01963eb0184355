import { isNode } from "../../machines/api/objects.ts";
import type { StoreChange } from "../store/change.ts";
import type { SettleContext } from "../system/composition.ts";
import type { ElectedComponent } from "../../machines/controllers/leader-election/elected-components.ts";
import { hears } from "../system/control-plane.ts";
import { controllersHear } from "../system/controllers-informer.ts";
import { furnishersHear } from "../system/furniture-informer.ts";
import { garbageCollectorsHear } from "../system/garbage-informer.ts";
import { crdFinalizerHears, namespaceControllerHears } from "../system/emptiers-informer.ts";
import { nodeControllersHear } from "../system/nodes-informer.ts";
import { proxiesHear } from "../system/proxies-informer.ts";
import { quotasHear } from "../system/quotas.ts";
import { schedulerHears } from "../system/scheduler-informer.ts";
import { customControllersHear } from "../system/custom-controllers.ts";
import { endpointsControllersHear } from "../system/services-informer.ts";
import type { KubeWorld } from "../system/world.ts";

type Context = Pick<SettleContext<KubeWorld>, "world" | "now" | "send">;

/** Of the controllers, in the order in which they hear of a change. */
const informers = [
  controllersHear,
  endpointsControllersHear,
  nodeControllersHear,
  garbageCollectorsHear,
  namespaceControllerHears,
  furnishersHear,
  crdFinalizerHears,
];

/** Who leads hears of a change, and every kube-proxy. */
export function inform(context: Context, change: StoreChange): void {
  const { world, now, send } = context;
  if (hears(world, "kube-scheduler", change)) tell(context, "kube-scheduler", change);
  const isManaged = hears(world, "kube-controller-manager", change);
  if (isManaged) tell(context, "kube-controller-manager", change);
  for (const message of proxiesHear(world, change)) send(message);
  for (const message of customControllersHear(world, change)) send(message);
  if (isManaged) quotasHear(world, change, now);
}

function tell(context: Context, component: ElectedComponent, change: StoreChange): void {
  const { world, now, send } = context;
  if (component === "kube-scheduler") {
    for (const message of schedulerHears(context, change)) send(message);
    return;
  }
  for (const hear of informers) for (const message of hear(world, change, now)) send(message);
}

/** Whoever has just begun to lead finds all objects, its nodes first, as if they had just come. */
export function informOfAll(context: Context, component: ElectedComponent): void {
  const { store } = context.world;
  const objects = store.kindNames().flatMap((kind) => store.list(kind));
  const ordered = [...objects.filter(isNode), ...objects.filter((one) => !isNode(one))];
  for (const object of ordered) retell(context, component, { type: "ADDED", object });
}

/** What was missed is told later. */
export function retell(context: Context, component: ElectedComponent, change: StoreChange): void {
  tell(context, component, change);
  if (component !== "kube-controller-manager") return;
  quotasHear(context.world, change, context.now);
}
