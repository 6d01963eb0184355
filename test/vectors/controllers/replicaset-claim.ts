import type { Pod } from "../../../machines/api/pod.ts";
import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { labelSelectorAsSelector } from "../../../machines/api/selector.ts";
import { claimObjects } from "../../../machines/controllers/controller-ref-manager.ts";
import type { ApiAnswer } from "../../../machines/controllers/sync.ts";
import { ofKind, runScripted, type ScriptedError, statusOf } from "../../support/scripted-sync.ts";

interface Input {
  readonly replicaSet: ReplicaSet;
  readonly pods: readonly Pod[];
  readonly liveReplicaSet: "same" | "deleting" | "otherUID" | "missing";
  readonly patchError?: ScriptedError;
}

export function run({ pods, liveReplicaSet, patchError, ...given }: Input): unknown {
  const replicaSet = ofKind("apps/v1", "ReplicaSet", given.replicaSet);
  const selector = labelSelectorAsSelector(replicaSet.spec.selector);
  if ("error" in selector) return selector;
  const claimed = { kind: "Pod", resource: "pods" };
  const claimant = { controller: replicaSet, selector, resource: "replicasets", claimed };
  const { result, actions, requests } = runScripted(claimObjects(claimant, pods), ({ verb }) => {
    if (verb === "get") return live(replicaSet, liveReplicaSet);
    return patchError === undefined ? {} : { error: statusOf(patchError) };
  });
  return {
    actions,
    claimed: result.claimed.map(({ metadata }) => metadata.name),
    liveReads: requests.filter(({ verb }) => verb === "get").length,
    ...(result.error && { error: result.error.message }),
  };
}

function live(replicaSet: ReplicaSet, how: Input["liveReplicaSet"]): ApiAnswer {
  const { metadata } = replicaSet;
  switch (how) {
    case "same":
      return { object: replicaSet };
    case "otherUID":
      return { object: { ...replicaSet, metadata: { ...metadata, uid: "uid-new" } } };
    case "deleting": {
      const deletionTimestamp = "2026-03-01T11:59:59Z";
      return { object: { ...replicaSet, metadata: { ...metadata, deletionTimestamp } } };
    }
    case "missing": {
      const message = `replicasets.apps "${metadata.name}" not found`;
      return { error: statusOf({ kind: "notFound", message }) };
    }
  }
}
