import { TimeIsUp, within } from "../../src/testkit/watch.ts";

/**
 * Calls what has no effect but its result and ends it after so many milliseconds of work. On a
 * machine that has much else to do it is called again, so that only what goes on and on is ended.
 */
export function withinWork<T>(workMs: number, call: () => T): T {
  for (let waitMs = workMs; ; waitMs *= 2) {
    const before = workedMs();
    try {
      return within(waitMs, call);
    } catch (error) {
      if (!(error instanceof TimeIsUp) || workedMs() - before >= workMs * someOfIt) throw error;
    }
  }
}

/** Of the time that a call was given; the collector of garbage works beside it. */
const someOfIt = 0.8;

/** How long this process has worked so far. */
function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
