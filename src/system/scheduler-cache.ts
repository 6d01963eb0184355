import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { imageStatesOf } from "../../machines/scheduler/framework/image-states.ts";
import type { NodeInfo } from "../../machines/scheduler/framework/node-info.ts";
import { newPodInfo, type PodInfo } from "../../machines/scheduler/framework/pod-info.ts";
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
  #changed = new Set<string>();
  #isStale = false;
  #podInfos = new WeakMap<Pod, PodInfo>();

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
    else this.#changed.add(name);
  }

  removeNode({ metadata }: Node): void {
    this.#change();
    this.#nodes.delete(metadata.name);
    this.#isStale = true;
  }

  /** A pod that is there already is replaced. */
  addPod(pod: Pod): void {
    this.#podsToChange(pod.spec.nodeName ?? "").set(pod.metadata.uid ?? "", pod);
  }

  removePod({ metadata, spec: { nodeName = "" } }: Pod): void {
    const pods = this.#podsToChange(nodeName);
    pods.delete(metadata.uid ?? "");
    if (pods.size === 0) this.#pods.delete(nodeName);
  }

  snapshot(): Snapshot {
    if (this.#isStale) {
      const { nodes } = this;
      const images = imageStatesOf(nodes);
      this.#snapshot = snapshotOf(nodes.map((node, index) => this.#infoOf(node, images[index])));
    } else if (this.#changed.size > 0) {
      const after: NodeInfo[] = [];
      for (const name of this.#changed) {
        const node = this.#nodes.get(name);
        const before = this.#snapshot.nodeInfoMap.get(name);
        if (node && before) after.push(this.#infoOf(node, before.imageStates));
      }
      if (after.length > 0) this.#snapshot = updatedSnapshot(this.#snapshot, after);
    }
    this.#isStale = false;
    this.#changed = new Set();
    return this.#snapshot;
  }

  fork(): SchedulerCache {
    const copy = new SchedulerCache();
    copy.#nodes = this.#nodes;
    copy.#pods = this.#pods;
    copy.#snapshot = this.#snapshot;
    copy.#changed = new Set(this.#changed);
    copy.#isStale = this.#isStale;
    copy.#podInfos = this.#podInfos;
    for (const one of [copy, this]) {
      one.#isShared = true;
      one.#own = new Set();
    }
    return copy;
  }

  #infoOf(node: Node, images: NodeInfo["imageStates"] | undefined): NodeInfo {
    const pods = [...(this.#pods.get(node.metadata.name)?.values() ?? [])].map((pod) => {
      const known = this.#podInfos.get(pod) ?? newPodInfo(pod);
      this.#podInfos.set(pod, known);
      return known;
    });
    return nodeInfoOf(node, pods, images);
  }

  #change(): void {
    if (!this.#isShared) return;
    this.#nodes = new Map(this.#nodes);
    this.#pods = new Map(this.#pods);
    this.#isShared = false;
  }

  #podsToChange(nodeName: string): PodsOfNode {
    this.#change();
    this.#changed.add(nodeName);
    const known = this.#pods.get(nodeName);
    if (known !== undefined && this.#own?.has(nodeName) !== false) return known;
    const pods: PodsOfNode = new Map(known);
    this.#pods.set(nodeName, pods);
    this.#own?.add(nodeName);
    return pods;
  }
}

/** Of the same zone and with the same images, which are counted over all nodes. */
function isAlike(one: Node, other: Node): boolean {
  if (one.metadata.labels === other.metadata.labels && one.status === other.status) return true;
  return placeOf(one) === placeOf(other);
}

function placeOf({ metadata, status }: Node): string {
  return JSON.stringify([metadata.labels, status?.images]);
}
