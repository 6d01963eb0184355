import type { ElkExtendedEdge, ElkNode, LayoutOptions } from "elkjs/lib/elk-api.js";

import { type Drawn, holderOf, initialId, isApart, mostInOneRow, signsIn } from "./drawn.ts";
import type { OutlineState } from "./outline.ts";
import type { PictureArrow } from "./picture-arrows.ts";
import {
  boxLines,
  lineWidth,
  type Size,
  sizeOfBlocks,
  sizeOfText,
  textLeftPx,
  textTopPx,
} from "./picture-text.ts";

/** How a state that is laid out by itself is laid out. */
export interface Flow {
  /** Along which way arrows go on the whole. */
  readonly direction: "DOWN" | "RIGHT";
  /** Which arrows go against it: few, or those back to where a search from the start has been. */
  readonly against: "GREEDY" | "DEPTH_FIRST";
}

/** By the path of the state. */
export type FlowOf = (path: string) => Flow;

/** The graph of a state and of all inside it, for the layout. */
export function elkGraph(state: OutlineState, drawn: Drawn, flowOf: FlowOf): ElkNode {
  const flow = flowOf(state.path);
  return {
    id: canvasId,
    children: [stateNode(state, drawn, flowOf, flow)],
    edges: edgesIn(drawn, undefined),
    layoutOptions: {
      ...layered(flow),
      "elk.hierarchyHandling": "INCLUDE_CHILDREN",
      "elk.padding": padding(canvasPaddingPx, canvasPaddingPx),
      "org.eclipse.elk.json.shapeCoords": "ROOT",
      "org.eclipse.elk.json.edgeCoords": "ROOT",
    },
  };
}

const canvasId = "canvas#";
const canvasPaddingPx = 12;
const paddingPx = 14;
const dotPx = 12;

/** What stands in the box of a state takes this, and in one that holds others the top of it. */
function boxSize(state: OutlineState): Size {
  const { width, height } = sizeOfText(state.key, boxLines(state, state.states.length === 0));
  return {
    width: Math.max(minimumWidthPx, width) + 2 * textLeftPx,
    height: height + 2 * textTopPx,
  };
}

const minimumWidthPx = 30;

function stateNode(state: OutlineState, drawn: Drawn, flowOf: FlowOf, around: Flow): ElkNode {
  const { path, states, initial } = state;
  const { width, height } = boxSize(state);
  const signs = signsIn(drawn, path).map(({ id, line }) => {
    const ports = [{ id: trunkId(id), width: 0, height: 0 }];
    const widthPx = Math.ceil(lineWidth(line)) + 2 * textLeftPx;
    return { id, width: widthPx, height: signHeightPx, ports };
  });
  if (states.length === 0 && signs.length === 0) return { id: path, width, height };
  const apart = isApart(state, drawn);
  const children = states.map((child) => {
    const node = stateNode(child, drawn, flowOf, apart ? flowOf(child.path) : around);
    return apart ? { ...node, layoutOptions: { ...node.layoutOptions, ...alone } } : node;
  });
  const dot = { id: initialId(path), width: dotPx, height: dotPx };
  return {
    id: path,
    children: [...(initial === undefined ? [] : [dot]), ...signs, ...children],
    edges: edgesIn(drawn, path),
    layoutOptions: {
      ...(apart ? packed(states.length) : layered(around)),
      "elk.padding": padding(
        height + gapBelowTextPx,
        paddingPx + (drawn.extraWidths.get(path) ?? 0) / 2,
      ),
      "elk.nodeSize.constraints": "MINIMUM_SIZE",
      "elk.nodeSize.minimum": `(${width},${height})`,
    },
  };
}

const signHeightPx = 22;
const gapBelowTextPx = 8;

/** With the edge from the dot to where a state begins. */
function edgesIn(drawn: Drawn, path: string | undefined): ElkExtendedEdge[] {
  const { arrows, states } = drawn;
  const initial = path === undefined ? undefined : states.get(path)?.initial;
  const edges = arrows.flatMap((arrow, index) =>
    holderOf(arrow) === path ? [elkEdge(arrow, index)] : [],
  );
  if (path === undefined || initial === undefined) return edges;
  const id = initialId(path);
  return [{ id: `${id} arrow`, sources: [id], targets: [initial] }, ...edges];
}

function elkEdge({ from, to, blocks }: PictureArrow, index: number): ElkExtendedEdge {
  const { width, height } = sizeOfBlocks(blocks);
  const label = {
    text: String(index),
    width: width + 8,
    height: height + 4,
    layoutOptions: inline,
  };
  return {
    id: arrowId(index),
    sources: [from.includes("#") ? trunkId(from) : from],
    targets: [to],
    labels: blocks.length === 0 ? [] : [label],
  };
}

/** What leaves a sign does so at one point, and parts later. */
function trunkId(sign: string): string {
  return `${sign} trunk`;
}

/** By its place among the arrows. */
export function arrowId(index: number): string {
  return `arrow ${index}`;
}

/** An arrow is interrupted by its own label. */
const inline = { "elk.edgeLabels.inline": "true" };

/** What holds others has to say all this again: nothing is handed down. */
function layered({ direction, against }: Flow): LayoutOptions {
  return {
    "elk.algorithm": "layered",
    "elk.direction": direction,
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.layered.cycleBreaking.strategy": against,
    "elk.layered.spacing.nodeNodeBetweenLayers": "26",
    "elk.layered.spacing.edgeNodeBetweenLayers": "12",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "9",
    "elk.spacing.nodeNode": "22",
    "elk.spacing.edgeNode": "12",
    "elk.spacing.edgeEdge": "9",
    "elk.spacing.edgeLabel": "4",
    "elk.spacing.labelNode": "6",
    "elk.spacing.labelLabel": "6",
    "elk.spacing.nodeSelfLoop": "14",
  };
}

/** Regions beside each other, in the order of the chart; many of them in several rows. */
function packed(regions: number): LayoutOptions {
  return {
    "elk.algorithm": "rectpacking",
    "elk.hierarchyHandling": "SEPARATE_CHILDREN",
    "elk.aspectRatio": regions <= mostInOneRow ? "1000" : "1.8",
    "elk.spacing.nodeNode": "14",
  };
}

const alone = { "elk.hierarchyHandling": "INCLUDE_CHILDREN" };

function padding(topPx: number, otherPx: number): string {
  return `[top=${topPx},left=${otherPx},bottom=${otherPx},right=${otherPx}]`;
}
