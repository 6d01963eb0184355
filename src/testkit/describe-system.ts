import type { Pod } from "../../machines/api/pod.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { type CoverOptions, coverTransitions, type SystemPath } from "./cover.ts";
import { loadSystem } from "./load-system.ts";
import { type Observer, observePath, type StatusFunction } from "./observing.ts";
import type { Reconciler, StatelessReconciler } from "./reconcile-loop.ts";
import { reconcilePath } from "./reconciling.ts";
import { defaultCallbackTimeoutMs } from "./watch.ts";

/** Code of the user's that is to survive every path. */
export type Subject<S, P = Pod> =
  | Observer<S, P>
  | StatusFunction<P>
  | Reconciler<S>
  | StatelessReconciler;

/** What a test runner offers; `describe` and `test` of Vitest, of `node:test` and others fit. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: (name: string, body: () => Promise<void>) => unknown;
}

/**
 * A test for each path of a system's suite, in which the subject lives through it. `system`: a
 * shipped one's name, a file, or what `loadSystem` returns.
 */
export function describeSystem<S, P = Pod>(
  system: ExploredSystem | string,
  subject: Subject<S, P>,
  { describe, test }: Runner,
  options: CoverOptions = {},
): void {
  const { callbackTimeoutMs = defaultCallbackTimeoutMs } = options;
  const explored = typeof system === "string" ? loadSystem(system) : system;
  const live = living(explored, subject, callbackTimeoutMs);
  // Each part of the subject has a time of its own.
  const { paths } = coverTransitions(explored, { ...options, callbackTimeoutMs: longestMs });
  describe(`${explored.name}: ${paths.length} paths`, () => {
    for (const path of paths) test(path.description, () => live(path));
  });
}

const longestMs = 2 ** 31 - 1;

function living<S, P>(
  system: ExploredSystem,
  subject: Subject<S, P>,
  timeoutMs: number,
): (path: SystemPath) => Promise<void> {
  if ("reconcile" in subject) {
    if ("create" in subject) {
      return async (path) => void (await reconcilePath(system, path, subject, timeoutMs));
    }
    const { reconcile, obligations } = subject;
    const alone = { create: () => undefined, reconcile, obligations };
    return async (path) => void (await reconcilePath(system, path, alone, timeoutMs));
  }
  if ("create" in subject) return (path) => observePath(path, subject, timeoutMs);
  const { observe } = subject;
  if (typeof observe !== "function") throw new Error(whatASubjectIs);
  const alone = { create: () => undefined, observe: (pod: P) => observe(pod) };
  return (path) => observePath(path, alone, timeoutMs);
}

const whatASubjectIs =
  "describeSystem(system, subject): expected a subject with observe, with create and apply, or " +
  "with reconcile and obligations";
