import { type Colours, noColours, terminalColours } from "../trace/colours.ts";
import type { TextStyle } from "../trace/timeline-text.ts";

/** How standard output wants its lines; https://no-color.org holds. */
export function outputStyle(): TextStyle {
  const { isTTY, columns } = process.stdout;
  if (!isTTY) return { colours: noColours };
  return { colours: coloursFor(process.env), columns };
}

function coloursFor({ NO_COLOR = "", TERM }: NodeJS.ProcessEnv): Colours {
  return NO_COLOR !== "" || TERM === "dumb" ? noColours : terminalColours;
}

/** What is told of a run that takes longer than a second. */
export interface Progress {
  report(text: string): void;
  end(): void;
}

const silentMs = 1_000;
const betweenReportsMs = 100;

/** Overwrites one line of standard error, on a terminal only. */
export function createProgress(): Progress {
  const startedAt = performance.now();
  let [reportedAt, hasLine] = [0, false];
  return {
    report(text) {
      const now = performance.now();
      if (!process.stderr.isTTY || now - startedAt < silentMs) return;
      if (now - reportedAt < betweenReportsMs) return;
      reportedAt = now;
      hasLine = true;
      process.stderr.write(`\r${text}\u001b[K`);
    },
    end() {
      if (hasLine) process.stderr.write("\r\u001b[K");
    },
  };
}
