import type { IntOrString, Deployment, ReplicaSet } from "../../machines/api/workload-objects.ts";
import { formatTime, parseTime } from "../../machines/api/time.ts";
import { syncDeployment } from "../../machines/controllers/deployment/sync-deployment.ts";
import type { ApiAnswer, ApiRequest } from "../../machines/controllers/sync.ts";
import { computeHash } from "../../machines/controllers/deployment/compute-hash.ts";
import { runScripted, statusOf } from "./scripted-sync.ts";

/** What a recorded rollout was given. */
export interface RolloutInput {
  readonly replicas: number;
  readonly maxSurge: string;
  readonly maxUnavailable: string;
  readonly minReadySeconds: number;
  readonly podReadyAfterSeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly operations: readonly Operation[];
  readonly recreate: boolean;
  readonly imagesThatNeverGetReady: readonly string[];
  readonly oldPodsNotReady: number;
}

interface Operation {
  readonly atStep: number;
  readonly image?: string;
  readonly replicas?: number;
  readonly paused?: boolean;
}

interface FakePod {
  readonly bornAt: number;
  readonly readyAt: number;
}

/** A Deployment whose pods follow their ReplicaSets at once, synced again and again. */
export class RolloutEnvironment {
  readonly #input: RolloutInput;
  readonly #start = parseTime("2026-03-01T12:00:00Z");
  readonly #pods = new Map<string, FakePod[]>();
  #deployment: Deployment;
  #replicaSets: ReplicaSet[];
  #now = this.#start;

