import type { Pod } from "../../../machines/api/pod.ts";
import type { KubeWorld } from "../world.ts";

/** The imagePullSecrets that do not exist. pkg/kubelet/kubelet_pods.go getPullSecretsForPod */
export function missingPullSecrets(
  world: KubeWorld,
  { metadata, spec }: Pick<Pod, "metadata" | "spec">,
): readonly string[] {
  const { namespace = "default" } = metadata;
  const names = (spec.imagePullSecrets ?? []).map(({ name = "" }) => name).filter(Boolean);
  return names.filter((name) => world.store.get("Secret", `${namespace}/${name}`) === undefined);
}

/** What the Event about them says. */
export function missingPullSecretsMessage(names: readonly string[]): string {
  const list = names.join(", ");
  return `Unable to retrieve some image pull secrets (${list}); attempting to pull the image may not succeed.`;
}
