import { emit, setup } from "xstate";

import { forVersion } from "../for-version.ts";
import { kubeletChart } from "../generated/kubelet.ts";
import type { Samples } from "../samples.ts";

/** What admission says of a pod; `skip`: it is ending or has ended, so nobody asks. */
export type AdmissionVerdict =
  | "skip"
  | "admit"
  | "Evicted"
  | "OutOf"
  | "NodeAffinity"
  | "NodePorts"
  | "TaintToleration"
  | "PodFeatureUnsupported"
  | "other";

type KubeletEvent =
  | { type: "pod.added"; verdict: AdmissionVerdict }
  | { type: "runtime.failed" }
  | { type: "runtime.recovered" }
  | { type: "kubelet.stopped" }
  | { type: "kubelet.started" };

/** `ready` is the Ready condition that the kubelet posts. */
type NodeReport = { type: "node.reported"; ready: boolean };

const everyKubelet = setup({
  types: {} as {
    events: KubeletEvent;
    emitted:
      | { type: "pod.admitted" }
      | { type: "pod.rejected"; reason: AdmissionVerdict }
      | { type: "kubelet.restarted" }
      | NodeReport;
  },
  guards: {
    admissionIs: ({ event }, { verdict }: { verdict: AdmissionVerdict }) =>
      event.type === "pod.added" && event.verdict === verdict,
  },
  actions: {
    admit: emit({ type: "pod.admitted" }),
    reject: emit((_, { reason }: { reason: AdmissionVerdict }) => ({
      type: "pod.rejected",
      reason,
    })),
    reportNode: emit((_, { ready }: { ready: boolean }) => ({ type: "node.reported", ready })),
    reportRestart: emit({ type: "kubelet.restarted" }),
  },
}).createMachine({ ...kubeletChart, context: {} });

/** The kubelet of one node. */
export const kubeletMachine = forVersion(everyKubelet);

const verdicts: readonly AdmissionVerdict[] = [
  "skip",
  "admit",
  "Evicted",
  "OutOf",
  "NodeAffinity",
  "NodePorts",
  "TaintToleration",
  "PodFeatureUnsupported",
  "other",
];

export const kubeletSamples: Samples<typeof kubeletMachine> = {
  inputs: [{}],
  events: [
    ...verdicts.map((verdict) => ({ type: "pod.added", verdict }) as const),
    { type: "runtime.failed" },
    { type: "runtime.recovered" },
    { type: "kubelet.stopped" },
    { type: "kubelet.started" },
  ],
};
