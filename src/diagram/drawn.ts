import { allStates, type Outline, type OutlineState } from "./outline.ts";
import {
  type PictureArrow,
  pictureArrows,
  type TriggerSign,
  type ArrowsAndSigns,
} from "./picture-arrows.ts";

/** What a layout needs to know of the states, and the painter of the layout. */
export interface Drawn extends ArrowsAndSigns {
  readonly root: OutlineState;
  /** By path. */
  readonly states: ReadonlyMap<string, OutlineState>;
  /** In px, by path: what a state needs more than the layout gave it, for its text. */
  readonly extraWidths: ReadonlyMap<string, number>;
}

export function drawnOf(outline: Outline): Drawn {
  const { root } = outline;
  const states = new Map(allStates(root).map((state) => [state.path, state]));
  return { root, states, extraWidths: new Map(), ...pictureArrows(outline) };
}

/** Where no arrow leaves a region of a parallel state, each is laid out by itself. */
export function isApart({ path, type, states }: OutlineState, { arrows }: Drawn): boolean {
  if (type !== "parallel") return false;
  return arrows.every(({ from, to }) => {
    if (!isWithin(from, path) && !isWithin(to, path)) return true;
    if (from === path && to === path) return true;
    return states.some((region) => isInside(from, region.path) && isInside(to, region.path));
  });
}

export function isRegion({ path }: OutlineState, drawn: Drawn): boolean {
  return stateAround(path, drawn)?.type === "parallel";
}

export function isRegionApart({ path }: OutlineState, drawn: Drawn): boolean {
  const parent = stateAround(path, drawn);
  return parent !== undefined && isApart(parent, drawn);
}

/** How many regions of its parallel state stand in one row with it; many stand in several. */
export function regionsInRow({ path }: OutlineState, drawn: Drawn): number {
  const parent = stateAround(path, drawn);
  if (parent?.type !== "parallel" || parent.states.length > mostInOneRow) return 1;
  return parent.states.length;
}

export const mostInOneRow = 3;

function stateAround(path: string, { states }: Drawn): OutlineState | undefined {
  const parent = parentOf(path);
  return parent === undefined ? undefined : states.get(parent);
}

/** The path of what holds an arrow: the innermost state around both ends, or one of the ends. */
export function holderOf({ from, to }: Pick<PictureArrow, "from" | "to">): string | undefined {
  if (from === to) return parentOf(from);
  const ends = [from, to].map(ancestorsOf);
  return ends[0]?.findLast((path) => ends[1]?.includes(path));
}

/** From the root on, itself at last; a sign is a child of its state. */
function ancestorsOf(id: string): readonly string[] {
  const parent = parentOf(id);
  return parent === undefined ? [id] : [...ancestorsOf(parent), id];
}

/** The root has none. */
function parentOf(id: string): string | undefined {
  if (id === "") return undefined;
  const sign = id.indexOf("#");
  return id.slice(0, sign >= 0 ? sign : Math.max(0, id.lastIndexOf(".")));
}

function isWithin(id: string, path: string): boolean {
  return id === path || isInside(id, path);
}

function isInside(id: string, path: string): boolean {
  return path === "" ? id !== "" : id.startsWith(`${path}.`) || id.startsWith(`${path}#`);
}

/** The dot where a state begins. */
export function initialId(path: string): string {
  return `${path}#initial`;
}

export function signsIn({ signs }: Drawn, path: string): readonly TriggerSign[] {
  return signs.filter(({ within }) => within === path);
}
