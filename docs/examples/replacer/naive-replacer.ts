import type { Pod, Reconciler } from "kubechart/test";

import { type Attempts, isAlive, replace, replacer, workers } from "./replacer.ts";

/** Waits for an exit code, of which a pod that its node has refused has none. */
export const naiveReplacer: Reconciler<Attempts> = {
  ...replacer,
  reconcile: (api, attempts) => {
    if (workers(api).some((pod) => isAlive(pod) || !hasExitCode(pod))) return;
    return replace(api, attempts);
  },
};

function hasExitCode({ status }: Pod): boolean {
  return status?.containerStatuses?.[0]?.state?.terminated?.exitCode !== undefined;
}

/** Does not wait: on a node that refuses pods it creates one after the other. */
export const hastyReplacer: Reconciler<Attempts> = {
  ...replacer,
  reconcile: (api, attempts) => {
    attempts.notBeforeMs = 0;
    return replacer.reconcile(api, attempts);
  },
};
