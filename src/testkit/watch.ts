import { createContext, Script } from "node:vm";

/** How long a callback may take, in milliseconds; runners wait 5 s for a test. */
export const defaultCallbackTimeoutMs = 4_000;

/**
 * Calls a function of the user's: what it throws comes as an Error that names it, and so does that
 * it never returns, or that what it promises never comes.
 */
export async function watched<T>(
  what: string,
  timeoutMs: number,
  call: () => T | Promise<T>,
): Promise<T> {
  const result = watchedSync(what, timeoutMs, call);
  if (!isPromise(result)) return result;
  return settled(what, timeoutMs, result);
}

/** The same for one that promises nothing; it is ended when its time is over. */
export function watchedSync<T>(what: string, timeoutMs: number, call: () => T): T {
  try {
    return within(timeoutMs, call);
  } catch (error) {
    throw error instanceof TimeIsUp
      ? new Error(neverReturns(what, timeoutMs))
      : asError(what, error);
  }
}

/** A call was ended, because its time was over. */
export class TimeIsUp extends Error {}

/** Calls and, when it has not returned by then, ends it wherever it is. */
export function within<T>(timeoutMs: number, call: () => T): T {
  let result: { readonly value: T } | undefined;
  room.run = (): void => {
    result = { value: call() };
  };
  try {
    script.runInContext(context, { timeout: timeoutMs });
  } catch (error) {
    throw isTimeout(error) ? new TimeIsUp() : error;
  }
  if (result === undefined) throw new TimeIsUp();
  return result.value;
}

/** Node ends only what is run as a script of its own. */
const script = new Script("run()");
const room = { run: (): void => {} };
const context = createContext(room);

async function settled<T>(what: string, timeoutMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const text = `${what} has not ended after ${timeoutMs / 1_000} s: ${whatToDo}`;
    timer = setTimeout(() => reject(new Error(text)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    throw asError(what, error);
  } finally {
    clearTimeout(timer);
  }
}

function neverReturns(what: string, timeoutMs: number): string {
  return `${what} has not returned after ${timeoutMs / 1_000} s: ${whatToDo}`;
}

const whatToDo =
  "look for a loop or a promise that nobody resolves, or give more time with callbackTimeoutMs";

function isTimeout(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("code" in error)) return false;
  return error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}

/** An assertion stays what it is, so that a runner can show its difference. */
function asError(what: string, error: unknown): Error {
  if (error instanceof Error) return error;
  return new Error(`${what} threw ${String(error)}, which is no Error`, { cause: error });
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === "object" && value !== null && "then" in value;
}
