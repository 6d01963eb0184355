import { type Arrow, arrowsOf } from "./arrows.ts";
import { insideOf, shortDescription } from "./label.ts";
import { allStates, type Outline, type OutlineState } from "./outline.ts";

/** The outline for Graphviz' `dot`; a state that holds others is a cluster. */
export function dot({ id, root }: Outline): string {
  const edges = edgesOf(root);
  const lines = [...settings, ...stateLines(root, "rounded", edges), ...edges.map(edgeLine)];
  return `digraph ${quoted(id)} {\n${lines.map(indented).join("\n")}\n}\n`;
}

const settings = [
  // Without newrank, clusters that are joined both ways may have no ranks at all.
  `graph [compound=true, newrank=true, rankdir=LR, fontname="Helvetica", fontsize=12, labeljust=l]`,
  `node [shape=box, style=rounded, fontname="Helvetica", fontsize=11]`,
  `edge [fontname="Helvetica", fontsize=9]`,
];

/** An arrow, and whether its ends stop at the borders of clusters. */
interface Edge extends Arrow {
  readonly leavesCluster: boolean;
  readonly entersCluster: boolean;
}

/** An arrow from a cluster into itself, or the other way round, has no border to stop at. */
function edgesOf(root: OutlineState): readonly Edge[] {
  const clusters = new Set(
    allStates(root)
      .filter(({ states }) => states.length > 0)
      .map(({ path }) => path),
  );
  return arrowsOf(root).map((arrow) => ({
    ...arrow,
    leavesCluster: clusters.has(arrow.from) && !isWithin(arrow.to, arrow.from),
    entersCluster: clusters.has(arrow.to) && !isWithin(arrow.from, arrow.to),
  }));
}

function isWithin(path: string, outer: string): boolean {
  return outer === "" || path === outer || path.startsWith(`${outer}.`);
}

function stateLines(state: OutlineState, style: string, edges: readonly Edge[]): readonly string[] {
  const { path, key, type, states, description = "" } = state;
  const tooltip = `tooltip=${quoted(description === "" ? key : description)}`;
  if (states.length === 0) {
    const label = lined([key, ...shortDescription(state), ...insideOf(state)], "\\n");
    return [`${quoted(path)} [label=${label}, ${tooltip}${type === "final" ? finalRing : ""}]`];
  }
  const regionStyle = type === "parallel" ? "rounded,dashed" : "rounded";
  const inner = [
    `label=${lined([key, ...insideOf(state)], "\\l")}`,
    tooltip,
    `style=${quoted(style)}`,
    anchorLine(path, edges),
    ...initialLines(state),
    ...states.flatMap((child) => stateLines(child, regionStyle, edges)),
  ];
  return [`subgraph ${quoted(`cluster ${path}`)} {`, ...inner.map(indented), "}"];
}

const finalRing = ", peripheries=2";

/** Graphviz joins nodes only; one stands for the cluster, a circle where an edge ends at it. */
function anchorLine(path: string, edges: readonly Edge[]): string {
  const isSeen = edges.some(
    ({ from, to, leavesCluster, entersCluster }) =>
      (from === path && !leavesCluster) || (to === path && !entersCluster),
  );
  const look = isSeen ? `shape=circle, width=0.12` : `shape=point, style=invis`;
  return `${quoted(path)} [label="", ${look}]`;
}

function initialLines({ path, initial, states }: OutlineState): readonly string[] {
  const first = states.find((child) => child.path === initial);
  if (first === undefined) return [];
  const name = quoted(`initial ${path}`);
  const border = first.states.length === 0 ? "" : ` [lhead=${quoted(`cluster ${first.path}`)}]`;
  return [
    `${name} [label="", shape=circle, style=filled, fillcolor=black, width=0.12]`,
    `${name} -> ${quoted(first.path)}${border}`,
  ];
}

/** Event, guard and actions below each other: Graphviz makes room for the width of a label. */
function edgeLine({ from, to, label, leavesCluster, entersCluster }: Edge): string {
  const looks = [
    `label=${lined(label.split(/ (?=[[(/])/), "\\n")}`,
    ...(leavesCluster ? [`ltail=${quoted(`cluster ${from}`)}`] : []),
    ...(entersCluster ? [`lhead=${quoted(`cluster ${to}`)}`] : []),
  ];
  return `${quoted(from)} -> ${quoted(to)} [${looks.join(", ")}]`;
}

/** Lines in the middle, or to the left, where the last one has its end, too. */
function lined(lines: readonly string[], lineEnd: "\\n" | "\\l"): string {
  return `"${lines.map(escaped).join(lineEnd)}${lineEnd === "\\l" ? lineEnd : ""}"`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** Graphviz reads backslashes as its own, and ampersands as those of HTML. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("&", "&amp;");
}

function indented(line: string): string {
  return `  ${line}`;
}
