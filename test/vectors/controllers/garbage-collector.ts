import type { KubeObject } from "../../../machines/api/meta.ts";
import {
  attemptToDeleteItem,
  attemptToOrphan,
} from "../../../machines/controllers/garbage-collector/attempt-to-delete.ts";
import { GraphBuilder } from "../../../machines/controllers/garbage-collector/graph-builder.ts";
import type { GraphNode } from "../../../machines/controllers/garbage-collector/graph-node.ts";
import type { ApiAnswer, ApiRequest, Sync } from "../../../machines/controllers/sync.ts";
import { runScripted, statusOf } from "../../support/scripted-sync.ts";

interface Input {
  readonly objects: readonly KubeObject[];
  readonly deletedObjects: readonly KubeObject[];
}

export function run({ objects, deletedObjects }: Input): unknown {
  const graph = new GraphBuilder();
  for (const object of [...deletedObjects, ...objects]) graph.process({ type: "added", object });
  for (const object of deletedObjects) graph.process({ type: "deleted", object });
  const actions: object[] = [];
  const perform = <Result>(sync: Sync<Result>): Result => {
    const ran = runScripted(sync, (request) => answer(request, objects));
    actions.push(...ran.actions.map(withoutNulls));
    return ran.result;
  };
  for (const item of graph.attemptToDelete) {
    graph.attemptToDelete.delete(item);
    const verdict = isStale(graph, item)
      ? "forget"
      : perform(attemptToDeleteItem(graph, mapper, item));
    if (verdict === "gone") inferDeletion(graph, item);
  }
  for (const owner of graph.attemptToOrphan) perform(attemptToOrphan(mapper, owner));
  const events = graph.invalidOwners.map(({ dependent }) => ({
    object: `${dependent.kind}/${dependent.name}`,
  }));
  return { actions: actions.toSorted(byResourceAndName), events };
}

/** Somebody has seen it, or nobody asks for it any more; attemptToDeleteWorker. */
function isStale(graph: GraphBuilder, item: GraphNode): boolean {
  return item.isVirtual && graph.node(item.identity.uid)?.isVirtual !== true;
}

function inferDeletion(graph: GraphBuilder, { identity }: GraphNode): void {
  const { apiVersion, kind, ...metadata } = identity;
  graph.process({ type: "deleted", object: { apiVersion, kind, metadata }, isVirtual: true });
}

function answer(
  { verb, resource, name, namespace }: ApiRequest,
  objects: readonly KubeObject[],
): ApiAnswer {
  if (verb !== "get") return {};
  const object = objects.find(({ apiVersion, kind, metadata }) => {
    const isHere = metadata.name === name && (metadata.namespace ?? "") === (namespace ?? "");
    return isHere && mapper(apiVersion, kind)?.resource === resource;
  });
  if (object !== undefined) return { object };
  return { error: statusOf({ kind: "notFound", message: `${resource} "${name}" not found` }) };
}

function mapper(apiVersion: string, kind: string) {
  const isKnown = kinds[kind] === apiVersion;
  return isKnown
    ? { resource: `${kind.toLowerCase()}s`, isNamespaced: kind !== "Node" }
    : undefined;
}

const kinds: Readonly<Record<string, string>> = {
  ConfigMap: "v1",
  Secret: "v1",
  Pod: "v1",
  Node: "v1",
  Deployment: "apps/v1",
  ReplicaSet: "apps/v1",
};

function withoutNulls(action: object): object {
  const text = JSON.stringify(action, (_, value: unknown) => (value === null ? undefined : value));
  return Object(JSON.parse(text));
}

function byResourceAndName(a: object, b: object): number {
  const [one, other] = [a, b].map((action) => {
    const { resource, name, verb } = { resource: "", name: "", verb: "", ...action };
    return `${resource}/${name}/${verb}/${JSON.stringify(action)}`;
  });
  return (one ?? "") < (other ?? "") ? -1 : Number((one ?? "") > (other ?? ""));
}
