import type { NodeInfo } from "./node-info.ts";
import type { PodInfo } from "./pod-info.ts";

/**
 * Pods that no rule about other pods can tell apart but by their node: of one namespace, with the
 * same labels and pod affinity, deleted or not. What is asked of all pods is asked of one of each.
 */
export interface PodGroup {
  /** Any of them. */
  readonly one: PodInfo;
  /** How many are on a node, by its name; it may be one that the snapshot does not have. */
  readonly nodes: ReadonlyMap<string, number>;
}

/** The pods of a cluster, counted once and then kept up; changed in place by its owner alone. */
export class PodGroups {
  readonly #groups = new Map<string, CountedGroup>();
  /** Those of them that do not want certain others near. */
  readonly #repelling = new Map<string, CountedGroup>();

  static of(nodeInfos: readonly NodeInfo[]): PodGroups {
    const groups = new PodGroups();
    for (const { name, pods } of nodeInfos) for (const podInfo of pods) groups.add(podInfo, name);
    return groups;
  }

  all(): Iterable<PodGroup> {
    return this.#groups.values();
  }

  /** Of pods with required anti-affinity alone. */
  repelling(): Iterable<PodGroup> {
    return this.#repelling.values();
  }

  add(podInfo: PodInfo, nodeName: string): void {
    const known = this.#groups.get(podInfo.group);
    if (known !== undefined) {
      known.nodes.set(nodeName, (known.nodes.get(nodeName) ?? 0) + 1);
      return;
    }
    const group = { one: podInfo, nodes: new Map([[nodeName, 1]]) };
    this.#groups.set(podInfo.group, group);
    if (podInfo.requiredAntiAffinityTerms.length > 0) this.#repelling.set(podInfo.group, group);
  }

  remove({ group: key }: PodInfo, nodeName: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    const left = (group.nodes.get(nodeName) ?? 0) - 1;
    if (left > 0) group.nodes.set(nodeName, left);
    else group.nodes.delete(nodeName);
    if (group.nodes.size > 0) return;
    this.#groups.delete(key);
    this.#repelling.delete(key);
  }
}

interface CountedGroup {
  readonly one: PodInfo;
  readonly nodes: Map<string, number>;
}
