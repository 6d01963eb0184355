import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** What was found out, line by line, so that a run that was stopped goes on where it was. */
export type Finding =
  | {
      readonly explored: string;
      readonly states: number;
      readonly paths: number;
      readonly seconds: number;
      /** Numbers of mistakes. */
      readonly reached: readonly number[];
      readonly infected: readonly number[];
      readonly killed: readonly number[];
    }
  | { readonly compared: string; readonly mistake: number; readonly isSame: boolean }
  | { readonly retried: string; readonly killed: readonly number[] };

export class Verdicts {
  readonly #file: string | undefined;
  readonly #findings: Finding[] = [];

  /** `about`: what the findings are about; a file that says something else is written anew. */
  constructor(file: string | undefined, about: string) {
    this.#file = file;
    if (file === undefined) return;
    const known = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    if (known[0] !== about) {
      appendFileSync(file, `${about}\n`, { flag: "w" });
      return;
    }
    for (const line of known.slice(1)) {
      const finding = findingIn(line);
      if (finding !== undefined) this.#findings.push(finding);
    }
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  add(finding: Finding): void {
    this.#findings.push(finding);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(finding)}\n`);
  }
}

/** Undefined for a line that was not finished. */
function findingIn(line: string): Finding | undefined {
  try {
    const found: unknown = JSON.parse(line);
    return isFinding(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isFinding(value: unknown): value is Finding {
  if (typeof value !== "object" || value === null) return false;
  return "explored" in value || "compared" in value || "retried" in value;
}
