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

/** ContainerStarted or ContainerDied, of a sandbox too; generic.go generateEvents. */
function hasChanged(cache: RuntimeStatus, runtime: RuntimeStatus): boolean {
  if (cache === runtime) return false;
  const [before, after] = [statesOf(cache), statesOf(runtime)];
  for (const [id, state] of after) if (state !== before.get(id) && state !== "unknown") return true;
  for (const [id, state] of before) if (state !== "exited" && !after.has(id)) return true;
  return false;
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

/** Nobody is told of a container that is created or whose state becomes unknown. */
function statesOf({ containers = [], sandboxes = [] }: RuntimeStatus) {
  const states = new Map<string, "running" | "exited" | "unknown">();
  for (const { id, state } of containers) states.set(id, state === "created" ? "unknown" : state);
  for (const { id, state } of sandboxes) {
    states.set(id, state === "SANDBOX_READY" ? "running" : "exited");
  }
  return states;
}
