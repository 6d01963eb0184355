import type { EvictionConfiguration } from "../../machines/kubelet/eviction-settings.ts";
import type { PressureCondition } from "../../machines/kubelet/eviction-signals.ts";
import type {
  CredentialsConfiguration,
  PulledRecord,
} from "../../machines/kubelet/pulled-record.ts";
import type { PullConfiguration } from "../../machines/kubelet/pull-limits.ts";
import type { RestartBackOffConfiguration } from "../../machines/kubelet/restart-back-off.ts";
import type { EvictionNotes } from "./eviction-notes.ts";
import type { PullTurn } from "./pull-notes.ts";
import type { NodeMachine } from "./usage-notes.ts";

/** A node as its own machine knows it; immutable, replaced as a whole. */
export interface NodeSide {
  readonly name: string;
  /** Images that the runtime has, as it names them. */
  readonly images: readonly string[];
  /** When its kubelet started, virtual milliseconds. */
  readonly kubeletStartedAt: number;
  /** The kernel ends all processes of a container at once: cgroup v2, no singleProcessOOMKill. */
  readonly killsGroup: boolean;
  /** How far its clock is ahead of the API server's; behind when negative. */
  readonly clockAheadMs?: number;
  /** Where in each second the PLEG relists, milliseconds. */
  readonly relistPhaseMs: number;
  /** As its kubelet knows it. */
  readonly networkIsReady: boolean;
  /** The network plugin is not ready, whether the kubelet knows it or not. */
  readonly networkIsDown?: boolean;
  /** How many nodes there were before it; its pods' addresses follow from that. */
  readonly nth: number;
  readonly ip: string;
  /** How many sandboxes have had an address of the node's range. */
  readonly addresses: number;
  /** Keys of the pods that its kubelet has taken on. */
  readonly pods: readonly string[];
  /** Pressure conditions that the eviction manager has told the kubelet. */
  readonly pressure: readonly PressureCondition[];
  /** When a kubelet that has stopped renewed its node's lease last, virtual milliseconds. */
  readonly renewedAt?: number;
  /** The kubelet runs. */
  readonly isWatching: boolean;
  /** Containers that wait for a pull, in the order of asking. */
  readonly pulls?: readonly PullTurn[];
  /** What the kubelet has written down of its pulls, by image. */
  readonly pulledRecords?: Readonly<Record<string, PulledRecord>>;
  readonly configuration?: NodeConfiguration;
  readonly machine?: NodeMachine;
  readonly eviction?: EvictionNotes;
  /** When images came that were not there at first, virtual milliseconds. */
  readonly pulledAtMs?: Readonly<Record<string, number>>;
}

/** What of its KubeletConfiguration a node's machines are made with; absent: the default. */
export interface NodeConfiguration
  extends PullConfiguration,
    CredentialsConfiguration,
    RestartBackOffConfiguration,
    EvictionConfiguration {
  /** A duration in Go's words. */
  readonly nodeStatusUpdateFrequency?: string;
  readonly imageMinimumGCAge?: string;
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly cpuManagerPolicy?: string;
}
