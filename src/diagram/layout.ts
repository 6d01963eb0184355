import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api.js";

import { type Drawn, drawnOf, initialId, isRegion, isRegionApart, regionsInRow } from "./drawn.ts";
import { arrowId, elkGraph, type Flow } from "./elk-graph.ts";
import { missingPackage } from "./missing-package.ts";
import type { Outline, OutlineState } from "./outline.ts";
import { type Point, segmentsOf } from "./geometry.ts";
import type { Picture, PictureBox, PictureLine } from "./picture.ts";
import { textPlace } from "./text-place.ts";
import { type PictureArrow, toneOf } from "./picture-arrows.ts";
import { boxLines, textLeftPx } from "./picture-text.ts";
import { sourceLink } from "./source-link.ts";

/** Where everything of an outline stands in a picture; elkjs decides, always in the same way. */
export async function layout(outline: Outline): Promise<Picture> {
  const { id, description, root } = outline;
  const drawn = drawnOf(outline);
  const run = await loadElk();
  const flows = new Map<string, Flow>();
  for (const state of [...drawn.states.values()].toReversed()) {
    if (state !== root && !isRegionApart(state, drawn)) continue;
    flows.set(state.path, await bestFlow(state, drawn, flows, run));
  }
  const flowOf = (path: string) => flows.get(path) ?? firstFlow;
  const place = async (extraWidths: Drawn["extraWidths"]) => {
    const placed = await run(elkGraph(root, { ...drawn, extraWidths }, flowOf));
    const { width = 0, height = 0 } = placed;
    return { id, description, width, height, ...partsOf(placed, drawn) };
  };
  const picture = await place(drawn.extraWidths);
  const extraWidths = shortages(picture);
  return extraWidths.size === 0 ? picture : place(extraWidths);
}

/** Within others, elkjs makes a box as wide as what it holds, which may be less than its text. */
function shortages({ boxes }: Picture): ReadonlyMap<string, number> {
  const missing = boxes.map(({ id, width, text, holdsOthers }) => {
    return [id, holdsOthers ? text.width + 2 * textLeftPx - width : 0] as const;
  });
  return new Map(missing.filter(([, px]) => px > 0));
}

type Run = (graph: ElkNode) => Promise<ElkNode>;

async function loadElk(): Promise<Run> {
  const { default: module } = await import("elkjs/lib/elk.bundled.js").catch(
    missingPackage("elkjs", "a layout of pictures"),
  );
  const elk = new module.default();
  return (graph) => elk.layout(graph);
}

/** The one whose picture can be shown largest on a page. */
async function bestFlow(
  state: OutlineState,
  drawn: Drawn,
  known: ReadonlyMap<string, Flow>,
  run: Run,
): Promise<Flow> {
  const besideEachOther = regionsInRow(state, drawn);
  let best = firstFlow;
  let shortest = Number.POSITIVE_INFINITY;
  for (const flow of flows) {
    const flowOf = (path: string) => (path === state.path ? flow : (known.get(path) ?? firstFlow));
    const { width = 0, height = 0 } = await run(elkGraph(state, drawn, flowOf));
    const side = Math.max(width * besideEachOther, height * pageRatio);
    const weighted = side * (flow.against === "GREEDY" ? handicap : 1);
    if (weighted >= shortest) continue;
    best = flow;
    shortest = weighted;
  }
  return best;
}

const firstFlow: Flow = { direction: "RIGHT", against: "DEPTH_FIRST" };
const flows: readonly Flow[] = [
  firstFlow,
  { direction: "DOWN", against: "DEPTH_FIRST" },
  { direction: "RIGHT", against: "GREEDY" },
  { direction: "DOWN", against: "GREEDY" },
];

/** Its width by its height. */
const pageRatio = 1.3;

/** What does not begin where the state does is harder to read. */
const handicap = 1.2;

function partsOf(placed: ElkNode, drawn: Drawn): Pick<Picture, "boxes" | "lines"> {
  const nodes = placed.children?.flatMap((node) => withDepth(node, 0)) ?? [];
  const edges = new Map(
    [placed, ...nodes.map(({ node }) => node)].flatMap(({ edges: own = [] }) =>
      own.map((edge) => [edge.id, edge] as const),
    ),
  );
  const arrows = drawn.arrows.flatMap((arrow, index) => {
    const edge = edges.get(arrowId(index));
    return edge === undefined ? [] : [lineOf(edge, arrow)];
  });
  const starts = [...drawn.states.values()].flatMap(({ path, initial }) => {
    const edge = edges.get(`${initialId(path)} arrow`);
    const arrow = { from: initialId(path), to: initial ?? "", blocks: [], tone: undefined };
    return edge === undefined ? [] : [lineOf(edge, arrow)];
  });
  const lines = [...starts, ...arrows];
  const segments = lines.flatMap(({ points }) => segmentsOf(points));
  const boxes = nodes.map(({ node, depth }) => {
    const box = boxOf(node, depth, drawn);
    return { ...box, text: textPlace(box, segments) };
  });
  return { boxes, lines };
}

interface DeepNode {
  readonly node: ElkNode;
  readonly depth: number;
}

function withDepth(node: ElkNode, depth: number): readonly DeepNode[] {
  const inner = node.children?.flatMap((child) => withDepth(child, depth + 1)) ?? [];
  return [{ node, depth }, ...inner];
}

function boxOf(node: ElkNode, depth: number, drawn: Drawn): Omit<PictureBox, "text"> {
  const { id, x = 0, y = 0, width = 0, height = 0, children = [] } = node;
  const place = { id, depth, x, y, width, height, holdsOthers: children.length > 0 };
  const state = drawn.states.get(id);
  if (state === undefined) {
    const sign = drawn.signs.find((one) => one.id === id);
    const texts = sign === undefined ? [] : [sign.line];
    const shape = sign === undefined ? "initial" : "sign";
    const none = { description: undefined, link: undefined, tone: undefined };
    return { ...place, ...none, name: "", shape, texts };
  }
  return {
    ...place,
    shape: state.type === "final" ? "final" : isRegion(state, drawn) ? "region" : "state",
    name: state.key,
    texts: boxLines(state, !place.holdsOthers),
    description: state.description,
    tone: toneOf(state.mark),
    link: state.sources.map(sourceLink).find((link) => link !== undefined),
  };
}

function lineOf(edge: ElkExtendedEdge, { from, to, blocks, tone }: PictureArrow): PictureLine {
  const { sections = [], labels = [] } = edge;
  const points: readonly Point[] = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  const [label] = labels;
  if (label === undefined) return { from, to, points, tone, label: undefined };
  const { x = 0, y = 0, width = 0, height = 0 } = label;
  return { from, to, points, tone, label: { x, y, width, height, blocks } };
}
