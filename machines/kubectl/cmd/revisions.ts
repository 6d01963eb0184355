import { quote } from "../../api/quote.ts";
import type { Info } from "./built.ts";
import { failed, type Failure, isFailure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { mappingFor } from "./mapping.ts";
import { valueAt } from "./read.ts";

/** The revisions that are kept of a workload, and the objects that hold them. */
export function revisionsOf(call: Invocation, info: Info): ReadonlyMap<number, object> | Failure {
  const isDeployment = info.resource.kind === "Deployment";
  const resource = mappingFor(isDeployment ? "replicasets" : "controllerrevisions");
  if (isFailure(resource)) return resource;
  const items = call.items(resource, info.namespace);
  if ("fails" in items) return items;
  const uid = info.object?.metadata.uid;
  const own = items.filter(({ metadata }) => {
    return metadata.ownerReferences?.some((owner) => owner.controller && owner.uid === uid);
  });
  return new Map(
    own.map((object) => {
      const text = object.metadata.annotations?.["deployment.kubernetes.io/revision"];
      const number = isDeployment ? text : valueAt(object, ["revision"]);
      return [Number(number ?? 0), object];
    }),
  );
}

export function undoMistake(call: Invocation, info: Info, to: number): Failure | undefined {
  const notFound = failed(`unable to find specified revision ${to} in history`);
  const isDeployment = info.resource.kind === "Deployment";
  if (to < 0) return notFound;
  if (isDeployment && valueAt(info.object, ["spec", "paused"]) === true) {
    return failed(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const revisions = revisionsOf(call, info);
  if (isFailure(revisions)) return revisions;
  if (to > 0) return revisions.has(to) ? undefined : notFound;
  if (revisions.size >= 2) return undefined;
  return isDeployment
    ? failed(`no rollout history found for deployment ${quote(info.name)}`)
    : failed("no last revision to roll back to");
}
