/** What a text means, as a way to paint it; the identity where there is no terminal. */
export type Colours = Readonly<Record<Colour, (text: string) => string>>;

export type Colour = "good" | "waiting" | "bad" | "dim";

export const noColours: Colours = {
  good: (text) => text,
  waiting: (text) => text,
  bad: (text) => text,
  dim: (text) => text,
};

/** ANSI escape codes. */
export const terminalColours: Colours = {
  good: (text) => escaped(32, text),
  waiting: (text) => escaped(33, text),
  bad: (text) => escaped(31, text),
  dim: (text) => escaped(2, text),
};

/** Of a STATUS: what is under way waits, what nobody wants is bad. */
export function statusColour(status: string): Colour {
  if (status === "Running" || status === "Completed" || status === "Succeeded") return "good";
  return underWay.test(status) ? "waiting" : "bad";
}

const underWay =
  /^(?:Pending|ContainerCreating|PodInitializing|Terminating|NotReady|SchedulingGated|Init:\d.*)$/;

function escaped(code: number, text: string): string {
  return text === "" ? "" : `\u001b[${code}m${text}\u001b[0m`;
}
