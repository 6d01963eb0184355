import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { runCli } from "../../src/cli/shell.ts";
import { piped } from "./pipeline.ts";

/** What is to be done in one folder, in order. */
export interface Visit {
  readonly folder: string;
  readonly jobs: readonly Job[];
}

export type Job =
  | { readonly kind: "kubechart"; readonly words: readonly string[]; readonly pipe: Pipe }
  | { readonly kind: "module"; readonly file: string };

/** What its output goes through. */
type Pipe = readonly (readonly string[])[];

/** What one job printed, and how it ended. */
export interface Printed {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/**
 * Does the jobs that standard input names, all in this process, since each start of a process costs
 * more than most jobs; writes a list of lists of what they printed to standard output.
 */
async function main(): Promise<void> {
  const visits: readonly Visit[] = JSON.parse(readFileSync(0, "utf8"));
  const all: (readonly Printed[])[] = [];
  for (const { folder, jobs } of visits) {
    process.chdir(folder);
    const printed: Printed[] = [];
    for (const job of jobs) {
      const { out, err, code } = await captured(() => done(job));
      printed.push({ out: job.kind === "kubechart" ? piped(out, job.pipe) : out, err, code });
    }
    all.push(printed);
  }
  process.stdout.write(JSON.stringify(all));
  process.exitCode = 0;
}

async function done(job: Job): Promise<number> {
  if (job.kind === "kubechart") return runCli(job.words);
  await import(pathToFileURL(job.file).href);
  return 0;
}

async function captured(act: () => Promise<number>): Promise<Printed> {
  const { stdout, stderr } = process;
  const [out, err]: [string[], string[]] = [[], []];
  const [writeOut, writeErr] = [stdout.write, stderr.write];
  Object.assign(stdout, { write: (text: unknown) => out.push(String(text)) > 0 });
  Object.assign(stderr, { write: (text: unknown) => err.push(String(text)) > 0 });
  let code: number;
  try {
    code = await act();
  } catch (error) {
    code = -1;
    err.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    Object.assign(stdout, { write: writeOut });
    Object.assign(stderr, { write: writeErr });
  }
  return { out: out.join(""), err: err.join(""), code };
}

await main();
