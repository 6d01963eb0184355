import type { RuntimeStatus } from "../../../machines/kubelet/runtime-status.ts";
import type { Handler } from "../../system/composition.ts";
import type { KubeWorld } from "../../system/world.ts";

/**
 * One relist of one pod: the cache becomes what the runtime has, and the worker hears of it. A
 * container that was only created makes no event. pkg/kubelet/pleg/generic.go Relist
 */
export const pleg: Handler<KubeWorld> = ({ world, self, send }) => {
  const { pod = "" } = self.subject;
  const side = world.findSide(pod);
  if (side === undefined) return;
  const isChanged = hasChanged(side.cache, side.runtime);
  if (side.cache !== side.runtime) world.change(pod, { cache: side.runtime });
  const event = { type: isChanged ? "pleg.changed" : "pleg.relisted" };
  send({ to: { machine: "podWorker", subject: self.subject }, event });
};

/** ContainerStarted, ContainerDied or a sandbox's; generic.go generateEvents. */
function hasChanged(cache: RuntimeStatus, runtime: RuntimeStatus): boolean {
  if (cache === runtime) return false;
  return summaryOf(cache) !== summaryOf(runtime);
}

function summaryOf({ containers = [], sandboxes = [] }: RuntimeStatus): string {
  const seen = containers.filter(({ state }) => state === "running" || state === "exited");
  const records = [...seen, ...sandboxes].map(({ id, state }) => `${id} ${state}`);
  return records.toSorted().join("\n");
}
