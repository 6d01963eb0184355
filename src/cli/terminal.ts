import { type Colours, noColours, terminalColours } from "../trace/colours.ts";
import type { TextStyle } from "../trace/timeline-text.ts";

/** A stream that may be a terminal. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** How an output wants its lines; https://no-color.org holds. */
export function styleOf(
  { isTTY, columns }: Pick<Output, "isTTY" | "columns">,
  environment: NodeJS.ProcessEnv,
): TextStyle {
  return isTTY === true ? { colours: coloursFor(environment), columns } : { colours: noColours };
}

function coloursFor({ NO_COLOR = "", TERM }: NodeJS.ProcessEnv): Colours {
  return NO_COLOR !== "" || TERM === "dumb" ? noColours : terminalColours;
}

/** What is told of a run that takes longer than a second of real time. */
export interface Progress {
  report(text: string): void;
  end(): void;
}

const silentMs = 1_000;
const betweenReportsMs = 100;

/** Overwrites one line of a terminal; says nothing elsewhere. */
export function createProgress(output: Output, nowMs: () => number): Progress {
  const startedAt = nowMs();
  let [reportedAt, hasLine] = [0, false];
  return {
    report(text) {
      const now = nowMs();
      if (output.isTTY !== true || now - startedAt < silentMs) return;
      if (hasLine && now - reportedAt < betweenReportsMs) return;
      reportedAt = now;
      hasLine = true;
      output.write(`\r${text}${clearToEnd}`);
    },
    end() {
      if (hasLine) output.write(`\r${clearToEnd}`);
    },
  };
}

const clearToEnd = "\u001b[K";
