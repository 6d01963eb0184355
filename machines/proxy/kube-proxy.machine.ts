import { assign, emit, setup } from "xstate";

import { kubeProxyChart } from "../generated/kube-proxy.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";

interface KubeProxyInput {
  /** At least so long between two syncs, in milliseconds. */
  readonly minIntervalMs: number;
  /** At most so long, in milliseconds. */
  readonly maxIntervalMs: number;
}

/**
 * With the defaults of KubeProxyConfiguration (pkg/proxy/apis/config/v1alpha1/defaults.go), and of
 * iptables with FullSyncPeriod (pkg/proxy/util/utils.go).
 */
export const syncIntervals = {
  iptables: { minIntervalMs: 1_000, maxIntervalMs: 3_600_000 },
  ipvs: { minIntervalMs: 0, maxIntervalMs: 30_000 },
} as const;

interface KubeProxyContext extends KubeProxyInput {
  readonly hasChanged: boolean;
}

/** Syncs at the first change, and then after the shortest interval all that has changed in it. */
export const kubeProxyMachine = setup({
  types: {} as {
    input: KubeProxyInput;
    context: KubeProxyContext;
    events: { type: "change.seen" };
    emitted: { type: "rules.synced" };
  },
  guards: { hasChanged: ({ context }) => context.hasChanged },
  actions: {
    syncRules: emit({ type: "rules.synced" }),
    noteChange: assign({ hasChanged: true }),
    forgetChange: assign({ hasChanged: false }),
  },
  delays: {
    minInterval: timed("minIntervalMs ms", ({ context }) => context.minIntervalMs),
    maxInterval: timed("maxIntervalMs ms", ({ context }) => context.maxIntervalMs),
  },
}).createMachine({ ...kubeProxyChart, context: ({ input }) => ({ ...input, hasChanged: false }) });

export const kubeProxySamples: Samples<typeof kubeProxyMachine> = {
  inputs: [syncIntervals.iptables, syncIntervals.ipvs],
  events: [{ type: "change.seen" }],
};
