import { type CustomController, send, type SyncEnd, syncSetup } from "kubechart";

type Counts = { available?: number; availableReplicas?: number };
type Site = { kind?: string; spec?: { image?: string }; status?: Counts };

const asking = {
  entry: "send",
  on: { "calls.answered": { target: "observing", actions: "take" } },
} as const;

/** A Website has one Deployment, and its status says how many of its pods are available. */
const machine = syncSetup<"create" | "status" | SyncEnd>().createMachine({
  id: "website",
  context: {},
  initial: "idle",
  states: {
    idle: { on: { "sync.asked": { target: "observing", actions: "begin" } } },
    observing: {
      on: {
        "step.found": [
          { guard: { type: "is", params: { step: "create" } }, target: "creating" },
          { guard: { type: "is", params: { step: "status" } }, target: "updatingStatus" },
          { guard: { type: "is", params: { step: "failed" } }, target: "idle", actions: "fail" },
          { target: "idle", actions: "succeed" },
        ],
      },
    },
    creating: asking,
    updatingStatus: asking,
  },
});

export const website: CustomController = {
  machine,
  apiVersion: "example.com/v1",
  kind: "Website",
  owns: ["Deployment"],
  step: ([request]) => (request?.verb === "create" ? "create" : "status"),
  *reconcile({ object, owned: [deployment] }) {
    const { name, namespace = "default", uid } = object.metadata;
    const { spec, status }: Site = { ...object };
    if (deployment === undefined) {
      const owner = { apiVersion: "example.com/v1", kind: "Website", name, uid, controller: true };
      const labels = { site: name };
      const containers = [{ name: "web", image: spec?.image }];
      const template = { metadata: { labels }, spec: { containers } };
      const metadata = { name, namespace, ownerReferences: [owner] };
      const wanted = { replicas: 1, selector: { matchLabels: labels }, template };
      const made = { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: wanted };
      return yield* send({ verb: "create", resource: "deployments", namespace, object: made });
    }
    const { status: counts = {} }: Site = { ...deployment };
    const available = counts.availableReplicas ?? 0;
    if (status?.available === available) return {};
    const path = { group: "example.com", resource: "websites", subresource: "status" };
    const patch = { status: { available } };
    const how = { patchType: "application/merge-patch+json", patch } as const;
    return yield* send({ verb: "patch", ...path, namespace, name, ...how });
  },
};
