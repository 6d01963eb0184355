import { contains, type Rectangle } from "./geometry.ts";
import { layout } from "./layout.ts";
import type { Outline } from "./outline.ts";
import type { Picture, PictureBox, PictureLine } from "./picture.ts";
import { belowNamePx, blockGapPx, lineHeightPx, nameHeightPx, type Tone } from "./picture-text.ts";
import { escaped, px, rule, svgDocument, svgLine } from "./svg-text.ts";
import type { Theme } from "./theme.ts";

export interface SvgOptions {
  /** `auto` (unless said otherwise) is what the reader's system prefers. */
  readonly theme?: Theme;
}

/** A picture of the outline; needs elkjs, and throws a MissingPackageError without it. */
export async function svg(outline: Outline, options: SvgOptions = {}): Promise<string> {
  return paint(await layout(outline), options);
}

export function paint(picture: Picture, { theme = "auto" }: SvgOptions): string {
  const { id, width, height, boxes, lines } = picture;
  return svgDocument({
    title: id,
    description: descriptionOf(picture),
    width,
    height,
    theme,
    style,
    body: [
      `<defs>${([undefined, "good", "bad"] as const).map(headShape).join("")}</defs>`,
      ...boxes.map(boxShape),
      ...lines.map(lineShape),
      ...lines.map((line) => labelShape(line, boxes)),
      ...boxes.map(boxText),
    ].filter((part) => part !== ""),
  });
}

function descriptionOf({ description = "", boxes, lines }: Picture): string {
  const states = boxes.filter(({ shape }) => shape !== "initial" && shape !== "sign");
  const arrows = lines.flatMap(({ label }) => label?.blocks ?? []);
  const counts = `A statechart of ${states.length} states and ${arrows.length} transitions.`;
  return `${description} ${counts}`.trim();
}

const style = [
  rule(".even", { fill: "even", stroke: "border" }),
  rule(".odd", { fill: "odd", stroke: "border" }),
  rule(".leaf", { fill: "leaf", stroke: "border", "stroke-width": 1.2 }),
  `.kubechart .region { stroke-dasharray: 6 4 }`,
  rule(".ring", { stroke: "border" }) + ` .kubechart .ring { fill: none }`,
  rule(".dot", { fill: "name" }),
  rule(".sign", { fill: "canvas", stroke: "line" }),
  rule(".arrow", { stroke: "line", "stroke-width": 1.3 }) + ` .kubechart .arrow { fill: none }`,
  rule(".head", { fill: "line" }),
  ...(["good", "bad"] as const).flatMap((tone) => [
    rule(`text.${tone}`, { fill: tone }),
    rule(`.arrow.${tone}`, { stroke: tone }),
    rule(`.head.${tone}`, { fill: tone }),
    rule(`rect.${tone}`, { stroke: tone, "stroke-width": 2 }),
  ]),
  `.kubechart .even-label { fill: ${"var(--kubechart-even)"} }`,
  `.kubechart .odd-label { fill: ${"var(--kubechart-odd)"} }`,
  `.kubechart .canvas-label { fill: ${"var(--kubechart-canvas)"} }`,
  `.kubechart a:hover .name { text-decoration: underline }`,
].join("\n");

function boxShape({ shape, depth, holdsOthers, tone, ...box }: PictureBox): string {
  if (shape === "initial") {
    const radius = box.width / 2;
    return `<circle class="dot" cx="${px(box.x + radius)}" cy="${px(box.y + radius)}" r="${px(radius)}"/>`;
  }
  if (shape === "sign") return rectangle(box, "sign", box.height / 2);
  const fill = holdsOthers ? (depth % 2 === 0 ? "even" : "odd") : "leaf";
  const kind = withTone(shape === "region" ? `${fill} region` : fill, tone);
  const outer = rectangle(box, kind, cornerPx);
  return shape === "final" ? `${outer}\n${rectangle(smaller(box), "ring", cornerPx - 3)}` : outer;
}

const cornerPx = 8;

function smaller({ x, y, width, height }: Rectangle): Rectangle {
  return { x: x + 3, y: y + 3, width: width - 6, height: height - 6 };
}

function rectangle({ x, y, width, height }: Rectangle, kind: string, radius: number): string {
  const place = `x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"`;
  return `<rect class="${kind}" ${place} rx="${px(radius)}"/>`;
}

function headShape(tone: Tone | undefined): string {
  const size = `viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7"`;
  const head = `<path class="${withTone("head", tone)}" d="M0,1 L10,5 L0,9 z"/>`;
  return `<marker id="${headId(tone)}" ${size} orient="auto">${head}</marker>`;
}

function headId(tone: Tone | undefined): string {
  return tone === undefined ? "head" : `${tone}-head`;
}

function withTone(kind: string, tone: Tone | undefined): string {
  return tone === undefined ? kind : `${kind} ${tone}`;
}

function lineShape({ points, tone }: PictureLine): string {
  const [first, ...rest] = points.map(({ x, y }) => `${px(x)},${px(y)}`);
  return `<path class="${withTone("arrow", tone)}" marker-end="url(#${headId(tone)})" d="M${first} L${rest.join(" ")}"/>`;
}

/** It hides the part of its own arrow that it interrupts. */
function labelShape({ label }: PictureLine, boxes: readonly PictureBox[]): string {
  if (label === undefined) return "";
  const around = boxes.findLast((box) => box.holdsOthers && contains(box, label));
  const kind = around === undefined ? "canvas" : around.depth % 2 === 0 ? "even" : "odd";
  let y = label.y + 2;
  const texts = label.blocks.flatMap((block, index) => {
    if (index > 0) y += blockGapPx;
    return block.map((line) => {
      const text = svgLine(line, label.x + 4, y);
      y += lineHeightPx;
      return text;
    });
  });
  return [rectangle(label, `${kind}-label`, 2), ...texts].join("\n");
}

/** The name leads to where Kubernetes does it; who points at the box is told what it means. */
function boxText({ shape, name, texts, text, description, link }: PictureBox): string {
  if (shape === "initial") return "";
  const isSign = shape === "sign";
  const below = text.y + (isSign ? 0 : nameHeightPx + belowNamePx);
  const lines = texts.map((line, index) => svgLine(line, text.x, below + index * lineHeightPx));
  if (isSign) return lines.join("\n");
  const title = svgLine({ kind: "name", text: name }, text.x, text.y, nameHeightPx);
  const told = description === undefined ? "" : `<title>${escaped(description)}</title>`;
  const named = link === undefined ? title : `<a href="${escaped(link)}">${title}</a>`;
  return `<g>${told}\n${[named, ...lines].join("\n")}\n</g>`;
}
