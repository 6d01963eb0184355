import { parseDuration } from "../../../machines/api/go-duration.ts";
import { canonicalImage } from "../../../machines/kubelet/image-reference.ts";
import type { Emission } from "../composition.ts";
import type { NodeSide } from "../node-side.ts";
import type { KubeWorld } from "../world.ts";

/**
 * Every container of a pod that has ended goes, and its layer and log with it; of other pods
 * nothing, as each container name may keep a dead one. kuberuntime_gc.go evictContainers
 */
export function deleteUnusedContainers(world: KubeWorld, { from }: Emission): void {
  for (const key of world.node(from.subject.node).pods) {
    const { isFinished, runtime } = world.side(key);
    if (!isFinished || (runtime.containers ?? []).length === 0) continue;
    world.change(key, { runtime: { ...runtime, containers: [] } });
  }
}

/**
 * Every image that no container was made from goes, except those found on the node lately.
 * pkg/kubelet/images/image_gc_manager.go DeleteUnusedImages
 */
export function deleteUnusedImages(world: KubeWorld, { from, now }: Emission): void {
  const node = world.node(from.subject.node);
  const used = new Set(
    node.pods.flatMap((key) => {
      const { containers = [] } = world.side(key).runtime;
      return containers.map(({ image = "" }) => canonicalImage(image));
    }),
  );
  const images = node.images.filter((image) => {
    const name = canonicalImage(image);
    return used.has(name) || isYoung(node, name, now);
  });
  if (images.length < node.images.length) world.setNode({ ...node, images });
}

/** An age counts from the round of detection that found the image, or from the kubelet's start. */
function isYoung(node: NodeSide, image: string, nowMs: number): boolean {
  const { pulledAtMs = {}, kubeletStartedAt, configuration = {} } = node;
  const pulledAt = pulledAtMs[image];
  const { imageMinimumGCAge = "2m0s" } = configuration;
  const rounds = Math.ceil(((pulledAt ?? 0) - kubeletStartedAt) / detectionPeriodMs);
  const detectedAt =
    pulledAt === undefined ? kubeletStartedAt : kubeletStartedAt + rounds * detectionPeriodMs;
  return nowMs - detectedAt < (parseDuration(imageMinimumGCAge) ?? 0);
}

/** pkg/kubelet/images/image_gc_manager.go Start */
const detectionPeriodMs = 300_000;
