import { vi } from "vitest";

import { runCli } from "../../src/cli/shell.ts";

/** What a command line printed, and how it ended. */
export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `kubechart …args` in this process. */
export async function kubechart(...args: readonly string[]): Promise<CliRun> {
  const out: unknown[] = [];
  const err: unknown[] = [];
  const spies = [
    vi.spyOn(console, "log").mockImplementation((line) => void out.push(line)),
    vi.spyOn(console, "error").mockImplementation((line) => void err.push(line)),
    vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(text) > 0),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(text) > 0),
  ];
  const code = await runCli(args).finally(() => spies.forEach((spy) => spy.mockRestore()));
  return { code, out: out.join("\n"), err: err.join("\n") };
}
