import { createHash } from "node:crypto";

import { catalogue } from "../../machines/index.ts";
import { outlineOf } from "../../src/diagram/outline.ts";
import { svg } from "../../src/diagram/svg.ts";

/** docs/machines/pictures.json: which outline each picture there was painted from. */
export const pictureKeysPath = "docs/machines/pictures.json";

/** Painting takes longer than all pages together, so a test paints few and compares these. */
export function pictureKeys(): string {
  const keys = Object.entries(catalogue).map(([id, machine]) => {
    const text = JSON.stringify(outlineOf(machine));
    return [id, createHash("sha256").update(text).digest("hex").slice(0, 16)] as const;
  });
  return `${JSON.stringify(Object.fromEntries(keys), null, 2)}\n`;
}

/** Painted anew by every test; they show whether the painter is the same as before. */
export const sampledPictures = ["volume", "softThreshold"] as const;

/** docs/machines/<id>.svg */
async function pictureOf(id: string): Promise<string> {
  const machine = catalogue[id];
  return machine === undefined ? "" : svg(outlineOf(machine));
}

/** By path, those that are not as they would be painted now; `read` gives "" for no file. */
export async function stalePictures(
  read: (path: string) => string,
): Promise<readonly (readonly [path: string, text: string])[]> {
  const before: Readonly<Record<string, string>> = JSON.parse(read(pictureKeysPath) || "{}");
  const now: Readonly<Record<string, string>> = JSON.parse(pictureKeys());
  let painterIsSame = true;
  for (const id of sampledPictures) {
    const isSame = before[id] !== now[id] || read(pathOf(id)) === (await pictureOf(id));
    painterIsSame &&= isSame;
  }
  const stale = Object.keys(catalogue).filter((id) => {
    return !painterIsSame || before[id] !== now[id] || read(pathOf(id)) === "";
  });
  const painted: (readonly [string, string])[] = [];
  for (const id of stale) painted.push([pathOf(id), await pictureOf(id)]);
  return painted;
}

function pathOf(id: string): string {
  return `docs/machines/${id}.svg`;
}
