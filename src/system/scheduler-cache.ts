import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { imageStatesOf } from "../../machines/scheduler/framework/image-states.ts";
import { addPodInfo, type NodeInfo } from "../../machines/scheduler/framework/node-info.ts";
import { PodGroups } from "../../machines/scheduler/framework/pod-groups.ts";
import { newPodInfo, type PodInfo } from "../../machines/scheduler/framework/pod-info.ts";
import { replacedPodInfo } from "../../machines/scheduler/framework/replaced-pod.ts";
import {
  nodeInfoOf,
  type Snapshot,
  snapshotOf,
  updatedSnapshot,
} from "../../machines/scheduler/framework/snapshot.ts";

/** By uid, in the order in which they came to the node. */
type PodsOfNode = Map<string, Pod>;

/**
 * The nodes and their pods as the scheduler knows them, bound and assumed ones; a snapshot is made
 * when somebody asks, of those nodes anew that have changed. pkg/scheduler/backend/cache
 */
export class SchedulerCache {
  #nodes = new Map<string, Node>();
  /** By the node's name, which may not be known yet, or no more. */
  #pods = new Map<string, PodsOfNode>();
  /** The names of those whose pods no copy shares; undefined as long as nothing is shared. */
  #own: Set<string> | undefined;
  #isShared = false;
  #snapshot: Snapshot = snapshotOf([]);
  /** What came to nodes since the snapshot, by name; `anything` when it was not only pods. */
  #changed = new Map<string, readonly Arrival[]>();
  #isStale = false;
  #podInfos = new WeakMap<Pod, PodInfo>();
  /** Of pods on known and unknown nodes; undefined until somebody asks. */
  #groups: PodGroups | undefined;
  /** Grows with each change, so that what was seen before does not ask what is now. */
  #version = 0;

