import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file of that name in a folder of its own. */
export function written(name: string, text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "kubechart-")), name);
  writeFileSync(file, text);
  return file;
}
