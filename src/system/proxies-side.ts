import type { EndpointSlice, Service } from "../../machines/api/network-objects.ts";
import { assert } from "../../machines/assert.ts";
import { noMemory, type ProxyMemory } from "../../machines/proxy/packet.ts";

/** How the nodes' kube-proxies make their rules. */
export type ProxyMode = "iptables" | "ipvs";

/** What kube-proxies saw when they synced; those that sync at one moment share it. */
export interface ProxySnapshot {
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
}

/** What a node's rules were made of last, and what they remember. */
export interface ProxySide {
  readonly node: string;
  readonly snapshot: ProxySnapshot;
  readonly memory: ProxyMemory;
}

export interface SavedProxies {
  readonly mode: ProxyMode;
  readonly snapshots: readonly ProxySnapshot[];
  /** A snapshot is its place in the list. */
  readonly sides: readonly (Omit<ProxySide, "snapshot"> & { readonly snapshot: number })[];
  readonly latest: number;
  readonly told: readonly string[];
}

/** The rules of all nodes, as what they were made of. */
export class ProxiesSide {
  readonly mode: ProxyMode;
  #sides = new Map<string, ProxySide>();
  /** Nodes whose kube-proxy has been told of a change, and has not synced since. */
  #told = new Set<string>();
  /** Of the last sync, if nothing has changed since then. */
  #latest: ProxySnapshot | undefined;
  #isShared = false;

  constructor(mode: ProxyMode) {
    this.mode = mode;
  }

  /** Undefined where nothing was ever synced. */
  side(node: string): ProxySide | undefined {
    return this.#sides.get(node);
  }

  /** Something has changed: who syncs looks anew; true if this node has to be told. */
  changed(node: string): boolean {
    this.#latest = undefined;
    if (this.#told.has(node)) return false;
    this.#own();
    this.#told.add(node);
    return true;
  }

  synced(node: string, look: () => ProxySnapshot): void {
    this.#latest ??= look();
    const memory = this.side(node)?.memory ?? noMemory;
    this.#own();
    this.#sides.set(node, { node, snapshot: this.#latest, memory });
    this.#told.delete(node);
  }

  remember(node: string, memory: ProxyMemory): void {
    const side = this.side(node);
    if (side === undefined) return;
    this.#own();
    this.#sides.set(node, { ...side, memory });
  }

  fork(): ProxiesSide {
    const copy = new ProxiesSide(this.mode);
    copy.#sides = this.#sides;
    copy.#told = this.#told;
    copy.#latest = this.#latest;
    copy.#isShared = true;
    this.#isShared = true;
    return copy;
  }

  save(): SavedProxies {
    const all = [...this.#sides.values()].map(({ snapshot }) => snapshot);
    const latest = this.#latest === undefined ? [] : [this.#latest];
    const snapshots = [...new Set([...all, ...latest])];
    const places = new Map(snapshots.map((snapshot, place) => [snapshot, place]));
    const sides = [...this.#sides.values()].map((side) => {
      return { ...side, snapshot: places.get(side.snapshot) ?? 0 };
    });
    const place = this.#latest === undefined ? -1 : (places.get(this.#latest) ?? -1);
    return { mode: this.mode, snapshots, sides, latest: place, told: [...this.#told] };
  }

  static load({ mode, snapshots, sides, latest, told }: SavedProxies): ProxiesSide {
    const loaded = new ProxiesSide(mode);
    for (const side of sides) {
      const snapshot = snapshots[side.snapshot];
      assert(snapshot !== undefined, "rules were saved with what they were made of");
      loaded.#sides.set(side.node, { ...side, snapshot });
    }
    loaded.#latest = snapshots[latest];
    loaded.#told = new Set(told);
    return loaded;
  }

  #own(): void {
    if (!this.#isShared) return;
    this.#sides = new Map(this.#sides);
    this.#told = new Set(this.#told);
    this.#isShared = false;
  }
}
