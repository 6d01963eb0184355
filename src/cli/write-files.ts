import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A file of a folder, by its name. */
export interface NamedFile {
  readonly file: string;
  readonly content: string | Uint8Array;
}

/** A file that could not be written; nothing of it was. */
export class UnwritableError extends Error {
  override readonly name = "UnwritableError";
}

/** Each is written beside its place first, so that nothing half-written is ever seen there. */
export function writeFiles(folder: string, files: readonly NamedFile[]): readonly string[] {
  const places = files.map(({ file, content }) => {
    const place = join(folder, file);
    return { place, content, draft: `${place}.${process.pid}.draft` };
  });
  try {
    mkdirSync(folder, { recursive: true });
    for (const { draft, content } of places) writeFileSync(draft, content);
    for (const { draft, place } of places) renameSync(draft, place);
  } catch (error) {
    for (const { draft } of places) if (existsSync(draft)) rmSync(draft);
    throw new UnwritableError(`cannot write into ${folder}: ${reasonOf(error)}`, { cause: error });
  }
  return places.map(({ place }) => place);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons.get(code) ?? (error instanceof Error ? error.message : String(error));
}

const reasons = new Map([
  ["EACCES", "it is not allowed"],
  ["EPERM", "it is not allowed"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "no space is left"],
  ["EEXIST", "there is a file of that name"],
  ["ENOTDIR", "a part of the path is a file"],
  ["EISDIR", "a folder has the name of a file that is to be written"],
]);
