import type { Pod } from "../../../machines/api/pod.ts";
import { parseTime } from "../../../machines/api/time.ts";
import type { Deployment, ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { syncDeployment } from "../../../machines/controllers/deployment/sync-deployment.ts";
import type { ApiRequest } from "../../../machines/controllers/sync.ts";
import {
  ofKind,
  runScripted,
  type ScriptedError,
  statusOf,
  stored,
} from "../../support/scripted-sync.ts";

interface Input {
  readonly deployment: Deployment;
  readonly replicaSets: readonly ReplicaSet[];
  readonly pods?: readonly Pod[];
  readonly now: string;
  readonly apiError?: ScriptedError & Pick<ApiRequest, "verb" | "resource">;
}

export function run(input: Input): unknown {
  const deployment = ofKind("apps/v1", "Deployment", input.deployment);
  const replicaSets = input.replicaSets.map((one) => ofKind("apps/v1", "ReplicaSet", one));
  const view = { deployment, replicaSets, pods: input.pods ?? [], nowMs: parseTime(input.now) };
  const ran = runScripted(syncDeployment(view), ({ verb, resource, name = "", object }) => {
    const { apiError } = input;
    if (apiError?.verb === verb && apiError.resource === resource) {
      return { error: statusOf(apiError) };
    }
    if (verb === "get") return { object: deployment };
    const taken = replicaSets.some(({ metadata }) => metadata.name === name);
    if (verb === "create" && taken) {
      const message = `replicasets.apps "${name}" already exists`;
      return { error: statusOf({ kind: "alreadyExists", message }) };
    }
    return object === undefined ? {} : { object: stored(object, () => 0) };
  });
  const { error, requeueAfterMs, requeueRateLimited } = ran.result;
  const seconds = requeueRateLimited === true ? 1 : requeueAfterMs && requeueAfterMs / 1_000;
  return {
    actions: ran.actions,
    events: ran.events,
    ...(error && { error: error.message }),
    ...(seconds !== undefined && { requeueAfterSeconds: seconds }),
  };
}
