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

/** Overwrites one line of a terminal; elsewhere writes a line a second, if that is asked for. */
export function createProgress(
  output: Output,
  nowMs: () => number,
  isAsked: boolean = false,
): Progress {
  const startedAt = nowMs();
  const isTerminal = output.isTTY === true;
  const pauseMs = isTerminal ? betweenReportsMs : silentMs;
  let [reportedAt, hasLine] = [0, false];
  return {
    report(text) {
      const now = nowMs();
      if (!(isTerminal || isAsked) || now - startedAt < silentMs) return;
      if (hasLine && now - reportedAt < pauseMs) return;
      reportedAt = now;
      hasLine = true;
      output.write(isTerminal ? `\r${text}${clearToEnd}` : `${text}\n`);
    },
    end() {
      if (hasLine && isTerminal) output.write(`\r${clearToEnd}`);
    },
  };
}

const clearToEnd = "\u001b[K";
