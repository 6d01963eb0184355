import { type Arrow, arrowsOf } from "./arrows.ts";
import { insideOf, shortDescription } from "./label.ts";
import type { Outline, OutlineState } from "./outline.ts";

/**
 * The outline as a state diagram of PlantUML. Regions are dashed states: between PlantUML's own
 * concurrent regions, and out of them, there can be no arrows.
 */
export function plantuml({ id, root }: Outline): string {
  const nameOf = (path: string) =>
    [id, ...(path === "" ? [] : path.split("."))].map(word).join("_");
  const arrowLine = ({ from, to, label }: Arrow) => {
    const lines = label.split(/ (?=[[(/])/).map(escaped);
    return `${nameOf(from)} --> ${nameOf(to)} : ${lines.join("\\n")}`;
  };
  const lines = [...settings, ...stateLines(root, nameOf, ""), ...arrowsOf(root).map(arrowLine)];
  return `@startuml\n${lines.join("\n")}\n@enduml\n`;
}

/** From the top down: from the left, PlantUML may lose an arrow between states that hold others. */
const settings = ["hide empty description"];

type NameOf = (path: string) => string;

/** Letters and digits; what else a key may have is written so that names stay apart. */
function word(key: string): string {
  return key.replace(/[^A-Za-z0-9]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16) ?? ""}_`);
}

function stateLines(state: OutlineState, nameOf: NameOf, look: string): readonly string[] {
  const { key, path, type, initial, states } = state;
  const name = nameOf(path);
  const line = `state "${escaped(key)}" as ${name}${look}`;
  const described = states.length === 0 ? shortDescription(state) : [];
  const inside = [...described, ...insideOf(state)].map((text) => `${name} : ${escaped(text)}`);
  if (states.length === 0) return [line, ...inside];
  const regionLook = type === "parallel" ? " ##[dashed]" : "";
  const body = [
    ...(initial === undefined ? [] : [`[*] --> ${nameOf(initial)}`]),
    ...states.flatMap((child) => stateLines(child, nameOf, regionLook)),
    ...states.filter(isFinal).map((child) => `${nameOf(child.path)} --> [*]`),
  ];
  return [`${line} {`, ...body.map((inner) => `  ${inner}`), "}", ...inside];
}

function isFinal({ type }: OutlineState): boolean {
  return type === "final";
}

/** Signs that PlantUML reads as its own, also when doubled, are told by their number. */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/["<>~\\]|([*/_-])(?=\1)/g, (sign) => {
    const number = sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `<U+${number}>`;
  });
}
