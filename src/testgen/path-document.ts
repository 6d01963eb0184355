import { moveText, parseMove, type SuitePath } from "../explore/suite.ts";
import type { Move } from "../explore/life.ts";

/** One life that can be made again: the system as its file says it, and every move. */
export interface PathDocument {
  readonly apiVersion: "kubechart/v1";
  readonly kind: "Path";
  readonly id: string;
  /** Why somebody looked for it. */
  readonly shows: string;
  readonly system: { readonly file: string; readonly text: string };
  /** `0` the oldest delivery, `2:1` another one and what it picked, `s0` an open step. */
  readonly moves: string;
}

export function pathDocument(
  { id, moves }: Pick<SuitePath, "id" | "moves">,
  shows: string,
  system: PathDocument["system"],
): PathDocument {
  const told = moves.map(moveText).join(" ");
  return { apiVersion: "kubechart/v1", kind: "Path", id, shows, system, moves: told };
}

/** The document of a text, or what is wrong with it. */
export function readPathDocument(
  text: string,
):
  | { readonly document: PathDocument; readonly moves: readonly Move[] }
  | { readonly mistake: string } {
  const value = parsed(text);
  if (!isObject(value) || value["kind"] !== "Path") {
    return { mistake: "expected a file of kind: Path, as kubechart explore writes it" };
  }
  if (value["apiVersion"] !== "kubechart/v1") {
    const got = JSON.stringify(value["apiVersion"]) ?? "none";
    return { mistake: `expected apiVersion kubechart/v1, got ${got}: it is of another version` };
  }
  if (!isDocument(value)) return { mistake: "expected the fields id, shows, system and moves" };
  const words = value.moves.split(" ").filter((word) => word !== "");
  const moves = words.map(parseMove);
  const wrong = moves.indexOf(undefined);
  if (wrong >= 0)
    return { mistake: `move ${wrong + 1}: expected 0, 2:1 or s0, got ${words[wrong]}` };
  return { document: value, moves: moves.filter((move) => move !== undefined) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isDocument(value: object): value is PathDocument {
  const { id, shows, system, moves }: Partial<Record<keyof PathDocument, unknown>> = value;
  if (![id, shows, moves].every((one) => typeof one === "string")) return false;
  return (
    isObject(system) && typeof system["file"] === "string" && typeof system["text"] === "string"
  );
}
