import { contains, overlap, segmentsOf } from "../../src/diagram/geometry.ts";
import type { Picture, PictureBox, PictureLine } from "../../src/diagram/picture.ts";

/** What of a picture cannot be read because something else is painted over it, a sentence each. */
export function crossings(picture: Picture): readonly string[] {
  const { boxes, lines } = picture;
  return [
    ...pairs(boxes).flatMap(([one, other]) => meetingBoxes(one, other)),
    ...pairs(lines).flatMap(([one, other]) => meetingLabels(one, other)),
    ...boxes.flatMap((box) => {
      const isRoomy = box.shape === "initial" || contains(box, box.text);
      return isRoomy ? [] : [`the text of ${box.id} leaves it`];
    }),
    ...lines.flatMap((line) => [
      ...boxes.flatMap((box) => [...labelOnBox(line, box), ...lineOnBox(line, box)]),
      ...lines.flatMap((other) => labelOnLine(line, other)),
      ...outside(line, picture),
    ]),
  ];
}

function meetingBoxes(one: PictureBox, other: PictureBox): readonly string[] {
  if (!overlap(one, other) || contains(one, other)) return [];
  return [`the boxes of ${one.id} and ${other.id} meet`];
}

function meetingLabels(one: PictureLine, other: PictureLine): readonly string[] {
  if (one.label === undefined || other.label === undefined) return [];
  return overlap(one.label, other.label) ? [`labels of ${told(one)} and ${told(other)} meet`] : [];
}

function labelOnBox({ label, ...line }: PictureLine, box: PictureBox): readonly string[] {
  if (label === undefined || !overlap(label, box)) return [];
  const isInside = box.holdsOthers && contains(box, label) && !overlap(label, box.text);
  return isInside ? [] : [`the label of ${told(line)} stands on ${box.id}`];
}

function lineOnBox(line: PictureLine, box: PictureBox): readonly string[] {
  const isEnd = box.id === line.from || box.id === line.to;
  const taken = box.holdsOthers || isEnd ? box.text : box;
  const crosses = segmentsOf(line.points).some((segment) => overlap(segment, taken));
  return crosses && box.shape !== "initial" ? [`${told(line)} runs through ${box.id}`] : [];
}

function labelOnLine({ label, ...line }: PictureLine, other: PictureLine): readonly string[] {
  if (label === undefined || (line.from === other.from && line.to === other.to)) return [];
  const crosses = segmentsOf(other.points).some((segment) => overlap(segment, label));
  return crosses ? [`${told(other)} runs through the label of ${told(line)}`] : [];
}

function outside({ label, ...line }: PictureLine, { width, height }: Picture): readonly string[] {
  const paper = { x: 0, y: 0, width, height };
  const isOnPaper = label === undefined || contains(paper, label);
  return isOnPaper ? [] : [`the label of ${told(line)} leaves the picture`];
}

function told({ from, to }: Pick<PictureLine, "from" | "to">): string {
  return `${from} → ${to}`;
}

function pairs<T>(list: readonly T[]): readonly (readonly [T, T])[] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other) => [one, other] as const));
}
