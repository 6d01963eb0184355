import type { Pod } from "../../machines/api/pod.ts";
import { bindingRefusal, bound } from "../../machines/apiserver/binding.ts";
import type { KubeWorld } from "../system/world.ts";
import type { ApiRequest } from "./api-request.ts";

/** Why a pod cannot be bound, or undefined when it has been. pkg/registry/core/pod/storage */
export function bind(world: KubeWorld, { key = "", uid, nodeName = "" }: ApiRequest, now: number) {
  const pod = world.pod(key);
  if (pod === undefined) return `pods "${key.split("/").pop()}" not found`;
  const refusal = bindingRefusal(pod, uid);
  if (refusal !== undefined) return refusal.message;
  world.store.put<Pod>(bound(pod, { node: nodeName }, world.time(now)));
  return undefined;
}
