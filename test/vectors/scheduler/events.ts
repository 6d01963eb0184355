import type { KubeEvent } from "../../../machines/api/event.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { computePodQOS } from "../../../machines/api/pod-qos.ts";
import { prepareForCreate } from "../../../machines/apiserver/prepare-pod.ts";
import { truncateMessage } from "../../../machines/scheduler/scheduling-events.ts";
import type { ApiRequest } from "../../../src/cluster/api-request.ts";
import type { StoreChange } from "../../../src/store/change.ts";
import { keyOf } from "../../../src/store/store.ts";
import { ScheduledWorld } from "../../support/scheduled-world.ts";
import { podOfInput, type WorldInput } from "../../support/scheduler-world.ts";

interface Input extends WorldInput {
  readonly function?: "truncateMessage" | "podStrategy.PrepareForCreate";
  readonly length?: number;
  readonly action?: "schedule" | "error" | "bindError";
  readonly error?: string;
  readonly attempts?: number;
}

export function run(input: Input): unknown {
  switch (input.function) {
    case "truncateMessage": {
      const message = truncateMessage("m".repeat(input.length ?? 0));
      return { endsWith: message.slice(-6), length: message.length };
    }
    case "podStrategy.PrepareForCreate":
      return created(podOfInput(input.pod ?? {}));
    default:
      return attempts(input);
  }
}

function created(pod: Pod): unknown {
  const { spec, metadata, status } = prepareForCreate(pod);
  const conditions = status?.conditions?.map((one) => ({ lastProbeTime: null, ...one }));
  return {
    affinity: spec?.affinity ?? null,
    topologySpreadConstraints: spec?.topologySpreadConstraints ?? null,
    generation: metadata?.generation,
    status: { ...status, ...(conditions && { conditions }), qosClass: computePodQOS(pod) },
  };
}

function attempts({ pod: input = {}, nodes = [], podsOnNodes = [], ...how }: Input): unknown {
  let binding: unknown;
  const bindError = how.action === "bindError" ? how.error : undefined;
  const pod = podOfInput(input);
  const asked = ({ uid, nodeName }: ApiRequest): void => {
    const { name, namespace } = pod.metadata;
    binding = { metadata: { name, namespace, uid }, target: { kind: "Node", name: nodeName } };
  };
  const scheduled = new ScheduledWorld({ bindError: () => bindError, asked });
  for (const node of nodes) scheduled.put({ apiVersion: "v1", kind: "Node", ...node });
  for (const other of podsOnNodes) scheduled.put(podOfInput(other));
  scheduled.put(pod);
  const answers = Array.from({ length: how.attempts ?? 1 }, () => {
    scheduled.activate(keyOf(pod));
    scheduled.takeChanges();
    binding = undefined;
    const result = attempt(scheduled, pod, how.action === "error" ? how.error : undefined);
    const changes = scheduled.takeChanges();
    const patches = changes.flatMap(patchOf);
    return {
      result,
      events: changes.flatMap(eventOf),
      patches: patches.length === 0 ? null : patches,
      ...(binding !== undefined && { binding }),
    };
  });
  return { attempts: answers };
}

function attempt(scheduled: ScheduledWorld, pod: Pod, error: string | undefined): string {
  scheduled.turn("queueChecked");
  const { scheduler } = scheduled.world;
  const trying = scheduler.attempt;
  if (trying === undefined) return "wouldBlock";
  if (error !== undefined) scheduler.attempt = { ...trying, attempt: { type: "error", error } };
  scheduled.turn("podTaken");
  if (scheduled.world.pod(keyOf(pod))?.spec.nodeName !== undefined) return "scheduled";
  return scheduler.queue.has(keyOf(pod)) ? "failed" : "skipped";
}

function eventOf({ object }: StoreChange): readonly object[] {
  if (!isEvent(object)) return [];
  const { type, reason, action, message, involvedObject } = object;
  const { namespace = "", name } = involvedObject;
  return [{ type, reason, action, message, object: `${namespace}/${name}` }];
}

/** What of a pod's status the scheduler has changed, without times; a binding is no patch. */
function patchOf({ object, previous }: StoreChange): readonly object[] {
  if (!isPod(object) || previous === undefined || !isPod(previous)) return [];
  if (object.spec.nodeName !== previous.spec.nodeName) return [];
  const [status = {}, before = {}] = [object.status, previous.status];
  const conditions = (status.conditions ?? []).flatMap((one) => {
    const old = before.conditions?.find(({ type }) => type === one.type);
    if (old === one) return [];
    const { lastTransitionTime: _, ...rest } = one;
    if (old === undefined) return [rest];
    const changed = Object.entries(rest).filter(([field, value]) => {
      return (
        field === "type" || Object.entries(old).find(([name]) => name === field)?.[1] !== value
      );
    });
    return [Object.fromEntries(changed)];
  });
  const { nominatedNodeName: nominated } = status;
  const isNominated = nominated !== before.nominatedNodeName;
  const patch = {
    ...(conditions.length > 0 && { conditions }),
    ...(isNominated && { nominatedNodeName: nominated ?? null }),
  };
  return [{ pod: keyOf(object), subresource: "status", patch: { status: patch } }];
}

function isEvent(object: KubeObject): object is KubeEvent {
  return object.kind === "Event";
}

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}
