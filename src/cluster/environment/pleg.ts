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
  const { cache, runtime } = side;
  const isChanged = hasChanged(cache, runtime);
  if (cache !== runtime) world.change(pod, { cache: runtime });
  for (const container of newlyExited(cache, runtime)) {
    const to = { machine: "restartBackOff", subject: { pod, container } };
    send({ to, event: { type: "container.exited" } });
  }
  const event = { type: isChanged ? "pleg.changed" : "pleg.relisted" };
  send({ to: { machine: "podWorker", subject: self.subject }, event });
};

/** ContainerStarted, ContainerDied or a sandbox's; generic.go generateEvents. */
function hasChanged(cache: RuntimeStatus, runtime: RuntimeStatus): boolean {
  if (cache === runtime) return false;
  return summaryOf(cache) !== summaryOf(runtime);
}

/** Whose end the kubelet learns of now; a sync under way still counts from the one before. */
function newlyExited(cache: RuntimeStatus, runtime: RuntimeStatus): readonly string[] {
  if (cache === runtime) return [];
  const known = new Set(exitedOf(cache).map(({ id }) => id));
  return exitedOf(runtime).flatMap(({ id, name }) => (known.has(id) ? [] : [name]));
}

function exitedOf({ containers = [] }: RuntimeStatus) {
  return containers.filter(({ state }) => state === "exited");
}

function summaryOf({ containers = [], sandboxes = [] }: RuntimeStatus): string {
  const seen = containers.filter(({ state }) => state === "running" || state === "exited");
  const records = [...seen, ...sandboxes].map(({ id, state }) => `${id} ${state}`);
  return records.toSorted().join("\n");
}
