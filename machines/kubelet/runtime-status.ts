import type { ResourceRequirements } from "../api/pod.ts";

/**
 * What the container runtime says about one pod: `kubecontainer.PodStatus`,
 * pkg/kubelet/container/runtime.go. The runtime record and the PLEG cache both have this shape.
 */
export interface RuntimeStatus {
  /** Newest first for each name. */
  readonly containers?: readonly ContainerRecord[];
  /** Newest first. */
  readonly sandboxes?: readonly SandboxRecord[];
  /** Names of the containers in the active sandbox. */
  readonly activeContainers?: readonly string[];
  readonly ips?: readonly string[];
}

export type ContainerRecordState = "created" | "running" | "exited" | "unknown";

export interface ContainerRecord {
  readonly name: string;
  /** `containerd://…` */
  readonly id: string;
  readonly state: ContainerRecordState;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly createdAt?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly restartCount?: number;
  readonly image?: string;
  readonly imageRef?: string;
  /** What the runtime lets it use. */
  readonly resources?: ResourceRequirements;
  /** It has to be restarted for the resources that it has been given. */
  readonly resizeRequiresRestart?: boolean;
  /** The image as the definition names it that the container was made by. */
  readonly specImage?: string;
  /** The record was made from another definition than the one in the spec now. */
  readonly specChanged?: boolean;
}

export interface SandboxRecord {
  readonly id: string;
  readonly attempt?: number;
  readonly state: "SANDBOX_READY" | "SANDBOX_NOTREADY";
  readonly ip?: string;
  /** `NODE`: the sandbox is in the host's network. */
  readonly network?: "NODE";
}
