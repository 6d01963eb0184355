import type { NodeInfo } from "../framework/node-info.ts";
import { mulDiv } from "../framework/int64.ts";
import { maxNodeScore, type ScorePlugin } from "../framework/plugin.ts";

/** plugins/imagelocality/image_locality.go: a node that has the images need not pull them. */
export const imageLocality: ScorePlugin = {
  name: "ImageLocality",
  hasPreScore: false,
  preScore: ({ pod: { spec } }, { snapshot }) => {
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    const images = containers.map(({ image = "" }) => normalizedImageName(image));
    const totalNodes = snapshot.nodeInfoList.length;
    return {
      score: (nodeInfo) => {
        if (nodeInfo.imageStates.size === 0) return 0;
        return calculatePriority(sumImageScores(nodeInfo, images, totalNodes), images.length);
      },
      signature: `${totalNodes} ${JSON.stringify(images)}`,
    };
  },
};

function sumImageScores(
  { imageStates }: NodeInfo,
  images: readonly string[],
  totalNodes: number,
): number {
  let sum = 0;
  for (const image of images) {
    const state = imageStates.get(image);
    if (state !== undefined) sum += Math.trunc(state.size * (state.numNodes / totalNodes));
  }
  return sum;
}

function calculatePriority(sum: number, containers: number): number {
  const most = maxContainerThreshold * containers;
  const clamped = Math.min(Math.max(sum, minThreshold), most);
  if (most === minThreshold) return 0;
  return mulDiv(maxNodeScore, clamped - minThreshold, most - minThreshold);
}

/** A name without a tag means the latest. */
function normalizedImageName(name: string): string {
  return name.lastIndexOf(":") <= name.lastIndexOf("/") ? `${name}:latest` : name;
}

const mib = 1024 * 1024;
const minThreshold = 23 * mib; // image_locality.go
const maxContainerThreshold = 1000 * mib;
