import type { KubeObject } from "../../api/meta.ts";
import { isPod } from "../../api/objects.ts";
import type { Namespace } from "../../api/policy-objects.ts";
import { isPodPhaseTerminal } from "../../api/pod-status.ts";
import { parseTime } from "../../api/time.ts";
import { isNotFound, itemsOf, send, type Sync, type SyncError } from "../sync.ts";

/** What objects of a namespace may be of. */
export interface GroupVersionResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

export const podsResource: GroupVersionResource = { group: "", version: "v1", resource: "pods" };

/** What is left of one resource. */
export interface Content {
  readonly items: readonly KubeObject[];
  readonly estimateSeconds: number;
  readonly errors: readonly SyncError[];
}

/** deleteAllContentForGroupVersionResource; of a resource that is not served nothing is left. */
export function* deleteContent(
  { metadata }: Namespace,
  gvr: GroupVersionResource,
  nowMs: number,
): Sync<Content> {
  const { name: namespace, deletionTimestamp } = metadata;
  const place = { resource: gvr.resource, group: gvr.group, namespace };
  const isOfPods = gvr === podsResource;
  const pods = isOfPods ? yield* send({ verb: "list", ...place }) : {};
  if (pods.error !== undefined) return { items: [], estimateSeconds: 0, errors: [pods.error] };
  const graceSeconds = estimateGracefulTermination(itemsOf(pods));
  const isOver = nowMs - parseTime(deletionTimestamp ?? "") >= graceSeconds * 1_000;
  const estimateSeconds = isOver ? 0 : graceSeconds;
  const options = { propagationPolicy: "Background" };
  const { error } = yield* send({ verb: "deletecollection", ...place, options });
  if (isNotFound(error)) return { items: [], estimateSeconds, errors: [] };
  if (error !== undefined) return { items: [], estimateSeconds, errors: [error] };
  const listed = yield* send({ verb: "list", ...place });
  if (isNotFound(listed.error)) return { items: [], estimateSeconds, errors: [] };
  if (listed.error !== undefined) return { items: [], estimateSeconds, errors: [listed.error] };
  const items = itemsOf(listed);
  if (items.length === 0) return { items, estimateSeconds: 0, errors: [] };
  if (estimateSeconds > 0) return { items, estimateSeconds, errors: [] };
  const isHeld = items.some(({ metadata: { finalizers = [] } }) => finalizers.length > 0);
  if (isHeld) return { items, estimateSeconds: finalizerEstimateSeconds, errors: [] };
  const text = `${gvr.group}/${gvr.version}, Resource=${gvr.resource}`;
  const message = `unexpected items still remain in namespace: ${namespace} for gvr: ${text}`;
  return { items, estimateSeconds, errors: [{ message }] };
}

/** How long finalizers are taken to need. */
const finalizerEstimateSeconds = 15;

/** The longest that a pod that has not ended may take. estimateGracefulTerminationForPods */
function estimateGracefulTermination(pods: readonly KubeObject[]): number {
  const running = pods.filter(isPod).filter(({ status }) => !isPodPhaseTerminal(status?.phase));
  return Math.max(0, ...running.map(({ spec }) => spec.terminationGracePeriodSeconds ?? 0));
}
