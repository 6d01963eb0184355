import type { Pod } from "../../../machines/api/pod.ts";
import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { satisfiedExpectations } from "../../../machines/controllers/expectations.ts";
import { manageReplicas } from "../../../machines/controllers/replica-set/manage-replicas.ts";
import type { ApiAnswer, ApiRequest } from "../../../machines/controllers/sync.ts";
import { runScripted, type ScriptedError, statusOf, stored } from "../../support/scripted-sync.ts";

interface Input {
  readonly replicas: number;
  readonly activePods: number;
  readonly burstReplicas: number;
  readonly createError?: ScriptedError & { readonly afterSuccesses: number };
  readonly deleteError?: ScriptedError;
}

export function run(input: Input): unknown {
  const { replicas, burstReplicas, createError, deleteError } = input;
  let calls = 0;
  const answer = ({ verb, object = {} }: ApiRequest): ApiAnswer => {
    if (verb === "delete") return deleteError ? { error: statusOf(deleteError) } : {};
    const isBad = createError !== undefined && calls >= createError.afterSuccesses;
    calls++;
    return isBad ? { error: statusOf(createError) } : { object: stored(object, () => calls) };
  };
  const activePods = Array.from({ length: input.activePods }, (_, index) => pod(index));
  const managed = { activePods, relatedPods: [], nowMs: 0, burstReplicas };
  const ran = runScripted(manageReplicas(replicaSet(replicas), managed), answer);
  const { add: creations, del: deletions } = ran.expectations ?? {};
  const names = ran.events.map(({ type, reason }) => `${type} ${reason}`);
  return {
    createCalls: ran.requests.filter(({ verb }) => verb === "create").length,
    deleteCalls: ran.requests.filter(({ verb }) => verb === "delete").length,
    events: Object.fromEntries(names.map((name) => [name, countOf(name, names)])),
    ...(ran.expectations && { expectations: { creations, deletions } }),
    satisfied: satisfiedExpectations(ran.expectations, 0),
    ...(ran.result && { error: ran.result.message }),
  };
}

function countOf(name: string, names: readonly string[]): number {
  return names.filter((one) => one === name).length;
}

function replicaSet(replicas: number): ReplicaSet {
  const labels = { app: "web" };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: "web", namespace: "default", uid: "uid-web" },
    spec: { replicas, selector: {}, template: { metadata: { labels }, spec: { containers: [] } } },
  };
}

function pod(index: number): Pod {
  const metadata = { name: `p${index}`, namespace: "default", uid: `uid-p${index}` };
  return { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [] } };
}
