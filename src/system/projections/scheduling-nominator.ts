import type { Pod } from "../../../machines/api/pod.ts";
import { keyOf } from "../../store/store.ts";
import type { KubeWorld } from "../world.ts";

/** Nominates a pod that has no node yet; pkg/scheduler/backend/queue/nominator.go. */
export function nominate(world: KubeWorld, pod: Pod, nodeName: string): void {
  forgetNomination(world, pod);
  const known = world.pod(keyOf(pod));
  if (nodeName === "" || known === undefined || (known.spec.nodeName ?? "") !== "") return;
  const { scheduler } = world;
  scheduler.nominations = [...scheduler.nominations, { nodeName, key: keyOf(pod), pod }];
}

/** DeleteNominatedPodIfExists */
export function forgetNomination({ scheduler }: KubeWorld, { metadata }: Pod): void {
  const isOther = ({ pod }: { readonly pod: Pod }) => pod.metadata.uid !== metadata.uid;
  if (scheduler.nominations.every(isOther)) return;
  scheduler.nominations = scheduler.nominations.filter(isOther);
}

/** An object that says nothing of it leaves a nomination as it is: the write may lag behind. */
export function updateNomination(world: KubeWorld, before: Pod, after: Pod): void {
  const said = after.status?.nominatedNodeName ?? "";
  const { uid } = before.metadata;
  const kept = world.scheduler.nominations.find(({ pod }) => pod.metadata.uid === uid)?.nodeName;
  const wasSaid = (before.status?.nominatedNodeName ?? "") !== "";
  nominate(world, after, said === "" && !wasSaid ? (kept ?? "") : said);
}
