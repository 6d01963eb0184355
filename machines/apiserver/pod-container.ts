import type { Pod } from "../api/pod.ts";
import { type ApiStatus, newBadRequest } from "./api-status.ts";

/**
 * Why a pod's log or a process in it cannot be asked for; undefined where its node is asked.
 * pkg/registry/core/pod/strategy.go validateContainer, streamLocation
 */
export function connectRefusal(
  { metadata, spec }: Pod,
  container: string,
  { needsNode }: { readonly needsNode: boolean },
): ApiStatus | undefined {
  const { initContainers = [], containers, ephemeralContainers = [] } = spec;
  const names = [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
  const { name } = metadata;
  if (container !== "" && !names.includes(container)) {
    return newBadRequest(`container ${container} is not valid for pod ${name}`);
  }
  if (container === "" && containers.length !== 1) {
    const choice = containers.length === 0 ? "" : `, choose one of: [${names.join(" ")}]`;
    return newBadRequest(`a container name must be specified for pod ${name}${choice}`);
  }
  return needsNode && !spec.nodeName
    ? newBadRequest(`pod ${name} does not have a host assigned`)
    : undefined;
}
