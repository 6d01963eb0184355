import { type Arrow, arrowsOf, joinsSiblings, ownArrows } from "./arrows.ts";
import { insideOf, shortDescription } from "./label.ts";
import { allStates, type Outline, type OutlineState } from "./outline.ts";

/** The outline as a Mermaid `stateDiagram-v2`; what does not leave a state is written inside it. */
export function mermaid({ root }: Outline): string {
  const ids = idsOf(root);
  const needsFrame = root.type === "parallel" || insideOf(root).length > 0 || hasArrows(root);
  const lines = needsFrame
    ? [`[*] --> ${idOf(root, ids)}`, ...stateLines(root, ids)]
    : bodyLines(root, ids);
  // Mermaid moves a state to where an inner arrow mentions it.
  const crossing = arrowsOf(root).filter((arrow) => !joinsSiblings(arrow));
  const all = [...lines, ...crossing.map((arrow) => arrowLine(arrow, ids))];
  return `stateDiagram-v2\n${all.map(indented).join("\n")}\n`;
}

/** By path. */
type Ids = ReadonlyMap<string, string>;

/** Keys where they are unique, since Mermaid knows no two states of one name; else whole paths. */
function idsOf(root: OutlineState): Ids {
  const states = allStates(root);
  const keys = states.map(({ key }) => key);
  return new Map(
    states.map(({ path, key }, nth) => {
      if (/[^\w.-]/.test(path)) return [path, `state${nth}`];
      const isFree = keys.indexOf(key) === keys.lastIndexOf(key) && !reservedWords.has(key);
      const id = isFree ? key : `${path === "" ? "machine" : path}`.replaceAll(".", "_");
      return [path, reservedWords.has(id) ? `${id}_` : id];
    }),
  );
}

const reservedWords = new Set(
  "state note end as direction class classDef style click default scale fork join choice".split(
    " ",
  ),
);

function idOf({ path }: Pick<OutlineState, "path">, ids: Ids): string {
  return ids.get(path) ?? path;
}

/** Inside a composite state Mermaid has room for lines in its title only; notes on it may crash. */
function stateLines(state: OutlineState, ids: Ids): readonly string[] {
  const id = idOf(state, ids);
  const key = escaped(state.key);
  const inside = insideOf(state).map(escaped);
  if (state.states.length > 0) {
    const title = [key, ...inside].join("<br/>");
    return [`state "${title}" as ${id} {`, ...bodyLines(state, ids).map(indented), "}"];
  }
  const lines = [...shortDescription(state).map(escaped), ...inside];
  if (lines.length === 0 && id === key) return [id];
  return [`state "${key}" as ${id}`, ...lines.map((line) => `${id} : ${line}`)];
}

/** The children and the arrows between them. */
function bodyLines(state: OutlineState, ids: Ids): readonly string[] {
  const { initial, states, type } = state;
  const regions = states.map((child) => stateLines(child, ids));
  if (type === "parallel") {
    return regions.flatMap((lines, index) => (index === 0 ? lines : ["--", ...lines]));
  }
  const arrows = states.flatMap((child) => ownArrows(child).filter(joinsSiblings));
  return [
    ...(initial === undefined ? [] : [`[*] --> ${idOf({ path: initial }, ids)}`]),
    ...regions.flat(),
    ...arrows.map((arrow) => arrowLine(arrow, ids)),
    ...states.filter(isFinal).map((child) => `${idOf(child, ids)} --> [*]`),
  ];
}

function arrowLine({ from, to, label }: Arrow, ids: Ids): string {
  return `${idOf({ path: from }, ids)} --> ${idOf({ path: to }, ids)} : ${escaped(label)}`;
}

function hasArrows({ transitions }: OutlineState): boolean {
  return transitions.some(({ targets }) => targets.length > 0);
}

function isFinal({ type }: OutlineState): boolean {
  return type === "final";
}

/** A label: Mermaid ends it at a colon or a semicolon, and reads `#59;` as the latter. */
export function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[#:;"<>]/g, (sign) => `#${sign.charCodeAt(0)};`);
}

function indented(line: string): string {
  return `  ${line}`;
}