  constructor(input: RolloutInput) {
    this.#input = input;
    this.#deployment = firstDeployment(input);
    const first = firstReplicaSet(this.#deployment);
    this.#replicaSets = [first];
    const longAgo = this.#start - 3_600_000;
    const pods = Array.from({ length: input.replicas }, (_, index) => {
      const readyAt = index < input.oldPodsNotReady ? Number.POSITIVE_INFINITY : longAgo;
      return { bornAt: longAgo, readyAt };
    });
    this.#pods.set(first.metadata.name, pods);
  }

  run(): { readonly steps: readonly object[]; readonly final: unknown } {
    const steps: object[] = [];
    let deadlines = 0;
    const lastOperation = Math.max(...this.#input.operations.map((one) => one.atStep));
    for (let atStep = 0; atStep < stepsMax; atStep++) {
      this.#operate(atStep);
      this.#replicaSets = this.#replicaSets.map((one) => this.#followed(one));
      const step = this.#sync();
      if (step !== undefined) {
        steps.push(step);
        deadlines = 0;
        continue;
      }
      const next = this.#nextMoment();
      if (next === undefined) deadlines++;
      if (deadlines > deadlinesMax && atStep >= lastOperation) break;
      if (next !== undefined) deadlines = 0;
      this.#now = next ?? this.#now + (this.#input.progressDeadlineSeconds + 1) * 1_000;
    }
    return { steps, final: this.#deployment.status };
  }

  #operate(atStep: number): void {
    for (const { image, replicas, paused } of this.#input.operations.filter((one) => {
      return one.atStep === atStep;
    })) {
      const { metadata, spec, ...rest } = this.#deployment;
      this.#deployment = {
        ...rest,
        metadata: { ...metadata, generation: (metadata.generation ?? 0) + 1 },
        spec: {
          ...spec,
          ...(replicas !== undefined && { replicas }),
          ...(paused !== undefined && { paused }),
          ...(image !== undefined && { template: templateOf(image) }),
        },
      };
    }
  }

  /** Surplus pods vanish, those that are not ready first, then the youngest. */
  #followed(replicaSet: ReplicaSet): ReplicaSet {
    const { name } = replicaSet.metadata;
    const { replicas = 0 } = replicaSet.spec;
    const { podReadyAfterSeconds, imagesThatNeverGetReady } = this.#input;
    const pods = [...(this.#pods.get(name) ?? [])];
    const isBad = imagesThatNeverGetReady.includes(imageOf(replicaSet));
    const readyAt = isBad ? Number.POSITIVE_INFINITY : this.#now + podReadyAfterSeconds * 1_000;
    while (pods.length < replicas) pods.push({ bornAt: this.#now, readyAt });
    const kept = pods
      .toSorted((a, b) => {
        const byReadiness = Number(this.#isReady(b)) - Number(this.#isReady(a));
        return byReadiness || a.bornAt - b.bornAt;
      })
      .slice(0, replicas);
    this.#pods.set(name, kept);
    const readyReplicas = kept.filter((pod) => this.#isReady(pod)).length;
    const availableReplicas = kept.filter((pod) => this.#availableAt(pod) <= this.#now).length;
    const counts = { replicas, fullyLabeledReplicas: replicas, readyReplicas, availableReplicas };
    const { generation = 1 } = replicaSet.metadata;
    const status = { ...counts, terminatingReplicas: 0, observedGeneration: generation };
    return { ...replicaSet, status };
  }

  #isReady({ readyAt }: FakePod): boolean {
    return readyAt <= this.#now;
  }

  #availableAt({ readyAt }: FakePod): number {
    return readyAt + this.#input.minReadySeconds * 1_000;
  }

  /** Undefined when nothing was written. */
  #sync(): object | undefined {
    const sees = this.#replicaSets.map(brief);
    const view = {
      deployment: this.#deployment,
      replicaSets: this.#replicaSets,
      pods: [],
      nowMs: this.#now,
    };
    const ran = runScripted(syncDeployment(view), (request) => this.#answer(request));
    if (ran.requests.length === 0) return undefined;
    return {
      t: (this.#now - this.#start) / 1_000,
      sees,
      actions: ran.requests.map(briefAction),
      events: ran.events,
      status: this.#deployment.status,
      ...(ran.result.error && { error: ran.result.error.message }),
    };
  }

  #answer({ verb, resource, name = "", object }: ApiRequest): ApiAnswer {
    if (resource === "deployments") {
      this.#deployment = { ...this.#deployment, ...object };
      return { object: this.#deployment };
    }
    const at = this.#replicaSets.findIndex(({ metadata }) => metadata.name === name);
    const known = this.#replicaSets[at];
    if (verb === "delete") {
      this.#replicaSets.splice(at, 1);
      return {};
    }
    if (verb === "create" && known !== undefined) {
      return { error: statusOf({ kind: "alreadyExists", message: `"${name}" already exists` }) };
    }
    const next = { ...(known ?? firstReplicaSet(this.#deployment)), ...object };
    if (known !== undefined) this.#replicaSets[at] = next;
    else this.#replicaSets.push(this.#born(next));
    return { object: next };
  }

  #born(replicaSet: ReplicaSet): ReplicaSet {
    const { metadata } = replicaSet;
    const creationTimestamp = formatTime(this.#now);
    const own = { uid: `uid-${metadata.name}`, creationTimestamp, generation: 1 };
    return { ...replicaSet, metadata: { ...metadata, ...own } };
  }

  #nextMoment(): number | undefined {
    const pods = [...this.#pods.values()].flat();
    const moments = pods.flatMap((pod) => [pod.readyAt, this.#availableAt(pod)]);
    const later = moments.filter((at) => at > this.#now && Number.isFinite(at));
    return later.length === 0 ? undefined : Math.min(...later);
  }
}

const stepsMax = 500;
/** How often in a row the clock moves on although nothing is to be expected. */
const deadlinesMax = 3;

function imageOf({ spec }: ReplicaSet): string {
  return spec.template.spec.containers[0]?.image ?? "";
}

function brief(replicaSet: ReplicaSet): object {
  const { metadata, spec, status } = replicaSet;
  const annotation = (name: string) => metadata.annotations?.[`deployment.kubernetes.io/${name}`];
  return {
    name: metadata.name,
    image: imageOf(replicaSet),
    replicas: spec.replicas,
    statusReplicas: status?.replicas,
    ready: status?.readyReplicas,
    available: status?.availableReplicas,
    desiredAnnotation: annotation("desired-replicas") ?? "",
    maxAnnotation: annotation("max-replicas") ?? "",
    revision: annotation("revision") ?? "",
  };
}

function briefAction({ verb, resource, subresource, name, object }: ApiRequest): object {
  const spec = object !== undefined && "spec" in object ? Object(object.spec) : {};
  return {
    verb,
    resource,
    name,
    ...(subresource !== undefined && { subresource }),
    ...(resource === "replicasets" && verb !== "delete" && { replicas: spec.replicas }),
  };
}

function templateOf(image: string) {
  return { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image }] } };
}

function intOrString(text: string): IntOrString {
  return text.endsWith("%") ? text : Number(text);
}

/** With image nginx:1, and finished. */
function firstDeployment(input: RolloutInput): Deployment {
  const { replicas, minReadySeconds, progressDeadlineSeconds, recreate } = input;
  const maxSurge = intOrString(input.maxSurge);
  const maxUnavailable = intOrString(input.maxUnavailable);
  const rollingUpdate = { maxSurge, maxUnavailable };
  const ready = replicas - input.oldPodsNotReady;
  const since = { lastTransitionTime: "2026-03-01T11:01:40Z" };
  const hash = computeHash(templateOf("nginx:1"));
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "web",
      namespace: "default",
      uid: "uid-web",
      generation: 1,
      annotations: { "deployment.kubernetes.io/revision": "1" },
    },
    spec: {
      replicas,
      ...(minReadySeconds !== 0 && { minReadySeconds }),
      progressDeadlineSeconds,
      revisionHistoryLimit: 10,
      selector: { matchLabels: { app: "web" } },
      strategy: recreate ? { type: "Recreate" } : { type: "RollingUpdate", rollingUpdate },
      template: templateOf("nginx:1"),
    },
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      terminatingReplicas: 0,
      conditions: [
        {
          type: "Progressing",
          status: "True",
          lastTransitionTime: "2026-03-01T11:00:00Z",
          lastUpdateTime: "2026-03-01T11:01:40Z",
          reason: "NewReplicaSetAvailable",
          message: `ReplicaSet "web-${hash}" has successfully progressed.`,
        },
        {
          type: "Available",
          status: "True",
          ...since,
          lastUpdateTime: "2026-03-01T11:01:40Z",
          reason: "MinimumReplicasAvailable",
          message: "Deployment has minimum availability.",
        },
      ],
    },
  };
}

function firstReplicaSet(deployment: Deployment): ReplicaSet {
  const { replicas = 0, minReadySeconds = 0, strategy } = deployment.spec;
  const template = templateOf("nginx:1");
  const hash = computeHash(template);
  const labels = { app: "web", "pod-template-hash": hash };
  const max = replicas + surgeOf(replicas, strategy?.rollingUpdate?.maxSurge);
  const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "uid-web" };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `web-${hash}`,
      namespace: "default",
      uid: `uid-web-${hash}`,
      generation: 1,
      creationTimestamp: "2026-03-01T11:00:00Z",
      labels,
      annotations: {
        "deployment.kubernetes.io/desired-replicas": String(replicas),
        "deployment.kubernetes.io/max-replicas": String(max),
        "deployment.kubernetes.io/revision": "1",
      },
      ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
    },
    spec: {
      replicas,
      ...(minReadySeconds !== 0 && { minReadySeconds }),
      selector: { matchLabels: labels },
      template: { ...template, metadata: { labels } },
    },
  };
}

function surgeOf(replicas: number, maxSurge: IntOrString = 0): number {
  if (typeof maxSurge === "number") return maxSurge;
  return Math.ceil((Number(maxSurge.slice(0, -1)) * replicas) / 100);
}
