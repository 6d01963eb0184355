import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { runVectorFile, type VectorResult, vectorFiles } from "../support/vectors.ts";

const shownPerFile = 20;

/** `npm run vectors -- <file or folder>… [--json FILE]`: how many cases agree, file by file. */
async function main(args: readonly string[]): Promise<number> {
  const jsonAt = args.indexOf("--json");
  const json = jsonAt < 0 ? undefined : args[jsonAt + 1];
  const paths =
    jsonAt < 0 ? args : args.filter((_, index) => index !== jsonAt && index !== jsonAt + 1);
  if (paths.length === 0 || (jsonAt >= 0 && json === undefined)) {
    console.error("usage: npm run vectors -- <file or folder>… [--json FILE]");
    return 2;
  }
  const results: VectorResult[] = [];
  for (const file of vectorFiles(paths)) {
    const result = await runVectorFile(file, dirname(fileURLToPath(import.meta.url)));
    results.push(result);
    print(result);
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results, null, 1)}\n`);
  return results.some((result) => result.disagreements.some((one) => one.listed === undefined))
    ? 1
    : 0;
}

function print({ name, total, disagreements, hasRunner }: VectorResult): void {
  if (!hasRunner) return console.log(`${name} no runner`);
  console.log(`${name} ${total - disagreements.length}/${total}`);
  for (const one of disagreements.slice(0, shownPerFile)) {
    const [expected, got] = [JSON.stringify(one.expected), JSON.stringify(one.got)];
    console.log(`  - ${one.id}: ${one.path} expected ${expected} got ${got}`);
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});
