import { overlap, type Rectangle } from "./geometry.ts";
import type { PictureBox } from "./picture.ts";
import { sizeOfText, textLeftPx, textTopPx } from "./picture-text.ts";

/**
 * Where the name and the texts of a box stand. In one that holds others they stand at its top as
 * far to the left as no line comes in there.
 */
export function textPlace(box: Omit<PictureBox, "text">, lines: readonly Rectangle[]): Rectangle {
  const size = sizeOfText(box.name, box.texts);
  const left = { ...size, x: box.x + textLeftPx, y: box.y + textTopPx };
  if (!box.holdsOthers) {
    const isCentered = box.texts.length === 0 || box.name === "";
    const x = isCentered ? box.x + (box.width - size.width) / 2 : left.x;
    return { ...left, x, y: box.y + (box.height - size.height) / 2 };
  }
  for (let x = left.x; x + size.width + textLeftPx <= box.x + box.width; x += stepPx) {
    const place = { ...left, x };
    const around = { ...place, x: x - marginPx, width: size.width + 2 * marginPx };
    if (!lines.some((line) => overlap(line, around))) return place;
  }
  return left;
}

const stepPx = 5;
const marginPx = 4;
