import { type Arrow, arrowsOf } from "./arrows.ts";
import { insideOf, shortDescription } from "./label.ts";
import type { Outline, OutlineState } from "./outline.ts";

/** The outline in the language of state-machine-cat; states are named as XState's ids. */
export function smcat({ id, root }: Outline): string {
  const nameOf = (path: string) => quoted(path === "" ? id : `${id}.${path}`);
  const arrowLine = ({ from, to, label }: Arrow) =>
    `${nameOf(from)} => ${nameOf(to)}: ${quoted(label)};`;
  const lines = [...ended(stateLines(root, nameOf), ";"), ...arrowsOf(root).map(arrowLine)];
  return `${lines.join("\n")}\n`;
}

type NameOf = (path: string) => string;

function stateLines(state: OutlineState, nameOf: NameOf): readonly string[] {
  const { key, path, type, states } = state;
  const shape = type === "parallel" || type === "final" ? type : "regular";
  const inside = [...(states.length === 0 ? shortDescription(state) : []), ...insideOf(state)];
  const text = inside.length === 0 ? "" : `: ${quoted(...inside)}`;
  const line = `${nameOf(path)} [label=${quoted(key)} type=${shape}]${text}`;
  if (states.length === 0) return [line];
  return [`${line} {`, ...bodyLines(state, nameOf).map((inner) => `  ${inner}`), "}"];
}

function bodyLines({ path, initial, states }: OutlineState, nameOf: NameOf): readonly string[] {
  const dot = nameOf(`${path}#initial`);
  const blocks = [
    ...(initial === undefined ? [] : [[`${dot} [type=initial]`]]),
    ...states.map((child) => stateLines(child, nameOf)),
  ];
  return [
    ...blocks.flatMap((block, index) => ended(block, index < blocks.length - 1 ? "," : ";")),
    ...(initial === undefined ? [] : [`${dot} => ${nameOf(initial)};`]),
  ];
}

function ended(lines: readonly string[], sign: string): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line}${sign}` : line));
}

/** Lines in one pair of quotes. */
function quoted(...lines: readonly string[]): string {
  const escaped = lines.map((line) => line.replace(/\s+/g, " ").replaceAll('"', '\\"'));
  return `"${escaped.join("\n")}"`;
}
