import type { Move } from "../explore/life.ts";
import type { SuitePath } from "../explore/suite.ts";
import { movesText, parseMoves } from "./moves-text.ts";

/** One life that can be made again: the system as its file says it, and every move. */
export interface PathDocument {
  readonly apiVersion: "kubechart/v1";
  readonly kind: "Path";
  readonly id: string;
  /** Why somebody looked for it. */
  readonly shows: string;
  readonly system: { readonly file: string; readonly text: string };
  /** `0` the oldest delivery, `0x3` thrice, `2:1` another and what it picked, `s0` an open step. */
  readonly moves: string;
}

export function pathDocument(
  { id, moves }: Pick<SuitePath, "id" | "moves">,
  shows: string,
  system: PathDocument["system"],
): PathDocument {
  const told = movesText(moves);
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
  const read = parseMoves(value.moves);
  return "mistake" in read ? read : { document: value, moves: read.moves };
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