  /** In the order in which they came. */
  get nodes(): readonly Node[] {
    return [...this.#nodes.values()];
  }

  /** Of all nodes, in the order in which they came to each. */
  get pods(): readonly Pod[] {
    return [...this.#pods.values()].flatMap((pods) => [...pods.values()]);
  }

  /** A node that is there already is replaced. */
  addNode(node: Node): void {
    const { name } = node.metadata;
    const before = this.#nodes.get(name);
    this.#change();
    this.#nodes.set(name, node);
    if (before === undefined || !isAlike(before, node)) this.#isStale = true;
    else this.#changed.set(name, anything);
  }

  removeNode({ metadata }: Node): void {
    this.#change();
    this.#nodes.delete(metadata.name);
    this.#isStale = true;
  }

  /** A pod that is there already is replaced. */
  addPod(pod: Pod): void {
    const { nodeName = "" } = pod.spec;
    const { uid = "" } = pod.metadata;
    const pods = this.#podsToChange(nodeName);
    const before = pods.get(uid);
    pods.set(uid, pod);
    if (before !== undefined) this.#groups?.remove(this.#podInfo(before), nodeName);
    this.#groups?.add(this.#podInfo(pod), nodeName);
    const arrived = this.#changed.get(nodeName) ?? [];
    if (arrived === anything) return;
    this.#changed.set(nodeName, [...arrived, { pod, instead: before }]);
  }

  removePod({ metadata: { uid = "" }, spec: { nodeName = "" } }: Pod): void {
    const pods = this.#podsToChange(nodeName);
    const before = pods.get(uid);
    pods.delete(uid);
    if (pods.size === 0) this.#pods.delete(nodeName);
    if (before !== undefined) this.#groups?.remove(this.#podInfo(before), nodeName);
    this.#changed.set(nodeName, anything);
  }

  snapshot(): Snapshot {
    if (this.#isStale) {
      const { nodes } = this;
      const images = imageStatesOf(nodes);
      const infos = nodes.map((node, index) => this.#infoOf(node, images[index]));
      this.#snapshot = snapshotOf(infos, this.#groupsNow());
    } else if (this.#changed.size > 0) {
      this.#update();
    }
    this.#isStale = false;
    this.#changed = new Map();
    return this.#snapshot;
  }

  #update(): void {
    const after: NodeInfo[] = [];
    for (const [name, arrived] of this.#changed) {
      const node = this.#nodes.get(name);
      const before = this.#snapshot.nodeInfoMap.get(name);
      if (node === undefined || before === undefined) continue;
      const areOnlyPods = arrived !== anything && before.node === node;
      const info = areOnlyPods ? this.#infoAfter(before, arrived) : undefined;
      after.push(info ?? this.#infoOf(node, before.imageStates));
    }
    this.#snapshot = updatedSnapshot(this.#snapshot, after, this.#groupsNow());
  }

  fork(): SchedulerCache {
    const copy = new SchedulerCache();
    copy.#nodes = this.#nodes;
    copy.#pods = this.#pods;
    copy.#snapshot = this.#snapshot;
    copy.#changed = new Map(this.#changed);
    copy.#version = this.#version;
    copy.#isStale = this.#isStale;
    copy.#podInfos = this.#podInfos;
    for (const one of [copy, this]) {
      one.#isShared = true;
      one.#own = new Set();
    }
    return copy;
  }

  /** Undefined where the node is to be counted anew. */
  #infoAfter(before: NodeInfo, arrived: readonly Arrival[]): NodeInfo | undefined {
    let info: NodeInfo | undefined = before;
    for (const { pod, instead } of arrived) {
      if (info === undefined) return undefined;
      const podInfo = this.#podInfo(pod);
      if (instead === undefined) info = addPodInfo(info, podInfo);
      else info = replacedPodInfo(info, this.#podInfo(instead), podInfo);
    }
    return info;
  }

  #infoOf(node: Node, images: NodeInfo["imageStates"] | undefined): NodeInfo {
    const pods = [...(this.#pods.get(node.metadata.name)?.values() ?? [])];
    return nodeInfoOf(
      node,
      pods.map((pod) => this.#podInfo(pod)),
      images,
    );
  }

  #podInfo(pod: Pod): PodInfo {
    const known = this.#podInfos.get(pod) ?? newPodInfo(pod);
    this.#podInfos.set(pod, known);
    return known;
  }

  /** Those of now, as long as nothing has changed since. */
  #groupsNow(): () => PodGroups | undefined {
    const version = this.#version;
    return () => (this.#version === version ? this.#liveGroups() : undefined);
  }

  #liveGroups(): PodGroups {
    if (this.#groups !== undefined) return this.#groups;
    this.#groups = new PodGroups();
    for (const [name, pods] of this.#pods) {
      for (const pod of pods.values()) this.#groups.add(this.#podInfo(pod), name);
    }
    return this.#groups;
  }

  #change(): void {
    this.#version++;
    if (!this.#isShared) return;
    this.#nodes = new Map(this.#nodes);
    this.#pods = new Map(this.#pods);
    this.#isShared = false;
  }

  #podsToChange(nodeName: string): PodsOfNode {
    this.#change();
    const known = this.#pods.get(nodeName);
    if (known !== undefined && this.#own?.has(nodeName) !== false) return known;
    const pods: PodsOfNode = new Map(known);
    this.#pods.set(nodeName, pods);
    this.#own?.add(nodeName);
    return pods;
  }
}

/** A pod that has come to a node, perhaps instead of what it was before. */
interface Arrival {
  readonly pod: Pod;
  readonly instead: Pod | undefined;
}

const anything: readonly Arrival[] = [];

/** Of the same zone and with the same images, which are counted over all nodes. */
function isAlike(one: Node, other: Node): boolean {
  if (one.metadata.labels === other.metadata.labels && one.status === other.status) return true;
  return placeOf(one) === placeOf(other);
}

function placeOf({ metadata, status }: Node): string {
  return JSON.stringify([metadata.labels, status?.images]);
}
