import { discoverNodeDeclaredFeatures } from "../../machines/kubelet/declared-features.ts";
import { featureEnabled } from "../../machines/kubelet/feature-gate-map.ts";
import type { Subject } from "./composition.ts";
import type { KubeWorld } from "./world.ts";

/** A type, not an interface: it is also a record of gates by name. */
type FollowedGates = { readonly RestartAllContainersOnContainerExits: true };

const restartAllContainers: FollowedGates = { RestartAllContainersOnContainerExits: true };

/** The gates of a node's kubelet that change what it does; undefined with the defaults. */
export function gatesOfNode(world: KubeWorld, node: string | undefined): FollowedGates | undefined {
  const { featureGates } = world.node(node).configuration ?? {};
  if (featureGates === undefined) return undefined;
  const isOn = featureEnabled("RestartAllContainersOnContainerExits", featureGates);
  return isOn ? restartAllContainers : undefined;
}

/** The same for the node of a pod, of which the kubelet may not know any more. */
export function gatesOfPod(world: KubeWorld, { pod = "" }: Subject): FollowedGates | undefined {
  const side = world.findSide(pod);
  return side && gatesOfNode(world, side.node);
}

/** The one gate that pulls ask for, where it is off: nobody checks who may use an image. */
export function gatesOfImages(
  world: KubeWorld,
  { pod = "" }: Subject,
): { readonly KubeletEnsureSecretPulledImages: false } | undefined {
  const side = world.findSide(pod);
  const { featureGates } = (side && world.node(side.node).configuration) ?? {};
  if (featureGates === undefined) return undefined;
  const isChecked = featureEnabled("KubeletEnsureSecretPulledImages", featureGates);
  return isChecked ? undefined : { KubeletEnsureSecretPulledImages: false };
}

/** What a node's kubelet says it can do; undefined unless its gate is on. */
export function declaredFeaturesOf(
  world: KubeWorld,
  node: string | undefined,
): readonly string[] | undefined {
  const { configuration } = world.node(node);
  if (configuration?.featureGates === undefined) return undefined;
  return discoverNodeDeclaredFeatures(configuration);
}

/** The one gate that admission asks for, where it is on. */
export function gatesOfAdmission(
  world: KubeWorld,
  { node }: Subject,
): { readonly NodeDeclaredFeatures: true } | undefined {
  const isDeclaring = declaredFeaturesOf(world, node) !== undefined;
  return isDeclaring ? { NodeDeclaredFeatures: true } : undefined;
}
