import { escaped } from "./mermaid.ts";

/** A message of a sequence diagram. */
export interface SequenceMessage {
  /** A participant's name; users and faults are `outside`. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** What came of it, over the receiver, a line each. */
  readonly notes: readonly string[];
}

/** Users and faults, and the watches by which a component learns what is new. */
export const outside = "outside";

/** Mermaid's `sequenceDiagram`; participants are named in the order in which they come. */
export function mermaidSequence(messages: readonly SequenceMessage[]): string {
  const ids = idsOf(messages);
  const idOf = (name: string): string => ids.get(name) ?? name;
  const participants = [...ids].map(([name, id]) => `${kindOf(name)} ${id} as ${escaped(name)}`);
  const lines = messages.flatMap(({ from, to, text, notes }) => {
    const note = notes.map(escaped).join("<br/>");
    const arrow = `${idOf(from)}->>${idOf(to)}: ${escaped(text)}`;
    return [arrow, ...(note === "" ? [] : [`Note over ${idOf(to)}: ${note}`])];
  });
  return ["sequenceDiagram", ...[...participants, ...lines].map((line) => `  ${line}`)].join("\n");
}

/** The same for PlantUML. */
export function plantumlSequence(messages: readonly SequenceMessage[]): string {
  const ids = idsOf(messages);
  const idOf = (name: string): string => ids.get(name) ?? name;
  const participants = [...ids].map(([name, id]) => `${kindOf(name)} "${creole(name)}" as ${id}`);
  const lines = messages.flatMap(({ from, to, text, notes }) => {
    const note = notes.map(creole).join("\\n");
    const arrow = `${idOf(from)} ->> ${idOf(to)} : ${creole(text)}`;
    return [arrow, ...(note === "" ? [] : [`note over ${idOf(to)} : ${note}`])];
  });
  return `${["@startuml", ...participants, ...lines, "@enduml"].join("\n")}\n`;
}

function idsOf(messages: readonly SequenceMessage[]): ReadonlyMap<string, string> {
  const names = [...new Set(messages.flatMap(({ from, to }) => [from, to]))];
  return new Map(names.map((name, at) => [name, `p${at + 1}`]));
}

function kindOf(name: string): "actor" | "participant" {
  return name === outside ? "actor" : "participant";
}

/** Signs that PlantUML reads as its own, also when doubled, are told by their number. */
function creole(text: string): string {
  return text.replace(/\s+/g, " ").replace(/["<>~\\:]|([*/_-])(?=\1)/g, (sign) => {
    const number = sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `<U+${number}>`;
  });
}
